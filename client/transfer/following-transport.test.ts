import { readdir, readFile } from 'node:fs/promises'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ForbiddenError, UnexpectedAnswerError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { A_KEY, aServer, bodyOf, type TestServer } from '../test-support/server.ts'
import { OVER } from '../test-support/tls-front.ts'
import { followingTransport } from './following-transport.ts'
import type { TransferAnswer, TransferRequest, Transport } from './transport.ts'

const BYTES = someBytes(3_000_000)
const SIGNATURE = 'X-Amz-Signature=5ec2e7'

describe.each(OVER)('over %s', (over) => {
  /** A platform that keeps its files elsewhere. */
  const aPlatform = (storage: TestServer) =>
    aServer(async (request, response) => {
      await bodyOf(request)
      response.writeHead(302, { Location: `${storage.url}/bucket/x?${SIGNATURE}` }).end()
    }, over)

  it('downloads from the storage that the platform leads to, and leaves the key behind', async () => {
    await using folder = await aFolder()
    await using storage = await aServer((request, response) => serveBytes(BYTES, request, response), over)
    await using platform = await aPlatform(storage)
    const done = await aClient(platform.url).files.download(aFile(BYTES), {
      to: folder.in('x'),
      connections: 3,
      minRangeBytes: 500_000,
    })
    expect(done.verified).toBe(true)
    expect((await readFile(folder.in('x'))).equals(BYTES)).toBe(true)
    expect(platform.seen[0]?.headers.authorization).toContain(A_KEY)
    expect(storage.seen.length).toBe(platform.seen.length)
    for (const { url, headers } of storage.seen) {
      expect(url).toBe(`/bucket/x?${SIGNATURE}`)
      expect(JSON.stringify(headers)).not.toContain(A_KEY)
      expect([headers.authorization, headers['x-client-request-id']]).toEqual([undefined, undefined])
    }
    const rangesOf = ({ seen }: TestServer) => seen.map(({ headers }) => headers.range).sort()
    expect(rangesOf(storage)).toEqual(rangesOf(platform))
  })

  it('has neither key nor signature in the error of a storage that refuses', async () => {
    await using folder = await aFolder()
    await using storage = await aServer((_, response) => response.writeHead(403).end('<Error/>'), over)
    await using platform = await aPlatform(storage)
    const download = aClient(platform.url).files.download(aFile(BYTES), { folder: folder.path })
    const failure = await failureOf(download)
    expect(failure).toBeInstanceOf(ForbiddenError)
    expect(failure).toMatchObject({ url: `${storage.url}/bucket/x` })
    expect(inspect(failure) + JSON.stringify(failure)).not.toMatch(new RegExp(`${A_KEY}|5ec2e7`))
    expect(await readdir(folder.path)).toEqual([])
  })

  it('sends an upload nowhere else', async () => {
    await using storage = await aServer((_, response) => response.writeHead(201).end('{}'), over)
    await using platform = await aPlatform(storage)
    const failure = await failureOf(aClient(platform.url).files.upload(BYTES, { name: 'x' }))
    expect(failure).toBeInstanceOf(UnexpectedAnswerError)
    expect(storage.seen).toEqual([])
  })

  it('does not follow for ever, and finds back to the platform with its key', async () => {
    await using folder = await aFolder()
    await using platform = await aServer((request, response) => {
      const hops = Number(/hop=(\d)/.exec(request.url ?? '')?.[1] ?? 0)
      if (hops === 2 && request.url?.includes('f2')) return serveBytes(BYTES, request, response)
      response.writeHead(307, { Location: `${request.url?.split('?')[0]}?hop=${hops + 1}` }).end()
    }, over)
    const { files } = aClient(platform.url)
    const found = await files.download(aFile(BYTES, 'x', 'f2'), { folder: folder.path, connections: 1 })
    expect(found.verified).toBe(true)
    expect(platform.seen.every(({ headers }) => headers.authorization?.includes(A_KEY))).toBe(true)
    const before = platform.seen.length
    const failure = await failureOf(files.download(aFile(BYTES, 'y', 'f3'), { folder: folder.path }))
    expect(failure).toBeInstanceOf(UnexpectedAnswerError)
    expect(platform.seen.length - before).toBe(4)
  })
})

/** Answers with a link, and says where it was asked. */
function linking(name: string, location: string | undefined, asked: string[]): Transport {
  return {
    async send({ path }) {
      asked.push(name + path)
      const headers = location === undefined ? {} : { location }
      return {
        status: location === undefined ? 200 : 302,
        headers,
        text: async () => '',
      } as unknown as TransferAnswer
    },
    close: async () => {},
  }
}

it.each([
  [
    'https://platform.rescale.com',
    'https://bucket.s3.amazonaws.com/x?a=b',
    'https://bucket.s3.amazonaws.com/x?a=b',
  ],
  ['https://platform.rescale.com', 'http://bucket.s3.amazonaws.com/x', undefined],
  ['https://platform.rescale.com', 'http://127.0.0.1:8080/x', undefined],
  ['https://platform.rescale.com', 'file:///etc/passwd', undefined],
  ['https://platform.rescale.com', 'https://', undefined],
  ['http://127.0.0.1:8080', 'http://localhost:9000/x', 'http://localhost:9000/x'],
  ['http://127.0.0.1:8080', 'http://example.com/x', undefined],
  // A proxy that ends TLS.
  ['https://platform.rescale.com', 'http://platform.rescale.com/y', 'platform/y'],
  ['https://gateway.example.com/rescale', '/rescale/y', 'platform/y'],
])('from %s to %s goes to %s', async (baseUrl, location, expected) => {
  const asked: string[] = []
  let isFirst = true
  const platform: Transport = {
    send: (request) => {
      const answer = linking('platform', isFirst ? location : undefined, asked).send(request)
      isFirst = false
      return answer
    },
    close: async () => {},
  }
  const transport = followingTransport(platform, (origin) => linking(origin, undefined, asked), baseUrl)
  await transport.send({ method: 'GET', path: '/x', headers: {} } satisfies TransferRequest)
  expect(asked).toEqual(expected === undefined ? ['platform/x'] : ['platform/x', expected])
})
