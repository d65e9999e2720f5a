import { readdir, readFile, writeFile } from 'node:fs/promises'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  AbortedError,
  ConnectError,
  IntegrityError,
  NotFoundError,
  RescaleError,
  UnexpectedAnswerError,
} from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { type Fault, faulty } from '../test-support/faults.ts'
import { aFile, askedRange, serveBytes, sha512, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { aServer, sendJson, type TestServer } from '../test-support/server.ts'

const KiB = 1024
const BYTES = someBytes(3_000_017)
const MANY = { connections: 10, minRangeBytes: 48 * KiB }

const good: RequestListener = (request, response) => serveBytes(BYTES, request, response)

function aDownload(server: TestServer, folder: TestFolder, options: object = {}) {
  const client = aClient(server.url, { clock: aClock() })
  return client.files.download(aFile(BYTES), { to: folder.in('testfile'), ...options })
}

it.each([1, 2, 10, 16])('downloads with %i connections, in at most 20 requests', async (connections) => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  const result = await aDownload(server, folder, { ...MANY, connections })
  expect(result).toMatchObject({
    path: folder.in('testfile'),
    size: BYTES.byteLength,
    sha512: sha512(BYTES),
    verified: true,
    resumedBytes: 0,
  })
  expect(result.connections).toBeLessThanOrEqual(connections)
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
  expect(await readdir(folder.path)).toEqual(['testfile'])
  expect(server.seen.length).toBeGreaterThanOrEqual(connections)
  expect(server.seen.length).toBeLessThanOrEqual(connections === 1 ? 1 : 20)
})

it('costs at most one request more for each that fails, whatever fails when, over one connection or many', () => {
  const most = 20
  const failure: fc.Arbitrary<Fault> = fc.oneof(
    fc.record({ kind: fc.constant('cut'), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
    fc.constant({ kind: 'reset' }),
    fc.record({ kind: fc.constant('refuse'), status: fc.constantFrom(429, 503) }),
  )
  const failures = fc.dictionary(fc.nat(most).map(String), failure, { minKeys: 1, maxKeys: 4 })
  return fc.assert(
    fc.asyncProperty(failures, fc.constantFrom(1, 2, 10, 16), async (at, connections) => {
      await using folder = await aFolder()
      let failed = 0
      await using server = await aServer((request, response) => {
        const fault = at[server.seen.length - 1]
        if (fault) failed++
        faulty(BYTES, fault ? [fault] : [])(request, response)
      })
      const result = await aDownload(server, folder, { ...MANY, connections })
      expect([result.verified, (await readFile(folder.in('testfile'))).equals(BYTES)]).toEqual([true, true])
      expect(server.seen.length).toBeLessThanOrEqual((connections === 1 ? 1 : most) + failed)
    }),
    { numRuns: 6 },
  )
})

it('fetches a small file whole, without a range', async () => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  await aDownload(server, folder)
  expect(server.seen.map(({ headers }) => headers.range)).toEqual([undefined])
})

it('looks the metadata up when it has the id only, and takes the name from it', async () => {
  await using folder = await aFolder()
  await using server = await aServer((request, response) => {
    if (request.url === '/api/v2/files/abcdef/') sendJson(response, 200, aFile(BYTES, 'sub/pi.res'))
    else good(request, response)
  })
  const { path } = await aClient(server.url).files.download('abcdef', { folder: folder.path })
  expect(path).toBe(folder.in('sub', 'pi.res'))
})

it('downloads an empty file without asking for its bytes', async () => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  const file = aFile(Buffer.alloc(0))
  const result = await aClient(server.url).files.download(file, { to: folder.in('empty') })
  expect(result.verified).toBe(true)
  expect((await readFile(folder.in('empty'))).byteLength).toBe(0)
})

it('fetches one stream when the server ignores ranges, and never joins copies', async () => {
  await using folder = await aFolder()
  await using server = await aServer((_, response) => response.end(BYTES))
  const result = await aDownload(server, folder, MANY)
  expect(result.verified).toBe(true)
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
  expect(server.seen).toHaveLength(2)
})

