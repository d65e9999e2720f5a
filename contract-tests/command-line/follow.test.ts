import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { Job } from '../../client/index.ts'
import type { Recipe } from '../../mock-server/executors/simulated/recipe.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { aCommandLine } from './call.ts'

const LINES = 40

const numbered = (what: string): string[] => Array.from({ length: LINES }, (_, number) => `${what} ${number}`)

/** Writes into its log and a file below all the time until its end. */
const growing: Recipe = {
  name: 'a run that writes until its end',
  matches: ({ jobName }) => jobName === 'growing',
  plan: ({ runId }) => ({
    duration: '10m',
    log: numbered(`log of run ${runId}:`),
    files: [
      {
        path: 'out/residuals',
        content: numbered(`run ${runId}:`).join('\n').concat('\n'),
        from: '0s',
        after: '10m',
      },
    ],
  }),
}

/** A study of two runs, half done, and its time. */
async function aStudy() {
  const line = await aCommandLine({
    pace: 'still',
    executor: (files) => simulatedExecutor({ files, recipes: [growing] }),
  })
  await writeFile(line.in('cases.csv'), 'x\n1\n2\n')
  const [cases] = await line.json<{ id: string }[]>(['files', 'upload', line.in('cases.csv')])
  const hardware = { coreType: 'granite', coresPerSlot: 2, slots: 2, walltime: 1 }
  const analysis = { analysis: { code: 'user_included', version: '0' }, command: 'solve', hardware }
  const definition = { name: 'growing', paramFile: { id: cases?.id }, jobanalyses: [analysis] }
  const create = ['jobs', 'create', '--file', '-', '--submit']
  const { id } = await line.json<Job>(create, { stdin: JSON.stringify(definition) })
  const world = line.rescale.world()
  world.advanceTo({ job: id, status: 'Executing' })
  world.advance('5m')
  return Object.assign(line, { id, world })
}

it.each([
  ['1', 'out/residuals', 'run 1:'],
  ['2', 'out/residuals', 'run 2:'],
  ['1', 'process_output.log', 'log of run 1:'],
  ['2', 'process_output.log', 'log of run 2:'],
])(
  'follows run %s in %s to its last line, though the run ends between two looks',
  async (run, file, what) => {
    await using study = await aStudy()
    let isOver = false
    const { code, stdout } = await study.call(
      ['jobs', 'tail', study.id, file, '--run', run, '--follow', '--interval', '1ms'],
      {
        onOutput() {
          if (!isOver) study.world.settle()
          isOver = true
        },
      },
    )
    expect(code).toBe(0)
    const own = stdout.split('\n').flatMap((text) => text.match(/(log of )?run \d: \d+$/)?.[0] ?? [])
    expect(own).toEqual(numbered(what))
  },
)
