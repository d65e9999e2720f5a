import type { IncomingMessage, ServerResponse } from 'node:http'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  AbortedError,
  ArgumentError,
  OutcomeUnknownError,
  RescaleError,
  ServerError,
  ValidationError,
} from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { BROKEN, namingResets } from '../test-support/named-resets.ts'
import { aServer, bodyOf, sendJson, type TestServer } from '../test-support/server.ts'

interface SavedJob {
  readonly id: string
  readonly name: string
  readonly description: string
}

/** What becomes of a request to create: whether it is carried out, when, and what the client hears of it. */
interface Fate {
  readonly created: 'at once' | 'late' | 'later' | 'never'
  readonly heard: 'answer' | 'reset' | 'half' | 'garbled' | number
}

interface Platform extends TestServer {
  readonly jobs: SavedJob[]
  posts(): number
}

/**
 * A platform on which each POST meets the next of `fates`; afterwards all is well. `late` is after one look,
 * `later` when it is asked for again. */
async function aPlatform(fates: readonly Fate[], others: readonly SavedJob[] = []): Promise<Platform> {
  const jobs: SavedJob[] = [...others]
  const late: SavedJob[] = []
  const later: SavedJob[] = []
  let posts = 0
  const post = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(String(await bodyOf(request)))
    const job = { id: `job${++posts}`, name: body.name.trim(), description: body.description ?? '' }
    const { created, heard } = fates[posts - 1] ?? { created: 'at once', heard: 'answer' }
    jobs.unshift(...later.splice(0))
    if (created === 'at once') jobs.unshift(job)
    if (created === 'later') later.push(job)
    if (created === 'late') late.push(job)
    if (heard === 'answer') sendJson(response, 201, job)
    else if (heard === 'reset') request.socket.resetAndDestroy()
    else if (heard === 'garbled') response.writeHead(201).end('<html>')
    else if (heard === 'half') {
      response.writeHead(201, { 'Content-Length': 500 }).write('{"id":')
      setImmediate(() => request.socket.destroy())
    } else sendJson(response, heard, { detail: 'Because.' })
  }
  const server = await aServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    const id = path.split('/')[4] ?? ''
    if (request.method === 'POST') await post(request, response)
    else if (request.method === 'DELETE') {
      const index = jobs.findIndex((job) => job.id === id)
      if (index >= 0) jobs.splice(index, 1)
      response.writeHead(204).end()
    } else if (id === '') {
      sendJson(response, 200, { count: jobs.length, next: null, previous: null, results: jobs.map(listed) })
      jobs.unshift(...late.splice(0))
    } else {
      const job = jobs.find((one) => one.id === id)
      sendJson(response, job ? 200 : 404, job ?? { detail: 'Not found.' })
    }
  })
  return Object.assign(server, { jobs, posts: () => posts })
}

// As in the real list, there is no description.
function listed({ id, name }: SavedJob) {
  return { id, name }
}

const aJob = { name: 'airfoil', jobanalyses: [] }

it('makes exactly one job of one call, whichever answers get lost', async () => {
  const fate = fc.record({
    created: fc.constantFrom<Fate['created']>('at once', 'late', 'later', 'never'),
    heard: fc.constantFrom<Fate['heard']>('reset', 'half', 502, 504, 520),
  })
  const others = fc.array(fc.constantFrom('airfoil', 'wing'), { maxLength: 4 })
  const plans = [fc.array(fate, { maxLength: 5 }), others, fc.constantFrom(...BROKEN)] as const
  await fc.assert(
    fc.asyncProperty(...plans, async (fates, names, name) => {
      using _named = namingResets(() => name)
      const before = names.map((name, index) => ({ id: `old${index}`, name, description: 'mine' }))
      await using platform = await aPlatform(fates, before)
      const made = await aClient(platform.url)
        .jobs.create(aJob)
        .catch((error) => error)
      const mine = platform.jobs.filter(({ id }) => id.startsWith('job'))
      expect(platform.jobs.length - mine.length).toBe(names.length)
      if (made instanceof Error) {
        expect(made).toBeInstanceOf(RescaleError)
        expect(mine).toEqual([])
      } else expect(mine.map(({ id }) => id)).toEqual([made.id])
      const [first, second, third] = fates.map(({ created }) => created)
      const isHopeless = first === 'never' && second === 'never' && (third === 'never' || third === 'later')
      expect(made instanceof Error).toBe(isHopeless)
    }),
    { numRuns: 60 },
  )
})

it.each(BROKEN)('makes one job when the connection breaks after it was made, also as %s', async (code) => {
  using _named = namingResets(() => code)
  await using platform = await aPlatform([{ created: 'at once', heard: 'reset' }])
  expect(await aClient(platform.url).jobs.create(aJob)).toMatchObject({ id: 'job1' })
  expect([platform.posts(), platform.jobs.length]).toEqual([1, 1])
})

it.each([undefined, null, 'airfoil', {}, { name: 5 }, { name: 'x', description: 7 }])(
  'sends nothing of %j, which is no job',
  async (job) => {
    await using platform = await aPlatform([])
    const failure = await failureOf(aClient(platform.url).jobs.create(job as never))
    expect(failure).toBeInstanceOf(ArgumentError)
    expect(failure).toMatchObject({ hint: expect.stringContaining('nothing was sent') })
    expect(platform.seen).toEqual([])
  },
)