it('fetches one stream when the server forgets about ranges under way', async () => {
  await using folder = await aFolder()
  let answered = 0
  await using server = await aServer((request, response) => {
    if (++answered > 4) response.end(BYTES)
    else good(request, response)
  })
  await aDownload(server, folder, MANY)
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
})

/** Sends the asked range, but cuts the connection after `bytes` of it while `cuts` last. */
function cutting(cuts: number, bytes: number): RequestListener {
  let left = cuts
  return (request, response) => {
    const range = askedRange(request)
    const start = range?.start ?? 0
    const end = range?.end ?? BYTES.byteLength - 1
    if (left-- <= 0 || end - start < bytes) return serveBytes(BYTES, request, response)
    const headers = {
      'Content-Length': end - start + 1,
      'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength}`,
    }
    response.writeHead(range ? 206 : 200, headers)
    response.write(BYTES.subarray(start, start + bytes), () => response.socket?.destroy())
  }
}

it.each([1, 10])('resumes where a connection broke, %i connections', async (connections) => {
  await using folder = await aFolder()
  await using server = await aServer(cutting(8, 100 * KiB))
  await aDownload(server, folder, { ...MANY, connections })
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
  const starts = server.seen.map(({ headers }) => headers.range ?? 'all')
  expect(new Set(starts).size).toBe(starts.length)
})

it('starts over where a server that knows no ranges broke off', async () => {
  await using folder = await aFolder()
  let cuts = 2
  await using server = await aServer((_, response) => {
    response.writeHead(200, { 'Content-Length': BYTES.byteLength })
    if (cuts-- > 0) response.write(BYTES.subarray(0, 1_500_000), () => response.socket?.destroy())
    else response.end(BYTES)
  })
  const result = await aDownload(server, folder, { connections: 1 })
  expect(result.verified).toBe(true)
})

it('gives up a range that never moves, and leaves nothing behind', async () => {
  await using folder = await aFolder()
  await using server = await aServer((request, response) => {
    if (askedRange(request)?.start === 0) good(request, response)
    else response.socket?.destroy()
  })
  const failure = await failureOf(aDownload(server, folder, MANY))
  expect(failure).toBeInstanceOf(ConnectError)
  expect(await readdir(folder.path)).toEqual([])
})

it('tries again after a 503 and as long after as a 429 says', async () => {
  await using folder = await aFolder()
  let answered = 0
  await using server = await aServer((request, response) => {
    answered++
    if (answered === 1) return sendJson(response, 503, {})
    if (answered === 2) return void response.writeHead(429, { 'Retry-After': '17' }).end()
    good(request, response)
  })
  const clock = aClock()
  const client = aClient(server.url, { clock })
  await client.files.download(aFile(BYTES), { to: folder.in('testfile') })
  expect(clock.slept[0]).toBeLessThanOrEqual(250)
  expect(clock.slept[1]).toBe(17_000)
})

it('does not try again what is refused for good', async () => {
  await using folder = await aFolder()
  await using server = await aServer((_, response) => sendJson(response, 404, { detail: 'Not found.' }))
  expect(await failureOf(aDownload(server, folder, MANY))).toBeInstanceOf(NotFoundError)
  expect(server.seen).toHaveLength(1)
  expect(await readdir(folder.path)).toEqual([])
})

type Lie = (request: IncomingMessage, response: ServerResponse) => void

