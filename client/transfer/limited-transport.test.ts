import { expect, it } from 'vitest'
import type { ClientOptions } from '../client.ts'
import type { ThrottleEvent } from '../requests/events.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
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

it('uploads again what was refused for now, with the same bytes, but not what may have arrived', async () => {
  const bodies: number[] = []
  await using server = await aServer(async (request, response) => {
    const [part] = await receiveForm(request)
    bodies.push(part?.body.byteLength ?? 0)
    if (bodies.length < 3) {
      response.setHeader('Retry-After', '2')
      sendJson(response, bodies.length === 1 ? 429 : 503, { detail: 'x' })
    } else sendJson(response, 201, aFile(part?.body ?? Buffer.alloc(0)))
  })
  await using client = aClient(server.url)
  await client.files.upload(BYTES, { name: 'x', verify: true })
  expect(bodies).toEqual([BYTES.byteLength, BYTES.byteLength, BYTES.byteLength])
  await using breaking = await aServer(async (request) => {
    await receiveForm(request)
    request.socket.destroy()
  })
  await using other = aClient(breaking.url)
  expect(await failureOf(other.files.upload(BYTES, { name: 'x' }))).toMatchObject({ maybeSent: true })
  expect(breaking.seen).toHaveLength(1)
})

it.each(['download', 'upload'] as const)(
  'waits for a pause as long as the caller allows, no longer: %s',
  async (direction) => {
    const bytes = someBytes(100_000)
    const call = async (options: ClientOptions) => {
      let isRefused = true
      await using folder = await aFolder()
      await using server = await aServer(async (request, response) => {
        if (request.method === 'POST') await receiveForm(request).catch(() => [])
        if (isRefused) response.setHeader('Retry-After', '600')
        if (isRefused) sendJson(response, 429, { detail: 'Not now.' })
        else if (request.method === 'POST') sendJson(response, 201, aFile(bytes))
        else serveBytes(bytes, request, response)
        isRefused = false
      })
      const { files } = aClient(server.url, options)
      if (direction === 'upload') await files.upload(bytes, { name: 'x' })
      else await files.download(aFile(bytes), { folder: folder.path })
      return server.seen.length
    }
    expect(await failureOf(call({}))).toMatchObject({ name: 'RateLimitedError', retryAfterMs: 600_000 })
    expect(await call({ retries: { maxRetryAfterMs: 3_600_000 } })).toBe(2)
    const impatient = call({ retries: { maxRetryAfterMs: 60_000 } })
    expect(await failureOf(impatient)).toMatchObject({ name: 'RateLimitedError' })
  },
)
