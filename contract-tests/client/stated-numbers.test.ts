import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LINE_MS } from '../../client/cli/progress.ts'
import { DEAD_AFTER_MS } from '../../client/clusters/start-cluster.ts'
import { DEFAULT_RETRIES } from '../../client/pipeline.ts'
import { LOOKS_MS } from '../../client/requests/once.ts'
import { CAPACITY, RETRY_COST, TIMEOUT_COST } from '../../client/requests/retry-budget.ts'
import { BASE_MS, CAP_MS, PASSING_STATUSES, THROTTLED_BASE_MS } from '../../client/requests/retry-policy.ts'
import { PLATFORM_LIMITS, SCOPES, type Scope, SHARE } from '../../client/requests/scopes.ts'
import { DEFAULT_TIMEOUTS } from '../../client/requests/timeouts.ts'
import { DECREASE } from '../../client/requests/token-bucket.ts'
import { FIRST, MOST } from '../../client/transfer/connection-target.ts'
import { MAX_REQUESTS } from '../../client/transfer/piece-size.ts'
import { MAX_FAILURES } from '../../client/transfer/range-retries.ts'
import { WINDOW_MS } from '../../client/transfer/rate-meter.ts'
import { MOST_UNJOURNALED, RESUMED_FROM_BYTES } from '../../client/transfer/resumable-part.ts'
import { GATHER_BYTES } from '../../client/transfer/segment-writer.ts'
import { MAX_LIVE_BYTES } from '../../client/transfer/sync-job.ts'
import { PROGRESS_MS } from '../../client/transfer/tracker.ts'
import { PARALLEL } from '../../client/transfer/upload-all.ts'
import { DAY_MS } from '../../client/waiters.ts'
import { statedIn } from '../stated.ts'

const MIB = 1 << 20
const SECOND = 1_000
const MINUTE = 60 * SECOND
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

it.each([
  ['client.md', 'several times within # seconds', Math.ceil(sum(LOOKS_MS) / SECOND)],
  ['client.md', '`deadAfterMs` (# minutes)', DEAD_AFTER_MS / MINUTE],
  ['client.md', 'sent up to # times (`retries: { attempts }`)', DEFAULT_RETRIES.attempts],
  ['client.md', 'random between 0 and # ms, doubling', BASE_MS],
  ['client.md', 'doubling (429: # s)', THROTTLED_BASE_MS / SECOND],
  ['client.md', '(429: 1 s), at most # s', CAP_MS / SECOND],
  ['client.md', 'on one budget (# tokens;', CAPACITY],
  ['client.md', 'a retry costs #, after', RETRY_COST],
  ['client.md', 'after a timeout #;', TIMEOUT_COST],
  ['client.md', 'keeps to # % of the platform', SHARE * 100],
  ['client.md', '`retries: { maxRetryAfterMs }`, # minutes', DEFAULT_RETRIES.maxRetryAfterMs / MINUTE],
  ['client.md', 'connectMs: #_000', DEFAULT_TIMEOUTS.connectMs / SECOND],
  ['client.md', 'sendMs: #_000', DEFAULT_TIMEOUTS.sendMs / SECOND],
  ['client.md', 'headersMs: #_000', DEFAULT_TIMEOUTS.headersMs / SECOND],
  ['client.md', 'bodyMs: #_000', DEFAULT_TIMEOUTS.bodyMs / SECOND],
  ['transfers.md', 'at most # times a second for each file', SECOND / PROGRESS_MS],
  ['transfers.md', '`bytesPerSecond` is over the last # seconds', WINDOW_MS / SECOND],
  ['transfers.md', '# files at a time (`parallel`)', PARALLEL],
  ['transfers.md', '# at first, and as many more as make it faster', FIRST],
  ['transfers.md', 'make it faster, up to #, shared', MOST],
  ['transfers.md', 'costs at most # requests when nothing fails', MAX_REQUESTS],
  ['transfers.md', '# times in a row without progress', MAX_FAILURES],
  ['transfers.md', 'From # MiB on, what has come is kept', RESUMED_FROM_BYTES / MIB],
  // What is in no journal yet, and what each connection gathers before it is written.
  ['transfers.md', '`kill -9` costs at most # MiB', (MOST_UNJOURNALED + MOST * GATHER_BYTES) / MIB],
  ['transfers.md', '`maxLiveBytes` (# MiB)', MAX_LIVE_BYTES / MIB],
  ['cli.md', 'a plain line every # seconds', LINE_MS / SECOND],
  ['cli.md', 'asks to wait longer than # minutes', DEFAULT_RETRIES.maxRetryAfterMs / MINUTE],
])('docs/%s states the number that is: %s', (page, sentence, number) => {
  expect(statedIn(page)(sentence)).toBe(number)
})

const page = readFileSync(new URL('../../docs/client.md', import.meta.url), 'utf8')

it('states in docs/client.md the limits of each scope, before the share that the client takes', () => {
  const row = (scope: Scope) =>
    new RegExp(`^\\| \`${scope}\` \\|.*\\| ([\\d,]+) \\| (\\d+) \\|$`, 'm').exec(page)
  const stated = SCOPES.map((scope) =>
    row(scope)
      ?.slice(1)
      .map((text) => Number(text.replace(',', ''))),
  )
  const limits = SCOPES.map((scope) => PLATFORM_LIMITS[scope])
  expect(stated).toEqual(limits.map(({ perSecond, burst }) => [(perSecond * 3600) / SHARE, burst]))
})

it('states in docs/client.md the statuses that are tried again', () => {
  const [, told = ''] = /`retries: \{ attempts \}`\), after ([\d, –]+),/.exec(page) ?? []
  const statuses = told.split(', ').flatMap((text) => {
    const [first = Number.NaN, last = first] = text.split('–').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  expect(statuses).toEqual([...PASSING_STATUSES])
})

it('states in docs/client.md what a 429 and a day’s patience are', () => {
  expect(page).toContain('halves its rate')
  expect(DECREASE).toBe(1 / 2)
  expect(page).toContain('Without `timeoutMs` the deadline is a day')
  expect(DAY_MS).toBe(24 * 60 * MINUTE)
})