const part = (start: number, end: number) => BYTES.subarray(start, end + 1)
const lies: Record<string, [Lie, new (...args: never[]) => Error]> = {
  'another range than was asked for': [
    (request, response) => {
      const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
      const range = `bytes ${start + 1}-${end + 1}/${BYTES.byteLength}`
      response.writeHead(206, { 'Content-Range': range }).end(part(start + 1, end + 1))
    },
    UnexpectedAnswerError,
  ],
  'a shorter range than was asked for': [
    (request, response) => {
      const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
      response
        .writeHead(206, { 'Content-Range': `bytes ${start}-${end - 5}/${BYTES.byteLength}` })
        .end(part(start, end - 5))
    },
    UnexpectedAnswerError,
  ],
  'a 206 without Content-Range': [
    (request, response) => {
      const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
      response.writeHead(206).end(part(start, end))
    },
    UnexpectedAnswerError,
  ],
  'more bytes than it announced as its range': [
    (request, response) => {
      const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
      response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength}` })
      response.end(part(start, end + 1))
    },
    IntegrityError,
  ],
  'a file that changed its size': [
    (request, response) => {
      const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
      response
        .writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength + 1}` })
        .end(part(start, end))
    },
    IntegrityError,
  ],
  'a file that changed its ETag': [
    (request, response) => {
      response.setHeader('ETag', `"${askedRange(request)?.start === 0 ? 'one' : 'two'}"`)
      good(request, response)
    },
    IntegrityError,
  ],
  'a range beyond the end': [(_, response) => response.writeHead(416).end(), IntegrityError],
  'a flipped byte': [
    (request, response) => {
      const wrong = Buffer.from(BYTES)
      wrong[2_000_000] = (wrong[2_000_000] ?? 0) ^ 1
      serveBytes(wrong, request, response)
    },
    IntegrityError,
  ],
  'compressed bytes': [
    (request, response) => {
      response.setHeader('Content-Encoding', 'gzip')
      good(request, response)
    },
    UnexpectedAnswerError,
  ],
  'a page of HTML with status 200 and no end': [
    (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Log in</html>'),
    ConnectError,
  ],
  'a redirect that anybody could read': [
    (_, response) => response.writeHead(302, { Location: 'http://bucket.example.com/x?sig=1' }).end(),
    UnexpectedAnswerError,
  ],
}

it.each(Object.keys(lies))('keeps nothing of a server that sends %s', async (name) => {
  const [lie, kind] = lies[name] ?? []
  await using folder = await aFolder()
  await writeFile(folder.in('testfile'), 'as it was')
  await using server = await aServer((request, response) => lie?.(request, response))
  expect(await failureOf(aDownload(server, folder, MANY))).toBeInstanceOf(kind)
  expect(await readdir(folder.path)).toEqual(['testfile'])
  expect(await readFile(folder.in('testfile'), 'utf8')).toBe('as it was')
})

it('puts no signature of a link to storage into its error', async () => {
  await using folder = await aFolder()
  const location = 'http://bucket.example.com/x?X-Amz-Signature=5ec2e7'
  await using server = await aServer((_, response) => response.writeHead(302, { Location: location }).end())
  const failure = await failureOf(aDownload(server, folder, MANY))
  expect(failure.message).toMatch(/answered 302 to http:\/\/bucket\.example\.com\/x$/)
  expect(inspect(failure) + JSON.stringify(failure)).not.toContain('5ec2e7')
})

it('says that it could not verify where the platform has no checksum', async () => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  const file = { ...aFile(BYTES), fileChecksums: [] }
  const result = await aClient(server.url).files.download(file, { to: folder.in('x') })
  expect(result).toMatchObject({ verified: false, sha512: sha512(BYTES) })
  const unchecked = await aClient(server.url).files.download(aFile(BYTES), {
    to: folder.in('x'),
    verify: false,
  })
  expect(unchecked).toMatchObject({ verified: false, sha512: undefined })
})

it('replaces no file when told not to', async () => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  await writeFile(folder.in('testfile'), 'mine')
  await expect(aDownload(server, folder, { overwrite: false })).rejects.toThrow('is there already')
  expect(server.seen).toEqual([])
  await aDownload(server, folder, { to: folder.in('other'), overwrite: false, durable: true })
  expect(await readdir(folder.path)).toEqual(['other', 'testfile'])
})

