import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type BenchContext, type Measure, warmUpRounds } from './lib/context.ts'
import { atMost, type Row, skipped } from './lib/row.ts'
import { interleave, median, ratios } from './lib/statistics.ts'

/** How long `rescale --help` takes, against a Node that does nothing. */
export const cliStart: Measure = { name: 'cli-start', goals: '28', run }

const measure = 'rescale --help / node with an empty file'
const goal = atMost(1.5, 1.75)

async function run(context: BenchContext): Promise<Row[]> {
  const program = join(dirname(context.product), 'rescale.cjs')
  if (!existsSync(program)) return [skipped('28', measure, goal, `there is no ${program}`)]
  const empty = join(context.folder, 'empty.cjs')
  writeFileSync(empty, '')
  const candidates = { bare: () => timed([empty]), help: () => timed([program, '--help']) }
  await interleave(candidates, warmUpRounds(context))
  const { bare, help } = await interleave(candidates, context.quick ? 2 : 25)
  const note = `${median(help).toFixed(0)} ms against ${median(bare).toFixed(0)} ms`
  return [{ id: '28', measure, goal, samples: ratios(help, bare), note }]
}

async function timed(args: readonly string[]): Promise<number> {
  // Without NODE_EXTRA_CA_CERTS, which Node reads at every start, so that both sides are as quick as they can be.
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
  const begin = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
  return performance.now() - begin
}
