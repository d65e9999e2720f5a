import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { advanceTime } from './advance-time.ts'
import { answerCheck } from './answer-check.ts'
import { azuriteUpload } from './azurite-upload.ts'
import { bigFile } from './big-file.ts'
import { cliStart } from './cli-start.ts'
import { clientDownload } from './client-download.ts'
import { clientLimits } from './client-limits.ts'
import { clientPeers } from './client-peers.ts'
import { clientUpload } from './client-upload.ts'
import { coldStart } from './cold-start.ts'
import { downloads } from './download.ts'
import { journal } from './journal.ts'
import { killChildren } from './lib/children.ts'
import type { BenchContext, Measure } from './lib/context.ts'
import { replaceBetweenMarkers } from './lib/docs.ts'
import { describeMachine, loadLine, machineLine } from './lib/machine.ts'
import { failed, type Row, verdictOf } from './lib/row.ts'
import { table } from './lib/table.ts'
import { makeTemporaryFolder } from './lib/temporary-folder.ts'
import { findTools } from './lib/tools.ts'
import { listLatency } from './list-latency.ts'
import { listPage } from './list-page.ts'
import { memory } from './memory.ts'
import { type BenchOptions, parseOptions, usage } from './options.ts'
import { peers } from './peers.ts'
import { routes } from './routes.ts'
import { seeding } from './seeding.ts'
import { ssh } from './ssh.ts'
import { uploads } from './upload.ts'
import { worlds } from './worlds.ts'

const measures: readonly Measure[] = [
  listPage,
  routes,
  coldStart,
  cliStart,
  memory,
  uploads,
  downloads,
  bigFile,
  clientUpload,
  clientDownload,
  clientPeers,
  clientLimits,
  listLatency,
  worlds,
  seeding,
  advanceTime,
  answerCheck,
  journal,
  peers,
  azuriteUpload,
  ssh,
]

const root = new URL('..', import.meta.url).pathname

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  const chosen = choose(options.only)
  if (options.list) return console.log(chosen.map(({ name, goals }) => `${name} (goals ${goals})`).join('\n'))
  const context = makeContext(options)
  const [machine, before, begin] = [describeMachine(context.tools), loadLine(), performance.now()]
  context.say(machineLine(machine))
  const rows: Row[] = []
  for (const measure of chosen) rows.push(...(await attempt(measure, context)))
  const minutes = ((performance.now() - begin) / 60_000).toFixed(1)
  const conditions = `${machineLine(machine)}. Before: ${before}; after: ${loadLine()}. ${minutes} minutes.`
  const text = `${new Date().toISOString().slice(0, 10)}${context.quick ? ', quick run: not for judging' : ''}. ${conditions}\n\n${table(rows)}`
  console.log(`\n${text}`)
  if (options.json !== null) writeJson(options.json, { machine, quick: context.quick, conditions, rows })
  if (options.writeDocs) writeDocs(text)
  // Goals that are missed are a result; a measure that could not be made is an error.
  if (rows.some((row) => row.absent === 'failed')) process.exitCode = 1
}

function choose(only: readonly string[]): readonly Measure[] {
  const unknown = only.filter((name) => !measures.some((measure) => measure.name === name))
  if (unknown.length > 0) throw new Error(`no measure is called ${unknown.join(', ')}\n\n${usage}`)
  return only.length === 0 ? measures : measures.filter((measure) => only.includes(measure.name))
}

function makeContext(options: BenchOptions): BenchContext {
  if (process.platform !== 'linux')
    throw new Error('the bench reads CPU time and memory from /proc: it needs Linux')
  const product = resolve(options.product ?? `${root}dist/cli/localscale.js`)
  if (!existsSync(product)) throw new Error(`${product} is not there: run npm run build first`)
  return {
    quick: options.quick,
    folder: makeTemporaryFolder(options.temp),
    product,
    tools: findTools(),
    say: (line) => console.log(line),
  }
}

/** A measure that fails leaves a row that says so, and nothing that would disturb the next one. */
async function attempt(measure: Measure, whole: BenchContext): Promise<Row[]> {
  const begin = performance.now()
  const context = { ...whole, folder: join(whole.folder, measure.name) }
  mkdirSync(context.folder)
  context.say(`${measure.name} …`)
  try {
    const rows = await measure.run(context)
    const verdicts = rows.map((row) => `${row.id}: ${verdictOf(row)}`).join(', ')
    context.say(`  ${((performance.now() - begin) / 1000).toFixed(0)} s; ${verdicts}`)
    return rows
  } catch (error) {
    killChildren()
    const why = error instanceof Error ? error.message : String(error)
    context.say(`  failed: ${why}`)
    return [failed(measure.goals, measure.name, why)]
  } finally {
    rmSync(context.folder, { recursive: true, force: true })
  }
}

function writeJson(path: string, report: object): void {
  writeFileSync(path, `${JSON.stringify({ date: new Date().toISOString(), ...report }, null, 2)}\n`)
}

function writeDocs(text: string): void {
  const path = `${root}docs/performance.md`
  writeFileSync(path, replaceBetweenMarkers(readFileSync(path, 'utf8'), text))
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  },
)