it('replaces no file that came while it downloaded, when told not to', async () => {
  await using folder = await aFolder()
  await using server = await aServer(async (request, response) => {
    await writeFile(folder.in('testfile'), 'mine')
    good(request, response)
  })
  const failure = await failureOf(aDownload(server, folder, { overwrite: false }))
  expect(failure).toBeInstanceOf(RescaleError)
  expect(failure.message).toContain('is there already')
  expect(await readFile(folder.in('testfile'), 'utf8')).toBe('mine')
  expect(await readdir(folder.path)).toEqual(['testfile'])
})

it('writes to no path that a server makes up', async () => {
  await using folder = await aFolder()
  await using server = await aServer(good)
  const client = aClient(server.url)
  const file = aFile(BYTES, '../../evil')
  expect(await failureOf(client.files.download(file, { folder: folder.path }))).toBeInstanceOf(
    UnexpectedAnswerError,
  )
  expect(server.seen).toEqual([])
})

it('tells its progress, never beyond the whole', async () => {
  await using folder = await aFolder()
  await using server = await aServer(cutting(3, 100 * KiB))
  const steps: number[] = []
  await aDownload(server, folder, {
    ...MANY,
    onProgress: ({ transferred }: { transferred: number }) => steps.push(transferred),
  })
  expect(steps.at(-1)).toBe(BYTES.byteLength)
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
})

it('stops when it is aborted, and leaves nothing behind', async () => {
  await using folder = await aFolder()
  const controller = new AbortController()
  await using server = await aServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: 0 }
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength}` })
    response.write(part(start, start + 1000), () => controller.abort('enough'))
  })
  const failure = await failureOf(aDownload(server, folder, { ...MANY, signal: controller.signal }))
  expect(failure).toBeInstanceOf(AbortedError)
  expect(await readdir(folder.path)).toEqual([])
})

it('notices a connection on which nothing comes any more', async () => {
  await using folder = await aFolder()
  let stalls = 1
  await using server = await aServer((request, response) => {
    if (stalls-- <= 0) return good(request, response)
    response.writeHead(200, { 'Content-Length': BYTES.byteLength })
    response.write(BYTES.subarray(0, 500_000))
  })
  const client = aClient(server.url, { clock: aClock(), timeouts: { bodyMs: 50 } })
  const result = await client.files.download(aFile(BYTES), { to: folder.in('testfile') })
  expect(result.verified).toBe(true)
  expect(server.seen).toHaveLength(2)
})

it('hands the bytes to a sink in order, waits for it, and resumes', async () => {
  await using server = await aServer(cutting(2, 700 * KiB))
  const chunks: Uint8Array[] = []
  let busy = 0
  const sink = async (chunk: Uint8Array) => {
    expect(++busy).toBe(1)
    chunks.push(Uint8Array.from(chunk))
    await new Promise((resolve) => setImmediate(resolve))
    busy--
  }
  const result = await aClient(server.url, { clock: aClock() }).files.download(aFile(BYTES), { sink })
  expect(result).toMatchObject({ path: undefined, verified: true })
  expect(Buffer.concat(chunks).equals(BYTES)).toBe(true)
})

it('ends with the error of a sink that fails', async () => {
  await using server = await aServer(good)
  const full = new Error('no space left')
  const sink = () => Promise.reject(full)
  expect(await failureOf(aClient(server.url).files.download(aFile(BYTES), { sink }))).toBe(full)
})

it('downloads through a fetch of its own', async () => {
  await using folder = await aFolder()
  const ranges: (string | null)[] = []
  const client = aClient('http://rescale.invalid', {
    fetch: async (request) => {
      ranges.push(request.headers.get('range'))
      const [, start = 0, end = 0] =
        /bytes=(\d+)-(\d+)/.exec(request.headers.get('range') ?? '')?.map(Number) ?? []
      const headers = { 'Content-Range': `bytes ${start}-${end}/${BYTES.byteLength}` }
      return new Response(part(start, end), { status: 206, headers })
    },
  })
  const result = await client.files.download(aFile(BYTES), { to: folder.in('x'), ...MANY })
  expect(result.verified).toBe(true)
  expect(new Set(ranges).size).toBe(ranges.length)
  expect(ranges.length).toBeLessThanOrEqual(20)
})
