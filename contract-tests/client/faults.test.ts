import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ClientOptions,
  createClient,
  OutcomeUnknownError,
  type RescaleClient,
  RescaleError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
} from '../../client/index.ts'
import { aClock } from '../../client/test-support/clock.ts'
import { BROKEN, type BrokenCode, namingResets } from '../../client/test-support/named-resets.ts'
import { OVER } from '../../client/test-support/tls-front.ts'
import { createRescale, type PlannedFault, type Rescale, type World } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { type Served, servedOver } from './served-over.ts'

let rescale: Rescale
let served: Served
let keys = 0

/** A client with a world of its own, whose waits take no time. */
function aTenant(options: ClientOptions = {}): {
  client: RescaleClient
  world: World
  slept: readonly number[]
} {
  const apiKey = String(++keys).padStart(40, '0')
  const clock = aClock()
  const client = createClient({ baseUrl: served.url, apiKey, env: {}, clock, ...options })
  return { client, world: rescale.world(apiKey), slept: clock.slept }
}

const on = (operation: PlannedFault['operation']) => (fault: object) =>
  ({ operation, ...fault }) as PlannedFault

/** A plan has at least one fault. */
function plan({ faults }: World, planned: readonly PlannedFault[]): void {
  if (planned.length > 0) faults.plan(planned)
}

// Long enough for a machine under load, most of the time; what is given up in vain only adds to the plan.
const STALL_MS = 150
const IMPATIENT = { headersMs: STALL_MS, bodyMs: STALL_MS }

/** Answers that do not come, or stop coming. Each takes the client's real time to notice, so they are rare. */
const stalled = fc.constantFrom(
  { kind: 'delay', when: 'before', for: '30s' },
  { kind: 'delay', when: 'unanswered', for: '30s' },
  { kind: 'delay', when: 'during', afterBytes: 10, for: '30s' },
)

/** All ways to lose the answer to a POST, with and without its having been carried out. */
const lost = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'reset', when: 'before' }) },
  { weight: 6, arbitrary: fc.constant({ kind: 'reset', when: 'unanswered' }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'reset', when: 'during', afterBytes: 5 }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'cut', afterBytes: 20, contentLength: 'lying' }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      status: fc.constantFrom(500, 502, 503, 504, 520),
      carriedOut: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'status', status: 429, retryAfter: 3 }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'status', status: 503, retryAfter: 2 }) },
  { weight: 1, arbitrary: stalled },
)

/** What may be wrong with looking for what was done. */
const looking = fc.oneof(
  {
    weight: 15,
    arbitrary: fc.constantFrom(
      { kind: 'none' },
      { kind: 'status', status: 502 },
      { kind: 'status', status: 429, retryAfter: 3 },
      { kind: 'reset', when: 'unanswered' },
      { kind: 'reset', when: 'during', afterBytes: 100 },
      { kind: 'cut', afterBytes: 40, contentLength: 'lying' },
    ),
  },
  { weight: 1, arbitrary: stalled },
)

/** And what may be wrong with a list. */
const listing = fc.oneof(
  looking,
  fc.constantFrom({ kind: 'duplicate-items', count: 2 }, { kind: 'reorder-items' }),
)

/** A 500 without effect is the platform's last word: the same request would fail the same way. */
const isFinal = (fault: object) =>
  'status' in fault && fault.status === 500 && 'carriedOut' in fault && !fault.carriedOut

interface Planned {
  /** What the system calls it when a connection breaks. */
  readonly breaks: BrokenCode
  readonly create: readonly object[]
  readonly list: readonly object[]
  readonly get: readonly object[]
}

/** What one call makes of a plan: its job or error, and the jobs that are there when all is well again. */
async function created({ breaks, create, list, get }: Planned) {
  using _named = namingResets(() => breaks)
  const { client, world } = aTenant({ timeouts: IMPATIENT })
  plan(world, [...create.map(on('createJob')), ...list.map(on('listJobs')), ...get.map(on('getJob'))])
  const made = await client.jobs.create(aJob({ name: 'once' })).catch((error: Error) => error)
  world.faults.clear()
  const jobs = await client.jobs.list({ page_size: 100 }).toArray()
  return { client, made, there: jobs.filter(({ name }) => name === 'once') }
}

