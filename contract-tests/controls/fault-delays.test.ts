import { expect, it } from 'vitest'
import { createRescale, listen } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'
import { aWall, turn } from './wall.ts'

const content = '0123456789'

it('faults delay before, instead of and within an answer', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall })
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const get = (path: string, init: RequestInit = {}) =>
    rescale.fetch(`http://mock.test${path}`, { headers, ...init })
  const { faults } = rescale.world()
  const form = new FormData()
  form.append('file', new Blob([content]), 'digits')
  const uploaded = await get('/api/v2/files/contents/', { method: 'POST', body: form })
  const { id } = (await uploaded.json()) as { id: string }
  faults.plan([
    { operation: 'getCurrentUser', kind: 'delay', when: 'before', for: '2s' },
    { operation: 'getCurrentUser', kind: 'delay', when: 'unanswered', for: '3s' },
    { operation: 'downloadFile', kind: 'delay', when: 'during', for: '4s', afterBytes: 4 },
    { operation: 'downloadFile', kind: 'delay', when: 'between', for: '1s', everyBytes: 4 },
  ])
  for (const expected of [2_000, 3_000]) {
    const answer = get('/api/v2/users/me/')
    expect(await wall.pass()).toBe(expected)
    expect((await answer).status).toBe(200)
  }
  const text = (await get(`/api/v2/files/${id}/contents/`)).text()
  expect(await wall.pass()).toBe(4_000)
  expect(await text).toBe(content)
  const pieces = (await get(`/api/v2/files/${id}/contents/`)).text()
  expect([await wall.pass(), await wall.pass()]).toEqual([1_000, 1_000])
  expect(await pieces).toBe(content)
  const together = { operation: 'getCurrentUser', kind: 'together' } as const
  const late = { kind: 'delay', when: 'before', for: '2s' } as const
  faults.plan([
    { ...together, faults: [{ kind: 'status', status: 429, retryAfter: 7 }, late] },
    { ...together, faults: [{ kind: 'reset', when: 'unanswered' }, { ...late, when: 'unanswered' }, late] },
  ])
  const throttled = get('/api/v2/users/me/')
  expect(await wall.pass()).toBe(2_000)
  expect((await throttled).status).toBe(429)
  const lost = expect(get('/api/v2/users/me/')).rejects.toThrow(TypeError)
  expect([await wall.pass(), await wall.pass()]).toEqual([2_000, 2_000])
  await lost
  const [, entry] = rescale.world().journal.entries({ limit: 2 })
  expect(entry?.fault).toMatchObject({ kind: 'status + delay', effect: 'began 2s later; answered 429' })
  faults.assertConsumed()
})

it('faults that delay carry out nothing whose client has left before its delay was over', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall })
  await using listening = await listen(rescale)
  const headers = { authorization: `Token ${rescale.apiKey}`, 'content-type': 'application/json' }
  const { faults, platform } = rescale.world()
  faults.plan([{ operation: 'createJob', kind: 'delay', when: 'before', for: '2s' }])
  const leave = new AbortController()
  const body = JSON.stringify(aJob())
  const before = platform.jobs().count
  const answer = fetch(`${listening.url}/api/v2/jobs/`, {
    method: 'POST',
    headers,
    body,
    signal: leave.signal,
  })
  const failed = expect(answer).rejects.toThrow()
  while (wall.waiting.length === 0) await turn()
  leave.abort()
  await failed
  while (wall.waiting.length > 0) await turn()
  expect(platform.jobs().count).toBe(before)
})
