import { expect, it } from 'vitest'
import { aClock } from '../../../client/test-support/clock.ts'
import { noBytes, type Transport, type WireAnswer, type WireRequest } from '../transport.ts'
import { limitingRate } from './rate-limits.ts'

const total = (slept: readonly number[]): number => slept.reduce((sum, ms) => sum + ms, 0)

const request = (method: string, path: string): WireRequest => ({
  method,
  url: `https://platform.second.test${path}`,
  headers: [],
  body: null,
})

const answer = (status: number, headers: WireAnswer['headers'] = []): WireAnswer => ({
  status,
  headers,
  body: noBytes(),
})

const limit = { perSecond: 2, burst: 3 }
const limits = { user: limit, 'job-submission': limit, 'jobs-usage': limit }

it('keeps below the limit of the platform, once the burst is used up', async () => {
  const clock = aClock()
  const send = limitingRate(limits, clock)(async () => answer(200))
  for (let count = 0; count < 7; count += 1) await send(request('GET', '/api/v2/files/'))
  expect(total(clock.slept)).toBe(2_000)
})

it('sends what was refused for its rate again, after as long as the platform asks to wait', async () => {
  const clock = aClock()
  const statuses = [429, 200]
  const send = limitingRate(
    limits,
    clock,
  )(async () => answer(statuses.shift() ?? 500, [['Retry-After', '17']]))
  expect((await send(request('GET', '/api/v2/files/'))).status).toBe(200)
  expect(total(clock.slept)).toBeGreaterThanOrEqual(17_000)
})

it('gives the answer on where the platform goes on refusing, and where a body cannot be sent again', async () => {
  let sent = 0
  const send = limitingRate(
    limits,
    aClock(),
  )(async () => {
    sent += 1
    return answer(429, [['Retry-After', '1']])
  })
  expect([(await send(request('GET', '/api/v2/files/'))).status, sent]).toEqual([429, 4])
  const streamed = { ...request('POST', '/api/v2/files/contents/'), body: noBytes() }
  expect([(await send(streamed)).status, sent]).toEqual([429, 5])
})

it('does not wait for longer than ten minutes', async () => {
  const clock = aClock()
  const send = limitingRate(limits, clock)(async () => answer(429, [['Retry-After', '3000']]))
  await expect(send(request('GET', '/api/v2/files/'))).rejects.toThrow(/takes no requests of user for 3000 s/)
  expect(clock.slept).toEqual([])
})

it('sends one change at a time, and reads meanwhile', async () => {
  const started: string[] = []
  const ends: (() => void)[] = []
  const slow: Transport = ({ method, url }) => {
    started.push(`${method} ${new URL(url).pathname}`)
    return new Promise((resolve) => ends.push(() => resolve(answer(200))))
  }
  const send = limitingRate(limits, aClock())(slow)
  const first = send(request('POST', '/a'))
  const second = send(request('POST', '/b'))
  const read = send(request('GET', '/c'))
  while (ends.length < 2) await Promise.resolve()
  expect(started.sort()).toEqual(['GET /c', 'POST /a'])
  for (const end of ends.splice(0)) end()
  await Promise.all([first, read])
  while (ends.length < 1) await Promise.resolve()
  for (const end of ends.splice(0)) end()
  expect((await second).status).toBe(200)
})
