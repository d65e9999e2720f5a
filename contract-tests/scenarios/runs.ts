import { untilJobWas } from '../harness/conduct.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'

const LOG = 'process_output.log'

/** The runs of jobs, and what lies in their work folders. */
export const runScenarios: readonly Scenario[] = [
  scenario({
    id: 'runs/live',
    title: 'a run that is under way shows its files, and saves them when it is told to',
    needs: ['a running job'],
    covers: [
      ['listRuns', 200],
      ['getRun', 200],
      ['listRunDirectory', 200],
      ['tailRunFile', 200],
      ['tailRunFile', 404],
      ['snapshotRun', 200],
      ['stopRun', 200],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const { jobId } = t.given['a running job']
      const { body: runs } = await t.call('listRuns', { path: { jobId }, expect: 200 })
      expectEqual(
        runs.results.map(({ id }) => id),
        ['1'],
        'the runs',
      )
      const path = { jobId, runId: '1' }
      await t.call('listRuns', { path: { jobId }, query: { page_size: 1 }, expect: 200 })
      await t.call('getRun', { path, expect: 200 })
      const { body: files } = await t.call('listRunDirectory', { path, expect: 200 })
      expectThat(
        files.some((file) => file.path === LOG),
        'the log is there',
      )
      const log = { ...path, path: LOG }
      const { body: tail } = await t.call('tailRunFile', { path: log, query: { lines: 5 }, expect: 200 })
      const { body: whole } = await t.call('tailRunFile', { path: log, expect: 200 })
      const lines = typeof tail === 'string' ? tail.trimEnd().split('\n') : tail.lines
      expectThat(lines.length <= 5, 'five lines were asked for, and there are no more')
      // It may have grown since.
      const isThere = (line: string) => typeof whole === 'string' && whole.includes(line.trimEnd())
      expectThat(lines.every(isThere), 'the last lines are in the whole log')
      await t.call('tailRunFile', { path: { ...path, path: 'no-such-file.txt' }, expect: 404 })
      await t.call('snapshotRun', { path, expect: 200 })
      await t.call('stopRun', { path, expect: 200 })
      await untilJobWas(t, jobId, 'Completed')
    },
  }),
  scenario({
    id: 'runs/over',
    title: 'a run that is over has output files, and can neither be stopped nor saved',
    needs: ['a completed job'],
    covers: [
      ['listRunFiles', 200],
      ['listRunDirectory', 404],
      ['stopRun', 400],
      ['snapshotRun', 400],
      ['getRun', 404],
    ],
    cost: 'submits',
    harmlessOutput: true,
    async run(t) {
      const path = { ...t.given['a completed job'], runId: '1' }
      const { body: files } = await t.call('listRunFiles', { path, expect: 200 })
      expectThat(
        files.results.some(({ name }) => name === LOG),
        'the log is among the files',
      )
      const { body: ofJob } = await t.call('listJobFiles', { path, expect: 200 })
      expectEqual(ofJob.count, files.count, 'the number of files of the job, which has one run')
      const { body: run } = await t.call('getRun', { path, expect: 200 })
      expectThat(run.dateCompleted !== null, 'the run says when it was over')
      await t.call('listRunDirectory', { path, expect: 404 })
      await t.call('stopRun', { path, expect: 400 })
      await t.call('snapshotRun', { path, expect: 400 })
      await t.call('getRun', { path: { ...path, runId: '2' }, expect: 404 })
    },
  }),
]
