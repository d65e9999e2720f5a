import { expect, it } from 'vitest'
import { Cluster } from '../clusters/cluster.ts'
import { AbortedError, OutcomeUnknownError, ValidationError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'

type Answer = 'reset' | number

const row = (status: string) => ({ status, statusDate: '2026-01-01T00:00:00Z', statusReason: null })

/** A platform that answers stops in turn, the last one for ever, and has these histories and this run. */
async function aPlatform(
  stops: readonly Answer[],
  job: string[] | number,
  cluster: string[] = [],
  dateCompleted: string | null = null,
  over: Over = 'HTTP',
) {
  const sent: string[] = []
  const server = await aServer((request, response) => {
    const path = request.url ?? ''
    if (request.method === 'POST') {
      const answer = stops[Math.min(sent.push(path), stops.length) - 1] ?? 202
      return answer === 'reset' ? request.socket.resetAndDestroy() : sendJson(response, answer, {})
    }
    if (path.includes('/cluster_statuses/')) return sendJson(response, 200, aPage(cluster.map(row)))
    if (path.endsWith('/runs/1/')) return sendJson(response, 200, { id: '1', dateCompleted })
    if (path.startsWith('/api/v2/jobs/?')) return sendJson(response, 200, aPage([]))
    if (typeof job === 'number') return sendJson(response, job, {})
    return sendJson(response, 200, aPage(job.map(row)))
  }, over)
  return Object.assign(server, { sent })
}

it.each<{ what: string; stops: Answer[]; job: string[] | number; cluster?: string[]; sendings: number }>([
  { what: 'an answer', stops: [202], job: ['Executing'], sendings: 1 },
  { what: 'lost answers', stops: ['reset', 500, 502, 202], job: ['Executing'], sendings: 4 },
  { what: 'a request that took too long', stops: [408, 202], job: ['Executing'], sendings: 2 },
  { what: 'no history to look at', stops: [504, 202], job: 404, sendings: 2 },
  { what: 'a lost answer to a stop that was', stops: ['reset'], job: ['Stopping', 'Executing'], sendings: 1 },
  { what: 'a lost answer to an end', stops: [502], job: ['Completed', 'Executing'], sendings: 1 },
  { what: 'a word of its cluster', stops: [502], job: ['Queued'], cluster: ['Stopping'], sendings: 1 },
  { what: 'no word of its cluster', stops: [502, 202], job: ['Queued'], cluster: ['Starting'], sendings: 2 },
])('is over with $what after $sendings sendings', async ({ stops, job, cluster, sendings }) => {
  for (const over of OVER) {
    await using platform = await aPlatform(stops, job, cluster, null, over)
    await aClient(platform.url).jobs.stop('abc')
    expect(platform.sent).toEqual(Array(sendings).fill('/api/v2/jobs/abc/stop/'))
  }
})

it.each([
  ['of a job', ['Stopping', 'Executing'], undefined],
  ['of its cluster', ['Queued'], ['Stopping']],
])('takes Stopping %s for no forced stop', async (_, job, cluster) => {
  await using platform = await aPlatform(['reset', 202], job, cluster)
  await aClient(platform.url).jobs.forceStop('abc')
  expect(platform.sent).toEqual(Array(2).fill('/api/v2/jobs/abc/force_stop/'))
})

it('says that it does not know when no answer comes at all', async () => {
  await using platform = await aPlatform(['reset'], ['Executing'])
  expect(await failureOf(aClient(platform.url).jobs.stop('abc'))).toBeInstanceOf(OutcomeUnknownError)
  expect(platform.sent).toHaveLength(4)
})

it('takes a refusal for the answer, after a lost one too', async () => {
  for (const stops of [[400], ['reset', 400]] as const) {
    await using platform = await aPlatform(stops, [])
    expect(await failureOf(aClient(platform.url).jobs.stop('abc'))).toBeInstanceOf(ValidationError)
    expect(platform.sent).toHaveLength(stops.length)
  }
})

it('ends when nobody wants it any more', async () => {
  await using platform = await aPlatform([502], ['Executing'])
  const controller = new AbortController()
  const clock = {
    now: () => 0,
    async sleep(_ms: number, signal?: AbortSignal) {
      controller.abort('enough')
      throw signal?.reason
    },
  }
  const stopping = aClient(platform.url, { clock }).jobs.stop('abc', { signal: controller.signal })
  const failure = await failureOf(stopping)
  expect(failure).toBeInstanceOf(AbortedError)
  expect(failure).toMatchObject({
    cause: 'enough',
    method: 'POST',
    url: `${platform.url}/api/v2/jobs/abc/stop/`,
    requestId: expect.stringMatching(/./),
    attempts: [{ status: 502 }],
  })
  expect(platform.sent).toHaveLength(1)
})

const ENDED = '2026-01-01T00:00:00Z'

it.each<{ what: string; stops: Answer[]; job: string[]; over?: string | null; sendings: number }>([
  { what: 'an answer', stops: [200], job: ['Executing'], sendings: 1 },
  { what: 'lost answers while the run goes on', stops: ['reset', 500, 200], job: ['Executing'], sendings: 3 },
  { what: 'a lost answer to an end', stops: ['reset'], job: ['Executing'], over: ENDED, sendings: 1 },
  { what: 'a lost answer in a job that stops', stops: [502], job: ['Stopping', 'Executing'], sendings: 1 },
])('stops a run with $what after $sendings sendings', async ({ stops, job, over, sendings }) => {
  await using platform = await aPlatform(stops, job, [], over)
  await aClient(platform.url).jobs.runs.stop('abc', '1')
  expect(platform.sent).toEqual(Array(sendings).fill('/api/v2/jobs/abc/runs/1/stop/'))
})

it('takes a refusal to stop a run for the answer', async () => {
  await using platform = await aPlatform(['reset', 400], ['Executing'])
  expect(await failureOf(aClient(platform.url).jobs.runs.stop('abc', '1'))).toBeInstanceOf(ValidationError)
  expect(platform.sent).toHaveLength(2)
})

/** The block of a cluster of the job that ends. */
async function leftBlock(url: string): Promise<void> {
  const access = { jobId: 'abc', instances: [], fingerprints: [], credentials: {} }
  await using _cluster = new Cluster(aClient(url).jobs, access, { isOwned: true })
}

it.each<[string, string[], string[]]>([
  ['that stops already', ['Stopping', 'Executing'], []],
  ['that is over', ['Completed', 'Executing'], []],
  ['whose cluster stops already', ['Queued'], ['Stopping']],
  ['that was never submitted', [], []],
])('takes no offence at the refusal to stop a job %s', async (_, job, cluster) => {
  await using platform = await aPlatform([400], job, cluster)
  expect(await aClient(platform.url).jobs.ensureStopped('abc')).toBe(false)
  await leftBlock(platform.url)
  expect(platform.sent).toHaveLength(2)
})

it('takes offence at the refusal to stop a job that goes on, or of which nothing is known', async () => {
  for (const job of [['Executing'], ['Queued'], 404]) {
    await using platform = await aPlatform([400], job)
    expect(await failureOf(aClient(platform.url).jobs.ensureStopped('abc'))).toBeInstanceOf(ValidationError)
    expect(await failureOf(leftBlock(platform.url))).toBeInstanceOf(ValidationError)
  }
  await using platform = await aPlatform([202], ['Executing'])
  expect(await aClient(platform.url).jobs.ensureStopped('abc')).toBe(true)
})
