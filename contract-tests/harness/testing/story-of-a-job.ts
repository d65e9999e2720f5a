import { createRescale } from '../../../mock-server/index.ts'
import { loadDescribedBodies } from '../naming/described-bodies.ts'
import type { Cassette } from '../recording/cassette.ts'
import { inProcessTransport } from '../targets/in-process-transport.ts'
import { bytesOf } from '../transport.ts'
import { recordRun, sealedRun } from './record-here.ts'

/** How any HTTP client is asked to send something. The body is JSON. */
export type Say = (
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<{ readonly status: number; readonly text: string }>

export interface StoryOfAJob {
  /** The statuses of its answers. */
  readonly statuses: readonly number[]
  readonly id: string
  /** What was read back. */
  readonly name: string
  /** Of the list, where there is a next page. */
  readonly next: string | null
}

/** What `tellStory` comes to. */
export const STORY_STATUSES = [401, 201, 200, 200, 204]

export const JOB_NAME = 'localscale-ct story'

const job = JSON.stringify({
  name: JOB_NAME,
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command: 'echo done',
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
    },
  ],
})

/** Without a key, then with one: saves a job, reads it, reads a list of two pages, and deletes the job. */
export async function tellStory(say: Say, origin: string, apiKey: string): Promise<StoryOfAJob> {
  const headers = { authorization: `Token ${apiKey}` }
  const jobs = `${origin}/api/v2/jobs/`
  const stranger = await say('GET', `${origin}/api/v2/users/me/`, {})
  const saved = await say('POST', jobs, { ...headers, 'content-type': 'application/json' }, job)
  const { id } = JSON.parse(saved.text) as { id: string }
  const read = await say('GET', `${jobs}${id}/`, headers)
  const list = await say('GET', `${origin}/api/v2/coretypes/?page_size=1`, headers)
  const gone = await say('DELETE', `${jobs}${id}/`, headers)
  return {
    statuses: [stranger, saved, read, list, gone].map(({ status }) => status),
    id,
    name: (JSON.parse(read.text) as { name: string }).name,
    next: (JSON.parse(list.text) as { next: string | null }).next,
  }
}

/** The story as it was told to a mock. */
export async function recordStory(): Promise<Cassette> {
  const rescale = createRescale()
  const { apiKey } = rescale
  const origin = 'https://mock.test'
  const run = await recordRun(
    { origin, apiKey, transport: inProcessTransport(rescale.exchange) },
    async (transport) => {
      const say: Say = async (method, url, headers, body) => {
        const sent = body === undefined ? null : new TextEncoder().encode(body)
        const answer = await transport({ method, url, headers: Object.entries(headers), body: sent })
        return { status: answer.status, text: new TextDecoder().decode(await bytesOf(answer.body)) }
      }
      await tellStory(say, origin, apiKey)
    },
  )
  await rescale.close()
  return sealedRun([run], await loadDescribedBodies())
}
