// What our tool takes for granted. Run against the mock by `npm run contract`, and against the real platform by hand.
import { expectEqual, expectThat, jobRequest, logOf, scenario, untilJobWas } from 'localscale/contract'

export const scenarios = [
  scenario({
    id: 'ours/granite-is-there',
    title: 'the core type that our jobs ask for can be had with two cores',
    needs: [],
    covers: [['listCoreTypes', 200]],
    cost: 'free',
    async run(t) {
      const { body } = await t.call('listCoreTypes', { query: { page_size: 200 }, expect: 200 })
      const granite = body.results.find(({ code }) => code === 'granite')
      expectThat(granite?.cores.includes(2), 'granite comes with two cores')
    },
  }),
  scenario({
    id: 'ours/log-of-a-job',
    title: 'the log of a job has what its command printed, and how it ended',
    needs: ['an uploaded text file'],
    covers: [
      ['createJob', 201],
      ['submitJob', 200],
      ['listJobStatuses', 200],
      ['listFileLines', 200],
    ],
    cost: 'submits',
    async run(t) {
      const { fileId, name } = t.given['an uploaded text file']
      const json = jobRequest({
        name: t.unique('our job'),
        command: `wc -l "${name}"`,
        inputs: [{ id: fileId }],
      })
      const { body: job } = await t.call('createJob', { json, expect: 201 })
      expectEqual(job.jobanalyses.length, 1, 'the number of commands')
      await t.call('submitJob', { path: { jobId: job.id }, expect: 200 })
      await untilJobWas(t, job.id, 'Completed')
      const log = await logOf(t, job.id)
      expectThat(
        log.some((line) => line.includes('Exited with code 0')),
        'the log says how the command ended',
      )
    },
  }),
]
