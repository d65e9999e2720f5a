import { type Context, tutorialJob } from '../context.ts'
import { assert, assertEqual, type Step } from '../step.ts'

/** For an account that has none yet. */
async function savedJob({ client, made }: Context): Promise<string> {
  const { id } = await client.jobs.create(tutorialJob({ name: 'saved only', command: 'true' }))
  made.jobIds.push(id)
  return id
}

export const readingSteps: readonly Step[] = [
  {
    title: 'a job read by id without trailing slash',
    async run(context) {
      const { client, url, apiKey } = context
      const jobId = context.knownJobId ?? (await client.jobs.list().first())?.id ?? (await savedJob(context))
      // The client always sends the slash; the tutorial's own call does not, and is redirected.
      const answer = await fetch(`${url}/api/v2/jobs/${jobId}`, {
        headers: { authorization: `Token ${apiKey}` },
      })
      assertEqual(answer.status, 200, 'status after the redirect')
      const job = (await answer.json()) as { id: string; jobanalyses: { analysis: { code: string } }[] }
      assertEqual(job.id, jobId, 'the id of the job')
      return `${jobId} runs ${job.jobanalyses.map(({ analysis }) => analysis.code).join(', ')}`
    },
  },
  {
    title: 'completed jobs of this year by state and job_status',
    async run({ client, mock, startedAt }) {
      const jobs = await client.jobs.list({ state: 'completed', job_status: 'COMPLETED' }).toArray()
      assert(
        jobs.every(({ jobStatus }) => jobStatus.content === 'Completed'),
        'the filter let a job through that is not completed',
      )
      assert(!mock || jobs.length > 0, 'the mock begins with completed jobs')
      const year = startedAt.getUTCFullYear()
      const ofThisYear = jobs.filter(({ dateInserted }) => new Date(dateInserted).getUTCFullYear() === year)
      return `${jobs.length} completed jobs, ${ofThisYear.length} of ${year}`
    },
  },
  {
    title: 'projects',
    async run({ client }) {
      const projects = await client.projects.list().toArray()
      assert(
        projects.every(({ id, name }) => id && name),
        'a project has an id and a name',
      )
      return projects.map(({ id, name }) => `${id} ${name}`).join(', ') || 'none'
    },
  },
]
