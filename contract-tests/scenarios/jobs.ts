import { logOf, untilJobWas } from '../harness/conduct.ts'
import { jobRequest } from '../harness/job-requests.ts'
import { type Scenario, scenario } from '../harness/scenario.ts'
import { expectEqual, expectThat } from '../harness/scenario-context.ts'

export const jobScenarios: readonly Scenario[] = [
  scenario({
    id: 'jobs/submit-and-watch',
    title: 'a job is saved, submitted, and passes through its statuses to Completed',
    needs: [],
    covers: [
      ['createJob', 201],
      ['submitJob', 200],
      ['listJobStatuses', 200],
      ['getJob', 200],
    ],
    cost: 'submits',
    async run(t) {
      const name = t.unique('first job')
      const { body: saved } = await t.call('createJob', { json: jobRequest({ name }), expect: 201 })
      expectEqual(saved.name, name, 'the name')
      const jobId = saved.id
      await t.call('submitJob', { path: { jobId }, expect: 200 })
      const history = await untilJobWas(t, jobId, 'Completed')
      expectThat(history.includes('Executing'), `the job was executing: ${history.join(', ')}`)
      const { body: job } = await t.call('getJob', { path: { jobId }, expect: 200 })
      expectEqual(job.id, jobId, 'the id')
      const lines = await logOf(t, jobId)
      expectThat(
        lines.some((line) => line.includes('done')),
        'the log has what the command printed',
      )
    },
  }),
]