it('puts its marker behind the description, and asks once where nothing goes wrong', async () => {
  await using platform = await aPlatform([])
  const { jobs } = aClient(platform.url)
  await jobs.create({ ...aJob, description: 'wind tunnel' })
  await jobs.create(aJob)
  const marker = String.raw`\[rescale-client:[0-9a-f]{16}\]`
  expect(platform.jobs[1]?.description).toMatch(new RegExp(`^wind tunnel\n\n${marker}$`))
  expect(platform.jobs[0]?.description).toMatch(new RegExp(`^${marker}$`))
  expect(platform.jobs[0]?.description).not.toBe(platform.jobs[1]?.description.slice(-34))
  expect(platform.seen).toHaveLength(2)
})

it('finds a job again whose name the platform trimmed', async () => {
  await using platform = await aPlatform([{ created: 'at once', heard: 'reset' }])
  expect(await aClient(platform.url).jobs.create({ ...aJob, name: ' airfoil ' })).toMatchObject({
    id: 'job1',
  })
  expect(platform.posts()).toBe(1)
})

it('finds what was made between two looks', async () => {
  await using platform = await aPlatform([{ created: 'late', heard: 'reset' }])
  expect(await aClient(platform.url).jobs.create(aJob)).toMatchObject({ id: 'job1' })
  expect([platform.posts(), platform.jobs.length]).toEqual([1, 1])
})

it('deletes the one too many that was made later than anybody waits', async () => {
  await using platform = await aPlatform([{ created: 'later', heard: 'reset' }])
  expect(await aClient(platform.url).jobs.create(aJob)).toMatchObject({ id: 'job2' })
  expect([platform.posts(), platform.jobs.map(({ id }) => id)]).toEqual([2, ['job2']])
  const deleted = platform.seen.filter(({ method }) => method === 'DELETE')
  expect(deleted.map(({ url }) => url)).toEqual(['/api/v2/jobs/job1/'])
})

it('takes what was made late when it is refused the second time', async () => {
  const late: Fate = { created: 'later', heard: 'reset' }
  await using platform = await aPlatform([late, { created: 'never', heard: 400 }])
  expect(await aClient(platform.url).jobs.create(aJob)).toMatchObject({ id: 'job1' })
  expect(platform.posts()).toBe(2)
})

it('does not ask again after a refusal, a 500, or an answer that is none', async () => {
  for (const [heard, kind] of [
    [400, ValidationError],
    [500, ServerError],
    ['garbled', RescaleError],
  ] as const) {
    await using platform = await aPlatform([{ created: 'never', heard }])
    expect(await failureOf(aClient(platform.url).jobs.create(aJob))).toBeInstanceOf(kind)
    expect(platform.posts()).toBe(1)
  }
  for (const heard of [500, 'garbled'] as const) {
    await using platform = await aPlatform([{ created: 'at once', heard }])
    expect(await aClient(platform.url).jobs.create(aJob)).toMatchObject({ id: 'job1' })
    expect(platform.posts()).toBe(1)
  }
})

it('says that it does not know when it cannot look either, and what to look for', async () => {
  await using server = await aServer((request) => request.socket.destroy())
  const failure = await failureOf(aClient(server.url).jobs.create(aJob))
  expect(failure).toBeInstanceOf(OutcomeUnknownError)
  expect(failure).toMatchObject({
    method: 'POST',
    requestId: server.seen[0]?.headers['x-client-request-id'],
    marker: expect.stringMatching(/^\[rescale-client:/),
    hint: expect.stringContaining('stands in its description'),
    attempts: { length: 1 },
  })
  expect(server.seen.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

it('tells whoever gives up what to look for', async () => {
  const controller = new AbortController()
  await using platform = await aPlatform([{ created: 'at once', heard: 'reset' }])
  const clock = aClock(() => controller.abort('enough'))
  const call = aClient(platform.url, { clock }).jobs.create(aJob, { signal: controller.signal })
  const failure = await failureOf(call)
  expect(failure).toBeInstanceOf(AbortedError)
  const marker = platform.jobs[0]?.description
  expect(failure).toMatchObject({
    cause: 'enough',
    method: 'POST',
    hint: expect.stringContaining(marker ?? '?'),
  })
})

it('sends nothing for a job that was submitted before', async () => {
  const results = [{ status: 'Queued', statusDate: '2026-01-01T00:00:00Z' }]
  await using server = await aServer((_, response) =>
    sendJson(response, 200, { count: 1, next: null, previous: null, results }),
  )
  await aClient(server.url).jobs.submit('abc')
  expect(server.seen.map(({ method }) => method)).toEqual(['GET'])
})

it('submits once: a lost answer is looked up in the history', async () => {
  type Heard = 'reset' | 502 | 200
  const plan = fc.array(fc.tuple(fc.boolean(), fc.constantFrom<Heard>('reset', 502)), { maxLength: 2 })
  await fc.assert(
    fc.asyncProperty(plan, async (fates) => {
      let submits = 0
      let effects = 0
      await using server = await aServer((request, response) => {
        if (request.method === 'GET') {
          const results = effects > 0 ? [{ status: 'Pending', statusDate: '2026-01-01T00:00:00Z' }] : []
          return sendJson(response, 200, { count: results.length, next: null, previous: null, results })
        }
        const [isDone, heard] = fates[submits++] ?? [true, 200]
        if (isDone) effects++
        if (heard === 'reset') request.socket.resetAndDestroy()
        else response.writeHead(heard).end()
      })
      await aClient(server.url).jobs.submit('abc')
      expect(effects).toBe(1)
    }),
    { numRuns: 25 },
  )
})
