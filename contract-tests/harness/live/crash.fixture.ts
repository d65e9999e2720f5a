import { jobRequest, uploadForm } from '../job-requests.ts'
import { type Scenario, scenario } from '../scenario.ts'

/** A story that its teller will not live to finish. */
export const scenarios: readonly Scenario[] = [
  scenario({
    id: 'crash/in-the-middle',
    title:
      'a job runs and a file is there when the process is killed, and the answer to a second job never comes',
    needs: [],
    covers: [],
    cost: 'submits',
    async run(t) {
      const json = jobRequest({ name: t.unique('running'), command: 'sleep 600' })
      const { body } = await t.call('createJob', { json, expect: 201 })
      await t.call('submitJob', { path: { jobId: body.id }, expect: 200 })
      await t.call('uploadFile', {
        form: uploadForm(`${t.unique('left')}.txt`, new Uint8Array([1])),
        expect: 201,
      })
      await t.call('createJob', { json: jobRequest({ name: t.unique('unanswered') }), expect: 201 })
    },
  }),
]
