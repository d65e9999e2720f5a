import type { Job, JobStatus } from '../../client/index.ts'
import { type Context, type JobWish, tutorialJob } from './context.ts'
import { assert } from './step.ts'

const WAIT_MS = 2 * 3600 * 1000

export async function createAndSubmit(context: Context, wish: JobWish): Promise<Job> {
  const job = await context.client.jobs.create(tutorialJob(wish))
  context.made.jobIds.push(job.id)
  await context.client.jobs.submit(job.id)
  return job
}

/** Waits for a status, showing each on the way, and returns the whole history, oldest first. */
export async function watch(context: Context, jobId: string, target: JobStatus): Promise<string[]> {
  const seen: string[] = []
  const result = await context.client.jobs.waitFor(jobId, target, {
    timeoutMs: WAIT_MS,
    ...context.waiting,
    onStatus: ({ status }) => {
      seen.push(status)
      context.progress(seen.join(' > '))
    },
  })
  assert(result.reached, `job ${jobId} never became ${target}: ${seen.join(' > ')}`)
  return seen
}

/** Runs a job to its end, which must be a success by its log, not only by its status. */
export async function runToSuccess(context: Context, wish: JobWish): Promise<Job> {
  const job = await createAndSubmit(context, wish)
  await watch(context, job.id, 'Completed')
  const { verdict, reason } = await context.client.jobs.outcome(job.id)
  assert(verdict === 'ok', `job ${job.id} ended as ${verdict}: ${reason}`)
  return job
}

export async function untilClusterStopped(
  { client, waiting, progress }: Context,
  jobId: string,
): Promise<void> {
  const seen: string[] = []
  const result = await client.jobs.waitForCluster(jobId, 'Stopped', {
    timeoutMs: WAIT_MS,
    ...waiting,
    onStatus: ({ status }) => {
      seen.push(status)
      progress(`cluster: ${seen.join(' > ')}`)
    },
  })
  assert(result.reached, `the cluster of ${jobId} never stopped: ${seen.join(' > ')}`)
}

/** After a failure: nothing may go on running, and costing, that nobody waits for any more. */
export async function stopAll({ client, made }: Context): Promise<void> {
  await Promise.allSettled(made.jobIds.map((id) => client.jobs.stop(id)))
}

/** The lines that the commands wrote, without dates, and without the platform's own first and last ones. */
export async function outputOf({ client }: Context, jobId: string): Promise<string[]> {
  const log = await client.jobs.log(jobId)
  assert(log, `job ${jobId} has no process_output.log`)
  return log.lines.map((line) => line.slice('[YYYY-MM-DDTHH:MM:SSZ]: '.length).trimEnd())
}
