import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Clock } from './clock.ts'
import {
  AbortedError,
  ConnectError,
  OutcomeUnknownError,
  RateLimitedError,
  type RescaleError,
  TimeoutError,
} from './errors.ts'
import type { RetryEvent, ThrottleEvent } from './requests/events.ts'
import { aClient, failureOf } from './test-support/client.ts'
import { aClock } from './test-support/clock.ts'
import { aServer, bodyOf, sendJson, type TestServer } from './test-support/server.ts'
import { OVER, type Over } from './test-support/tls-front.ts'

type Fault = 'ok' | 'reset' | 'cut' | number | { status: number; retryAfter: string }

/** A server that goes through `faults`, one a request, and answers well from then on. */
function faultyServer(faults: readonly Fault[], over: Over): Promise<TestServer> {
  let next = 0
  return aServer(async (request, response) => {
    const fault = faults[next++] ?? 'ok'
    await bodyOf(request)
    if (fault === 'reset') request.socket.resetAndDestroy()
    else if (fault === 'cut') {
      response.writeHead(200, { 'Content-Length': 1000 }).write('{"email":')
      setImmediate(() => request.socket.destroy())
    } else if (fault === 'ok') sendJson(response, 200, { email: 'me@example.org' })
    else {
      if (typeof fault === 'object') response.setHeader('Retry-After', fault.retryAfter)
      sendJson(response, typeof fault === 'object' ? fault.status : fault, { detail: 'Because.' })
    }
  }, over)
}

/** A clock that several sleep by at the same time. */
function aSharedClock(): Clock {
  const clock = aClock()
  return {
    now: clock.now,
    async sleep(ms, signal) {
      const until = clock.now() + ms
      await new Promise(setImmediate)
      await clock.sleep(Math.max(0, until - clock.now()), signal)
    },
  }
}

