import { join } from 'node:path'
import { HttpError, ValidationError } from '../../../client/index.ts'
import { tutorialJob } from '../context.ts'
import { createAndSubmit, outputOf, untilClusterStopped, watch } from '../jobs.ts'
import { assert, assertEqual, need, type Step } from '../step.ts'

const wish = { name: 'first job', command: 'python3 calculate_pi.py range.inp' } as const

export const firstJobSteps: readonly Step[] = [
  {
    title: 'create with 1 core on granite: 400, message shown',
    async run({ client }) {
      const error = await client.jobs
        .create(tutorialJob({ ...wish, coresPerSlot: 1 }))
        .catch((reason: unknown) => reason)
      assert(error instanceof ValidationError, `expected ValidationError, got ${error}`)
      const [[position, [message] = []] = []] = Object.entries(error.fieldErrors)
      assert(message, 'the answer should say what is wrong')
      return `400 at ${position}: ${message}`
    },
  },
  {
    title: 'create with 2 cores, submit, watch the statuses',
    async run(context) {
      context.made.failedJob = await createAndSubmit(context, wish)
      const seen = await watch(context, context.made.failedJob.id, 'Completed')
      assertEqual(seen[0], 'Pending', 'the first status')
      assert(seen.includes('Executing'), 'the job should have been executing')
      return `${context.made.failedJob.id}: ${seen.join(' > ')}`
    },
  },
  {
    title: 'Completed, yet failed: process_output.log says which file is missing',
    async run(context) {
      const { id } = need(context.made.failedJob, 'the job')
      const lines = await outputOf(context, id)
      const message = lines.find((line) => line.includes('calculate_pi.py') && line.includes('No such file'))
      assert(message, `the log should name the missing file: ${lines.join(' / ')}`)
      const { verdict, exitCode } = await context.client.jobs.outcome(id)
      assertEqual(verdict, 'failed', 'the verdict')
      return `exit code ${exitCode}: ${message}`
    },
  },
  {
    title: 'two uploads',
    async run({ client, inputFolder, made }) {
      made.pythonFiles = await Promise.all(
        ['calculate_pi.py', 'range.inp'].map((name) => client.files.upload(join(inputFolder, name))),
      )
      return made.pythonFiles.map(({ id, name }) => `${name} is ${id}`).join(', ')
    },
  },
  {
    title: 'PATCH and re-submit of the completed job: 200, no effect',
    async run({ client, made, lastStatus }) {
      const { id } = need(made.failedJob, 'the job')
      const history = await client.jobs.statuses(id).toArray()
      const inputFiles = need(made.pythonFiles, 'the uploads')
      await client.jobs.update(id, tutorialJob({ ...wish, inputFiles }))
      assertEqual(lastStatus(), 200, 'status of the change')
      // `client.jobs.submit` would read the history, and send nothing.
      const again = await client.request('POST', `/api/v2/jobs/${id}/submit/`)
      assertEqual(again.status, 200, 'status of the second submit')
      assertEqual(lastStatus(), 200, 'status of the second submit')
      const after = await client.jobs.get(id)
      assertEqual(after.jobanalyses[0]?.inputFiles.length, 0, 'input files after the change')
      assertEqual(await client.jobs.statuses(id).toArray(), history, 'the history after the second submit')
      return 'both answered 200; the job and its history are as before'
    },
  },
  {
    title: 'DELETE while the cluster runs: 400; wait for Stopped; DELETE: 204',
    async run(context) {
      const { client, made } = context
      const running = await createAndSubmit(context, { name: 'short sleep', command: 'sleep 1' })
      await watch(context, running.id, 'Executing')
      const error = await client.jobs.delete(running.id).catch((reason: unknown) => reason)
      assert(error instanceof HttpError && error.status === 400, `expected a 400, got ${error}`)
      for (const { id } of [running, need(made.failedJob, 'the job')]) {
        await untilClusterStopped(context, id)
        await client.jobs.delete(id)
        assertEqual(context.lastStatus(), 204, 'status of the deletion')
      }
      const gone = await client.jobs.get(running.id).catch((reason: unknown) => reason)
      assert(gone instanceof HttpError && gone.status === 404, 'a deleted job should be gone')
      return `400 "${error.detail ?? error.body}", then 204, then 404`
    },
  },
]
