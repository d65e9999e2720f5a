import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createClient, writeProfile } from '../../client/index.ts'
import { LastExchange } from '../../examples/tutorial/last-exchange.ts'
import { steps } from '../../examples/tutorial/steps/index.ts'
import { createRescale, type Rescale, type RescaleOptions } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { projectFolder } from '../programs/built-cli.ts'
import { answersTo, type Exchanged, recordingFetch } from './recorded-answers.ts'

/** Steps that look into what commands made, which here are simulated: they end early, after their requests. */
const needsCommands = [
  'all outputs downloaded, SHA-512 of each compared with metadata',
  'stop: 202; Completed after Stopping',
  'inputs as a zip, decompressed on the cluster',
  'reassembled and hashed inside a job, hash read from the log and compared',
]
const needsLogin = 'inputs put onto the cluster, π computed there, output streamed, result fetched'

const url = 'http://rescale.test'
/** Time goes on with each request, and so is part of what the same requests bring about. */
const options: RescaleOptions = { pace: 'per-request:30s', startAt: new Date() }

let folder: string
let exchanged: readonly Exchanged[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-same-'))
  await using rescale = createRescale(options)
  const recording = recordingFetch(rescale.fetch)
  const failed = await tutorial(rescale, recording.fetch)
  expect(failed).toEqual(needsCommands)
  await furtherCalls(rescale, recording.fetch)
  exchanged = recording.exchanged
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

/** The steps of the tutorial, one after another. Returns the titles of those that failed. */
async function tutorial(rescale: Rescale, fetch: typeof globalThis.fetch): Promise<string[]> {
  const last = new LastExchange()
  const watched = last.watch(fetch)
  // Some steps call it themselves, as a reader of the tutorial would.
  vi.stubGlobal('fetch', watched)
  const { apiKey } = rescale
  const configFile = join(folder, 'apiconfig')
  for (const profile of ['default', 'mock']) await writeProfile(configFile, profile, { baseUrl: url, apiKey })
  await mkdir(join(folder, 'outputs'))
  await using client = createClient({ configFile, profile: 'mock', env: {}, fetch: watched })
  const context = {
    ...{ client, url, apiKey, configFile, profile: 'default', folder, size: 1_000_000 },
    mock: { url, apiKey, sshFingerprints: [], stop: async () => {} },
    inputFolder: join(projectFolder, 'examples/tutorial/job-inputs'),
    waiting: { intervalMs: 1 },
    knownJobId: 'ObMcJc',
    startedAt: new Date(),
    progress: () => {},
    lastStatus: () => last.status,
    made: { jobIds: [] },
  }
  const failed: string[] = []
  try {
    for (const { title, run } of steps.filter((step) => step.title !== needsLogin))
      await run(context).catch(() => failed.push(title))
  } finally {
    vi.unstubAllGlobals()
  }
  return failed
}

/** What the tutorial does not ask for: parts of a job that runs, ranges, sharing, tags. */
async function furtherCalls({ apiKey }: Rescale, fetch: typeof globalThis.fetch): Promise<void> {
  const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
  const get = (path: string, more = {}) =>
    fetch(`${url}/api/v2/${path}`, { headers: { ...headers, ...more } })
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(`${url}/api/v2/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return answer.clone().json() as Promise<{ id: string }>
  }
  const { id } = await post('jobs/', aJob({ command: 'echo done > done.txt; sleep 300' }))
  await fetch(`${url}/api/v2/jobs/${id}/submit/`, { method: 'POST', headers })
  for (let round = 0; round < 8; round += 1)
    for (const part of ['statuses', 'cluster_statuses', 'runs', 'instances']) await get(`jobs/${id}/${part}/`)
  await post(`jobs/${id}/tags/`, { name: 'tutorial' })
  await post(`jobs/${id}/share/`, { email: 'a.colleague@example.com' })
  const outputs = (await (await get(`jobs/${id}/files/`)).json()) as { results: { id: string }[] }
  for (const file of outputs.results) await get(`files/${file.id}/contents/`, { range: 'bytes=3-9' })
}

const firstOf = ({ answer }: Exchanged): string => answer.split('\n', 2).join(' ')

it('runs the tutorial', () => {
  expect(exchanged.length).toBeGreaterThan(250)
  expect(exchanged.map(firstOf).filter((line) => /^\w+ \S+ 5/.test(line))).toEqual([])
  const uploads = exchanged.filter((one) => firstOf(one) === `POST ${url}/api/v2/files/contents/ 201`)
  expect(uploads.length).toBeGreaterThan(10)
})

// Another walk would not send the same requests: files that are sent at once come in any order, and keys are fresh.
it('gives the same bytes for the same seed and the same requests, a second and a third time', async () => {
  const answers = exchanged.map(({ answer }) => answer)
  await using rescale = createRescale(options)
  expect(await answersTo(exchanged, rescale)).toEqual(answers)
  await rescale.world().reset()
  expect(await answersTo(exchanged, rescale)).toEqual(answers)
})

it('gives others for another seed', async () => {
  const answers = exchanged.map(({ answer }) => answer)
  await using rescale = createRescale({ ...options, seed: 'another' })
  expect(await answersTo(exchanged, rescale)).not.toEqual(answers)
})
