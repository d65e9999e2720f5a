import { expect, it } from 'vitest'
import type { ThrottleEvent } from '../requests/events.ts'
import { aClient } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aServer, sendJson } from '../test-support/server.ts'

const BYTES = someBytes(400_000)

it('counts each range of a download, with the other requests of the scope', async () => {
  const throttled: ThrottleEvent[] = []
  await using server = await aServer((request, response) => {
    if (request.url?.endsWith('/contents/')) serveBytes(BYTES, request, response)
    else sendJson(response, 200, {})
  })
  await using client = aClient(server.url, {
    clock: aClock(),
    limits: { user: { perSecond: 1, burst: 3 } },
    onThrottle: (event) => throttled.push(event),
  })
  await client.user.get()
  const chunks: Uint8Array[] = []
  await client.files.download(aFile(BYTES), { sink: (chunk) => void chunks.push(chunk) })
  await client.files.download(aFile(BYTES), { sink: () => {} })
  expect(throttled).toEqual([])
  await client.files.download(aFile(BYTES), { sink: () => {} })
  expect(throttled).toMatchObject([{ scope: 'user', reason: 'limit', waitMs: 1000 }])
  expect(Buffer.concat(chunks).equals(BYTES)).toBe(true)
})

it('makes requests wait for the pause that a download was asked for', async () => {
  const clock = aClock()
  const times: [url: string | undefined, at: number][] = []
  let refused = false
  await using server = await aServer((request, response) => {
    times.push([request.url, clock.now()])
    if (!request.url?.endsWith('/contents/')) return sendJson(response, 200, {})
    if (refused) return serveBytes(BYTES, request, response)
    refused = true
    response.setHeader('Retry-After', '90')
    sendJson(response, 429, { detail: 'x' })
  })
  await using client = aClient(server.url, { clock })
  await client.files.download(aFile(BYTES), { sink: () => {} })
  await client.user.get()
  const waited = (times.at(-1)?.[1] ?? 0) - (times[0]?.[1] ?? 0)
  expect(times).toHaveLength(3)
  expect(waited).toBeGreaterThanOrEqual(90_000)
})