describe.each(OVER)('over %s', (over) => {
  beforeAll(async () => {
    rescale = createRescale()
    served = await servedOver(rescale, over)
  })

  afterAll(async () => {
    await served?.[Symbol.asyncDispose]()
    await rescale?.close()
  })

  describe('whatever answers get lost', () => {
    it('one call makes exactly one job, and gives it', { timeout: 60_000 }, async () => {
      const plans = fc.record({
        breaks: fc.constantFrom(...BROKEN),
        // It sends three times at most.
        create: fc.array(lost, { maxLength: 2 }),
        // Each look takes up to four attempts.
        list: fc.array(listing, { maxLength: 3 }),
        get: fc.array(looking, { maxLength: 3 }),
      })
      await fc.assert(
        fc.asyncProperty(plans, async (planned) => {
          const { made, there } = await created(planned)
          if (planned.create.some(isFinal) && made instanceof ServerError) expect(there).toEqual([])
          else expect(there.map(({ id }) => id)).toEqual([(made as { id?: string }).id])
        }),
        { numRuns: over === 'TLS' ? 20 : 50 },
      )
    })

    it('a call makes one job at most, and says that it does not know of it, however long it lasts', {
      timeout: 60_000,
    }, async () => {
      const plans = fc.record({
        breaks: fc.constantFrom(...BROKEN),
        create: fc.array(lost, { maxLength: 4 }),
        list: fc.array(listing, { maxLength: 12 }),
        get: fc.array(looking, { maxLength: 12 }),
      })
      await fc.assert(
        fc.asyncProperty(plans, async (planned) => {
          const { client, made, there } = await created(planned)
          if (made instanceof Error) {
            expect(made).toBeInstanceOf(RescaleError)
            expect(there.length).toBeLessThanOrEqual(1)
          } else expect(there.map(({ id }) => id)).toEqual([made.id])
          for (const { id } of made instanceof Error ? there : []) {
            expect(made).toBeInstanceOf(OutcomeUnknownError)
            const { description } = await client.jobs.get(id)
            expect(description).toContain((made as OutcomeUnknownError).marker)
          }
        }),
        { numRuns: over === 'TLS' ? 15 : 30 },
      )
    })

    it('says that it does not know, when it cannot look for what it sent', async () => {
      const { made, there } = await created({
        breaks: 'ECONNRESET',
        create: [{ kind: 'reset', when: 'unanswered' }],
        list: [{ kind: 'status', status: 502, times: 100 }],
        get: [],
      })
      expect(made).toBeInstanceOf(OutcomeUnknownError)
      expect(there).toHaveLength(1)
    })

    it('a job is submitted exactly once', async () => {
      const plans = fc.record({
        breaks: fc.constantFrom(...BROKEN),
        submit: fc.array(lost, { maxLength: 2 }),
        look: fc.array(listing, { maxLength: 3 }),
      })
      await fc.assert(
        fc.asyncProperty(plans, async ({ breaks, submit, look }) => {
          using _named = namingResets(() => breaks)
          const { client, world } = aTenant({ timeouts: IMPATIENT })
          const { id } = await client.jobs.create(aJob())
          plan(world, [...submit.map(on('submitJob')), ...look.map(on('listJobStatuses'))])
          const failure = await client.jobs.submit(id).then(
            () => undefined,
            (error: unknown) => error,
          )
          world.faults.clear()
          const statuses = await client.jobs.statuses(id).toArray()
          const isRefused = submit.some(isFinal) && failure instanceof ServerError
          if (!isRefused) expect(failure).toBeUndefined()
          expect(statuses.filter(({ status }) => status === 'Pending')).toHaveLength(isRefused ? 0 : 1)
        }),
        { numRuns: over === 'TLS' ? 15 : 30 },
      )
    })
  })

  describe('when the platform is not well', () => {
    it('a storm of 429 holds up all callers of the scope, and then they all get through', async () => {
      const { client, world, slept } = aTenant({ retries: { attempts: 8 } })
      world.faults.plan([on('getCurrentUser')({ kind: 'status', status: 429, retryAfter: 5, times: 6 })])
      const users = await Promise.all(Array.from({ length: 10 }, () => client.user.get()))
      expect(users.every(({ email }) => email === users[0]?.email)).toBe(true)
      expect(Math.max(...slept)).toBeGreaterThanOrEqual(5_000)
      expect(world.faults.plans()[0]?.faults[0]?.left).toBe(0)
    })

    it('lists are complete, each item once, through 5xx, cut answers and shifting pages', {
      timeout: 60_000,
    }, async () => {
      const passing = fc.oneof(
        fc.record({ kind: fc.constant('status'), status: fc.constantFrom(500, 502, 503, 504, 429) }),
        fc.constant({ kind: 'reset', when: 'unanswered' }),
        fc.constant({ kind: 'cut', afterBytes: 300, contentLength: 'lying' }),
        fc.constant({ kind: 'duplicate-items', count: 2 }),
        fc.constant({ kind: 'reorder-items' }),
        fc.constant({ kind: 'status', status: 429, retryAfter: 2, times: 3 }),
        fc.constant({ kind: 'none' }),
      )
      const passingOrStalled = fc.oneof({ weight: 15, arbitrary: passing }, { weight: 1, arbitrary: stalled })
      await fc.assert(
        fc.asyncProperty(fc.array(passingOrStalled, { maxLength: 6 }), async (faults) => {
          const { client, world } = aTenant({ retries: { attempts: 20 }, timeouts: IMPATIENT })
          const truth = (await client.jobs.list({ page_size: 100 }).toArray()).map(({ id }) => id)
          plan(world, faults.map(on('listJobs')))
          const seen = (await client.jobs.list({ page_size: 4 }).toArray()).map(({ id }) => id)
          expect(seen.toSorted()).toEqual(truth.toSorted())
        }),
        { numRuns: over === 'TLS' ? 20 : 40 },
      )
    })

    it('lists have every job that was there all the time, once, while others come and go', {
      timeout: 60_000,
    }, async () => {
      const happenings = fc.array(
        fc.constantFrom('nothing', 'create', 'delete the newest', 'delete the oldest'),
        {
          minLength: 8,
          maxLength: 30,
        },
      )
      await fc.assert(
        fc.asyncProperty(happenings, async (script) => {
          const { client } = aTenant()
          const everything = () => client.jobs.list({ page_size: 100 }).toArray()
          for (let count = 0; count < 6; count++) await client.jobs.create(aJob())
          const lasting = new Set((await everything()).map(({ id }) => id))
          const seen: string[] = []
          const next = script.values()
          for await (const { id } of client.jobs.list({ page_size: 3 })) {
            seen.push(id)
            const what = next.next().value ?? 'nothing'
            if (what === 'create') await client.jobs.create(aJob())
            else if (what !== 'nothing') {
              const there = await everything()
              const gone = what === 'delete the newest' ? there[0] : there.at(-1)
              if (gone) await client.jobs.delete(gone.id)
              lasting.delete(gone?.id ?? '')
            }
          }
          expect(new Set(seen).size).toBe(seen.length)
          expect([...lasting].filter((id) => !seen.includes(id))).toEqual([])
        }),
        { numRuns: over === 'TLS' ? 5 : 15 },
      )
    })

    it('an answer that does not come, or stops coming, is given up by its phase and asked for again', async () => {
      const timeouts = { connectMs: 2_000, sendMs: 2_000, headersMs: 300, bodyMs: 300 }
      const stalls = [
        { kind: 'delay', when: 'unanswered', for: '30s' },
        { kind: 'delay', when: 'during', afterBytes: 10, for: '30s' },
      ]
      const { client, world } = aTenant({ timeouts })
      world.faults.plan(stalls.map(on('getCurrentUser')))
      expect((await client.user.get()).email).toContain('@')
      const impatient = aTenant({ timeouts, retries: { attempts: 1 } })
      for (const [index, phase] of (['headers', 'body'] as const).entries()) {
        impatient.world.faults.plan([on('getCurrentUser')(stalls[index] ?? {})])
        const failure = await impatient.client.user.get().catch((error: unknown) => error)
        expect(failure).toBeInstanceOf(TimeoutError)
        expect(failure).toMatchObject({ phase, attempts: [{ number: 1 }] })
      }
    })

    it('what will not get better is not tried again, and says how often it was', async () => {
      const { client, world } = aTenant()
      world.faults.plan([
        on('getCurrentUser')({ kind: 'expired-key' }),
        on('getCurrentUser')({ kind: 'status', status: 502, times: 10 }),
      ])
      const refused = await client.user.get().catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(UnauthorizedError)
      expect((refused as RescaleError).attempts).toHaveLength(1)
      const failed = await client.user.get().catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(ServerError)
      expect((failed as RescaleError).attempts.map(({ status }) => status)).toEqual([502, 502, 502, 502])
    })

    it('a budget ends the retries of a client whose platform is down', async () => {
      const { client, world } = aTenant()
      world.faults.plan([on('getCurrentUser')({ kind: 'status', status: 502, times: 1_000 })])
      const sent: number[] = []
      for (let call = 0; call < 60; call++) {
        const error = await client.user.get().catch((failure: unknown) => failure)
        sent.push((error as RescaleError).attempts.length)
      }
      expect([sent[0], sent.at(-1)]).toEqual([4, 1])
      // 500 tokens, 5 for each retry.
      expect(sent.reduce((sum, attempts) => sum + attempts - 1, 0)).toBe(100)
    })

    it('a waiter goes on through passing failures, and judges by the history', async () => {
      const { client, world } = aTenant()
      const { id } = await client.jobs.create(aJob({ command: 'echo done' }))
      await client.jobs.submit(id)
      world.settle()
      world.faults.plan([
        on('listJobStatuses')({ kind: 'status', status: 503, times: 5 }),
        on('listJobStatuses')({ kind: 'late-completed', times: 2 }),
        on('listJobStatuses')({ kind: 'reorder-items', times: 1 }),
      ])
      const seen: string[] = []
      const result = await client.jobs.waitFor(id, 'Completed', {
        onStatus: ({ status }) => void seen.push(status),
      })
      expect(result.reached).toBe(true)
      expect(seen.at(-1)).toBe('Completed')
      expect(new Set(seen).size).toBe(seen.length)
    })
  })
})