describe.each(OVER)('over %s', (over) => {
  const aFaultyServer = (faults: readonly Fault[]) => faultyServer(faults, over)

  it.each([['reset'], ['cut'], [408], [429], [500], [502], [503], [504], [524]] as const)(
    'reads again after %s, and tells every attempt under one id',
    async (fault) => {
      await using server = await aFaultyServer([fault, fault, fault])
      expect(await aClient(server.url).user.get()).toEqual({ email: 'me@example.org' })
      expect(server.seen).toHaveLength(4)
      expect(new Set(server.seen.map(({ headers }) => headers['x-client-request-id'])).size).toBe(1)
      await using down = await aFaultyServer(Array(9).fill(fault))
      const failure = await failureOf(aClient(down.url).user.get())
      expect(failure).toMatchObject({
        attempts: [1, 2, 3, 4].map((number) =>
          typeof fault === 'number' ? { number, status: fault } : { number, failure: expect.any(String) },
        ),
      })
      expect(down.seen).toHaveLength(4)
    },
  )

  it.each([400, 401, 403, 404, 409, 422, 501])('takes %i for the answer', async (status) => {
    await using server = await aFaultyServer([status])
    expect(await failureOf(aClient(server.url).user.get())).toMatchObject({ status, attempts: [{ status }] })
    expect(server.seen).toHaveLength(1)
  })

  it('changes and deletes again, but does not do again what may have been done', async () => {
    for (const call of ['update', 'replace', 'delete'] as const) {
      await using server = await aFaultyServer(['reset', 502])
      const { jobs } = aClient(server.url)
      if (call === 'delete') await jobs.delete('abc')
      else await jobs[call]('abc', { name: 'x', jobanalyses: [] })
      expect(server.seen).toHaveLength(3)
    }
    for (const fault of ['reset', 'cut'] as const) {
      await using server = await aFaultyServer([fault])
      const failure = await failureOf(aClient(server.url).jobs.runs.snapshot('abc', '1'))
      expect(failure).toBeInstanceOf(OutcomeUnknownError)
      expect(failure.cause).toBeInstanceOf(ConnectError)
      expect(server.seen).toHaveLength(1)
    }
    // A 503 is the platform's own word that it did nothing only where it says when to come again.
    for (const status of [500, 502, 503, 504, 408]) {
      await using server = await aFaultyServer([status])
      expect(await failureOf(aClient(server.url).jobs.runs.snapshot('abc', '1'))).toMatchObject({ status })
      expect(server.seen).toHaveLength(1)
    }
  })

  it('takes a job for deleted that is gone after a lost answer, and for missing that never was', async () => {
    await using server = await aFaultyServer(['reset', 404])
    await aClient(server.url).jobs.delete('abc')
    await using other = await aFaultyServer([429, 404])
    expect(await failureOf(aClient(other.url).jobs.delete('abc'))).toMatchObject({ status: 404 })
  })

  it('sends a POST again that certainly was not carried out', async () => {
    await using server = await aFaultyServer([429, { status: 503, retryAfter: '3' }])
    await aClient(server.url).jobs.stop('abc')
    expect(server.seen).toHaveLength(3)
    const gone = await aFaultyServer([])
    await gone[Symbol.asyncDispose]()
    const refused = await failureOf(aClient(gone.url).jobs.stop('abc'))
    expect(refused).toBeInstanceOf(ConnectError)
    expect(refused).toMatchObject({ maybeSent: false, attempts: { length: 4 } })
  })

  it('does not read again where a name does not exist', async () => {
    const fetch = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))
    const failure = await failureOf(aClient('http://rescale.invalid', { fetch }).user.get())
    expect(failure).toMatchObject({ code: 'ENOTFOUND', attempts: { length: 1 } })
  })

  it('does not try again a port that fetch refuses, and says so', async () => {
    const failure = await failureOf(aClient('http://127.0.0.1:1').user.get())
    expect(failure).toMatchObject({ code: 'BAD_PORT', maybeSent: false, attempts: { length: 1 } })
    expect((failure as RescaleError).hint).toContain('fetch refuses this port')
  })

  it('waits with full jitter, longer each time', async () => {
    const clock = aClock()
    await using server = await aFaultyServer([500, 500, 500])
    await aClient(server.url, { clock, random: () => 1 }).user.get()
    expect(clock.slept).toEqual([250, 500, 1000])
    const lucky = aClock()
    await using other = await aFaultyServer([500, 500, 500])
    await aClient(other.url, { clock: lucky, random: () => 0 }).user.get()
    expect(lucky.slept).toEqual([0, 0, 0])
  })

  it.each([
    ['7', 7_000],
    [new Date(Date.UTC(2026, 0, 1, 0, 0, 30)).toUTCString(), 30_000],
  ])('waits as long as Retry-After: %s asks for', async (retryAfter, ms) => {
    const clock = aClock()
    const retries: RetryEvent[] = []
    await using server = await aFaultyServer([{ status: 429, retryAfter }])
    const onRetry = (event: RetryEvent) => retries.push(event)
    await aClient(server.url, { clock, random: () => 0, onRetry }).user.get()
    expect(clock.slept).toEqual([ms])
    expect(retries).toMatchObject([{ attempt: 1, status: 429, delayMs: ms, request: { method: 'GET' } }])
  })

  it('fails at once, and everyone of the scope with it, when the platform asks for a longer pause', async () => {
    const clock = aClock()
    await using server = await aFaultyServer([{ status: 429, retryAfter: '600' }])
    const client = aClient(server.url, { clock })
    const first = await failureOf(client.user.get())
    expect(first).toBeInstanceOf(RateLimitedError)
    expect(first).toMatchObject({ retryAfterMs: 600_000, scope: 'user', attempts: { length: 1 } })
    const second = await failureOf(client.user.get())
    expect(second).toBeInstanceOf(RateLimitedError)
    expect(second).toMatchObject({ scope: 'user', attempts: [] })
    expect(second.message).toMatch(/was not sent: the platform takes no requests of user for 6\d\d s/)
    await client.jobs.get('abc')
    expect(server.seen.map(({ url }) => url)).toEqual(['/api/v2/users/me/', '/api/v2/jobs/abc/'])
    await using patient = await aFaultyServer([{ status: 429, retryAfter: '600' }])
    await aClient(patient.url, { retries: { maxRetryAfterMs: 3_600_000 } }).user.get()
    expect(patient.seen).toHaveLength(2)
  })

  it.each([429, 503])(
    'makes all callers of a scope wait for the pause that a %i asks for',
    async (status) => {
      const clock = aSharedClock()
      const throttled: ThrottleEvent[] = []
      const times: number[] = []
      let asked = false
      await using server = await aServer((_, response) => {
        times.push(clock.now())
        if (!asked) response.setHeader('Retry-After', '20')
        sendJson(response, asked ? 200 : status, { email: 'x', detail: 'x' })
        asked = true
      }, over)
      const onThrottle = (event: ThrottleEvent) => throttled.push(event)
      const onRetry = () => others.push(client.user.get(), client.user.get())
      const client = aClient(server.url, { clock, onThrottle, onRetry, random: () => 0 })
      const others: Promise<unknown>[] = []
      await client.user.get()
      await Promise.all(others)
      expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 20_000, 20_000, 20_000])
      expect(throttled).toMatchObject([
        { scope: 'user', waitMs: 20_000, position: 1, reason: 'retry-after' },
        { scope: 'user', waitMs: 20_000, position: 2, reason: 'retry-after' },
      ])
    },
  )

  it('keeps below the limits of a scope, and lets retries pay', async () => {
    const clock = aClock()
    const limit = { perSecond: 2, burst: 3 }
    const throttled: ThrottleEvent[] = []
    await using server = await aFaultyServer([500, 500, 500])
    const onThrottle = (event: ThrottleEvent) => throttled.push(event)
    const options = { clock, limits: { user: limit }, onThrottle, random: () => 0 }
    await aClient(server.url, options).user.get()
    expect(throttled).toMatchObject([{ scope: 'user', reason: 'limit', waitMs: 500, position: 1 }])
  })

  it('is aborted while it waits, for its turn or for the next attempt', async () => {
    const controller = new AbortController()
    const clock = aClock(() => controller.abort('enough'))
    await using server = await aFaultyServer(Array(9).fill(500))
    const backingOff = await failureOf(aClient(server.url, { clock }).user.get({ signal: controller.signal }))
    expect(backingOff).toBeInstanceOf(AbortedError)
    expect(backingOff).toMatchObject({ cause: 'enough', attempts: { length: 1 } })
    const limits = { user: { perSecond: 0.001, burst: 1 } }
    const own = new AbortController()
    const onThrottle = () => own.abort('no patience')
    await using calm = await aFaultyServer([])
    const client = aClient(calm.url, { limits, onThrottle, clock: undefined })
    await client.user.get()
    const queued = await failureOf(client.user.get({ signal: own.signal }))
    expect(queued).toBeInstanceOf(AbortedError)
    expect(queued.cause).toBe('no patience')
    expect(calm.seen).toHaveLength(1)
  })

  it('stops retrying when nothing but failures comes', async () => {
    await using server = await aFaultyServer(Array(400).fill(500))
    const client = aClient(server.url)
    for (let call = 0; call < 40; call++) await failureOf(client.user.get())
    // 500 tokens at 5 each are 100 retries.
    expect(server.seen).toHaveLength(40 + 100)
  })

  it('stops sooner when nothing but silence comes, which costs others more', async () => {
    let sent = 0
    const fetch = () => {
      sent++
      return Promise.reject(Object.assign(new Error('silence'), { code: 'UND_ERR_HEADERS_TIMEOUT' }))
    }
    const client = aClient('https://rescale.test', { fetch })
    for (let call = 0; call < 40; call++)
      expect(await failureOf(client.user.get())).toBeInstanceOf(TimeoutError)
    // 500 tokens at 10 each are 50 retries.
    expect(sent).toBe(40 + 50)
  })

  it('tells its hooks everything but the key, and does not mind when they break', async () => {
    await using server = await aFaultyServer([502])
    const told: string[] = []
    const note = (name: string) => (event: object) => {
      told.push(`${name} ${JSON.stringify(event)}`)
      throw new Error('the logger is broken')
    }
    const hooks = { onRequest: note('request'), onResponse: note('response'), onRetry: note('retry') }
    await aClient(server.url, hooks).user.get()
    expect(told.map((line) => line.split(' ')[0])).toEqual([
      'request',
      'response',
      'retry',
      'request',
      'response',
    ])
    const key = String(server.seen[0]?.headers.authorization).replace('Token ', '')
    expect(told.join()).not.toContain(key)
  })

  it('gets through any storm that ends in time, and ends in an error of its own in any other', async () => {
    const fault = fc.constantFrom<Fault>('reset', 'cut', 429, 500, 503, { status: 503, retryAfter: '1' })
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 6 }), async (faults) => {
        await using server = await aFaultyServer(faults)
        const call = aClient(server.url).user.get()
        if (faults.length < 4) expect(await call).toEqual({ email: 'me@example.org' })
        else expect(await failureOf(call)).toMatchObject({ attempts: { length: 4 } })
        expect(server.seen).toHaveLength(Math.min(4, faults.length + 1))
      }),
      { numRuns: over === 'TLS' ? 15 : 30 },
    )
  })
})
