import { expect, it } from 'vitest'
import { AbortedError, NotFoundError, RateLimitedError, ServerError, ValidationError } from './errors.ts'
import type { StatusEntry } from './status-history.ts'
import { aClock } from './test-support/clock.ts'
import { type WaitResult, WaitTimeoutError, waitUntil } from './waiters.ts'

const NO_FIELDS = { fieldErrors: {}, body: '', headers: {} }
const at = (status: string, second: number): StatusEntry => ({
  status,
  statusDate: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000000+00:00`,
})

/** Answers each look with the next of `answers`, the last one for ever; waits for Completed. */
function watching(answers: readonly (readonly StatusEntry[] | Error)[]) {
  let look = 0
  return {
    looks: () => look,
    async read() {
      const answer = answers[Math.min(look++, answers.length - 1)] ?? []
      if (answer instanceof Error) throw answer
      return answer
    },
    judge(history: readonly StatusEntry[]): WaitResult<StatusEntry> | undefined {
      const status = history.find((entry) => entry.status === 'Completed')
      return status && { reached: true, status, history }
    },
  }
}

it('reports every status once, oldest first, those between two looks too', async () => {
  const seen: string[] = []
  const watched = watching([
    [],
    [at('Pending', 1)],
    [at('Executing', 5), at('Queued', 3), at('Pending', 1)],
    [at('Completed', 9), at('Executing', 5), at('Queued', 3), at('Pending', 1)],
  ])
  const result = await waitUntil(watched, aClock(), { onStatus: ({ status }) => seen.push(status) })
  expect(seen).toEqual(['Pending', 'Queued', 'Executing', 'Completed'])
  expect(result).toMatchObject({ reached: true, status: { status: 'Completed' } })
})

it('looks often at first, then every 30 seconds, or as often as it is told', async () => {
  const clock = aClock()
  const later = [...Array(14).fill([]), [at('Completed', 1)]]
  await waitUntil(watching(later), clock)
  expect(clock.slept[0]).toBe(1000)
  expect(clock.slept.at(-1)).toBe(30_000)
  const steady = aClock()
  await waitUntil(watching(later), steady, { intervalMs: 5 })
  expect(new Set(steady.slept)).toEqual(new Set([5]))
})

it('gives up at the deadline, after a last look, and says what it saw', async () => {
  const clock = aClock()
  const start = clock.now()
  const watched = watching([[at('Queued', 2), at('Pending', 1)]])
  const failure = await waitUntil(watched, clock, { timeoutMs: 100_000, intervalMs: 60_000 }).catch(
    (error) => error,
  )
  expect(failure).toBeInstanceOf(WaitTimeoutError)
  expect(failure.message).toBe('Not reached within 100000 ms; seen so far: Pending > Queued')
  expect(failure.phase).toBe('wait')
  expect([clock.now() - start, watched.looks()]).toEqual([100_000, 3])
})

it('gets over passing failures, but not over five in a row, and not over a refusal', async () => {
  const failing = new ServerError('down', { status: 502, ...NO_FIELDS })
  const recovered = watching([failing, failing, failing, failing, [], failing, [at('Completed', 1)]])
  expect((await waitUntil(recovered, aClock())).reached).toBe(true)
  await expect(waitUntil(watching([failing]), aClock())).rejects.toBe(failing)
  const refusal = new ValidationError('no', { status: 400, ...NO_FIELDS })
  await expect(waitUntil(watching([refusal]), aClock())).rejects.toBe(refusal)
})

it('waits as long as a rate limit asks for', async () => {
  const clock = aClock()
  const limited = new RateLimitedError('slow down', { status: 429, ...NO_FIELDS }, 42_000)
  await waitUntil(watching([limited, [at('Completed', 1)]]), clock, { intervalMs: 1000 })
  expect(clock.slept).toEqual([42_000])
})

it('tells a job that is gone from one that never was', async () => {
  const missing = new NotFoundError('no', { status: 404, ...NO_FIELDS })
  await expect(waitUntil(watching([missing]), aClock())).rejects.toBe(missing)
  const result = await waitUntil(watching([[at('Executing', 1)], missing]), aClock())
  expect(result).toMatchObject({ reached: false, why: 'deleted', last: { status: 'Executing' } })
})

it('ends when it is aborted', async () => {
  const controller = new AbortController()
  const clock = aClock(() => controller.abort('enough'))
  const waiting = waitUntil(watching([[]]), clock, { signal: controller.signal })
  const failure = await waiting.catch((error) => error)
  expect(failure).toBeInstanceOf(AbortedError)
  expect(failure.cause).toBe('enough')
})
