import { truncate, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import {
  AbortedError,
  ConnectError,
  IntegrityError,
  RescaleError,
  UnauthorizedError,
  UnexpectedAnswerError,
} from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, sha512, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { type ReceivedPart, receiveForm } from '../test-support/multipart.ts'
import { BROKEN, namingResets } from '../test-support/named-resets.ts'
import { aServer, bodyOf, sendJson } from '../test-support/server.ts'

const BYTES = someBytes(3_500_011)

/** A platform that keeps what is uploaded, and answers as Rescale does: JSON called text/plain. */
async function aStore() {
  const forms: ReceivedPart[][] = []
  const server = await aServer(async (request, response) => {
    const parts = await receiveForm(request)
    forms.push(parts)
    const body = parts.at(-1)?.body ?? Buffer.alloc(0)
    response.writeHead(201, { 'Content-Type': 'text/plain' }).end(JSON.stringify(aFile(body)))
  })
  return Object.assign(server, { forms })
}

it('uploads a file by its path, with its exact length', async () => {
  await using folder = await aFolder()
  await using store = await aStore()
  await writeFile(folder.in('calculate pi.py'), BYTES)
  const file = await aClient(store.url).files.upload(folder.in('calculate pi.py'))
  expect(file).toEqual(aFile(BYTES))
  const [part] = store.forms[0] ?? []
  expect(part?.body.equals(BYTES)).toBe(true)
  expect(part?.headers).toBe(
    'Content-Disposition: form-data; name="file"; filename="calculate pi.py"\r\nContent-Type: application/octet-stream',
  )
  const { headers, method, url } = store.seen[0] ?? { headers: {} }
  expect(`${method} ${url}`).toBe('POST /api/v2/files/contents/')
  expect(headers['transfer-encoding']).toBeUndefined()
  expect(Number(headers['content-length'])).toBeGreaterThan(BYTES.byteLength)
})

it.each(['bytes', 'stream', 'url'] as const)('uploads from %s under a name', async (kind) => {
  await using folder = await aFolder()
  await using store = await aStore()
  await writeFile(folder.in('x'), BYTES)
  const small = Array.from({ length: Math.ceil(BYTES.byteLength / 10_007) }, (_, index) =>
    BYTES.subarray(index * 10_007, (index + 1) * 10_007),
  )
  const source = { bytes: BYTES, stream: Readable.from(small), url: pathToFileURL(folder.in('x')) }[kind]
  await aClient(store.url).files.upload(source, { name: 'ré"s\r\nult', size: BYTES.byteLength, typeId: 5 })
  const [typeId, part] = store.forms[0] ?? []
  expect([typeId?.headers, String(typeId?.body)]).toEqual([
    'Content-Disposition: form-data; name="typeId"',
    '5',
  ])
  expect(part?.headers).toContain('filename="ré%22s%0D%0Ault"')
  expect(part?.body.equals(BYTES)).toBe(true)
})

it('uploads an empty file', async () => {
  await using folder = await aFolder()
  await using store = await aStore()
  await writeFile(folder.in('empty'), '')
  await aClient(store.url).files.upload(folder.in('empty'))
  expect(store.forms[0]?.[0]?.body.byteLength).toBe(0)
})

it('tells its progress', async () => {
  await using store = await aStore()
  const steps: number[] = []
  const onProgress = ({ transferred }: { transferred: number }) => steps.push(transferred)
  await aClient(store.url).files.upload(Readable.from([BYTES]), {
    name: 'x',
    size: BYTES.byteLength,
    onProgress,
  })
  expect(steps.at(-1)).toBe(BYTES.byteLength)
})

it('compares what arrived with what was sent', async () => {
  await using server = await aServer(async (request, response) => {
    const body = Buffer.from((await receiveForm(request))[0]?.body ?? [])
    const name = request.headers['x-client-request-id'] ? 'x' : ''
    body[7] = (body[7] ?? 0) ^ 1
    sendJson(
      response,
      201,
      body.byteLength > 100 ? aFile(body, name) : { ...aFile(body, name), decryptedSize: 3 },
    )
  })
  const { files } = aClient(server.url)
  expect(await failureOf(files.upload(BYTES, { name: 'x', verify: true }))).toBeInstanceOf(IntegrityError)
  expect(await failureOf(files.upload(Buffer.alloc(50), { name: 'x' }))).toBeInstanceOf(IntegrityError)
  await using store = await aStore()
  const file = await aClient(store.url).files.upload(BYTES, { name: 'x', verify: true })
  expect(file.fileChecksums[0]?.fileHash).toBe(sha512(BYTES))
})

it.each([
  ['shorter', BYTES.subarray(0, 100)],
  ['longer', Buffer.concat([BYTES, BYTES])],
])('sends no stream that is %s than announced as if it were whole', async (_, bytes) => {
  await using store = await aStore()
  const source = Readable.from([bytes])
  const failure = await failureOf(
    aClient(store.url).files.upload(source, { name: 'x', size: BYTES.byteLength }),
  )
  expect(failure).toBeInstanceOf(IntegrityError)
  expect(store.forms).toEqual([])
})

it('notices a file that becomes shorter while it is sent', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), someBytes(8 * 1024 * 1024))
  await using server = await aServer((request) => {
    request.once('data', () => void truncate(folder.in('x'), 1000))
    request.resume()
  })
  const { files } = aClient(server.url)
  // The first reads may have been ahead of the server.
  await truncate(folder.in('x'), 8 * 1024 * 1024)
  const failure = await failureOf(
    files.upload(folder.in('x'), {
      onProgress: ({ transferred }) => {
        if (transferred <= 1024 * 1024) void truncate(folder.in('x'), 1000)
      },
    }),
  )
  expect(failure).toBeInstanceOf(IntegrityError)
  expect(failure.message).toContain('became shorter')
})

it('tells a refusal that comes before the end of the file', async () => {
  await using server = await aServer((request, response) => {
    sendJson(response, 401, { detail: 'Invalid token.' })
    request.resume()
  })
  const failure = await failureOf(aClient(server.url).files.upload(BYTES, { name: 'x' }))
  expect(failure).toBeInstanceOf(UnauthorizedError)
  expect(failure).toMatchObject({ detail: 'Invalid token.' })
})

it('tells a connection that broke while it sent', async () => {
  await using server = await aServer((request) => void request.once('data', () => request.socket.destroy()))
  const failure = await failureOf(aClient(server.url).files.upload(BYTES, { name: 'x' }))
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({ maybeSent: true })
})

it.each(BROKEN)(
  'sends nothing again of which something was sent, also when the system says %s',
  async (code) => {
    using _named = namingResets(() => code)
    await using server = await aServer(async (request) => {
      await bodyOf(request)
      request.socket.resetAndDestroy()
    })
    const failure = await failureOf(aClient(server.url).files.upload(BYTES, { name: 'x' }))
    expect(failure).toBeInstanceOf(ConnectError)
    expect(failure).toMatchObject({ code, maybeSent: true })
    expect(server.seen).toHaveLength(1)
  },
)

it('does not send a file again where it is redirected', async () => {
  await using server = await aServer(async (request, response) => {
    await bodyOf(request)
    response.writeHead(301, { Location: '/api/v2/files/contents/' }).end()
  })
  const failure = await failureOf(aClient(server.url).files.upload(BYTES, { name: 'x' }))
  expect(failure).toBeInstanceOf(UnexpectedAnswerError)
  expect(server.seen).toHaveLength(1)
})

it.each(['<html>ok</html>', '', '{"count": 3}', 'null'])('takes %j for no uploaded file', async (body) => {
  await using server = await aServer(async (request, response) => {
    await bodyOf(request)
    response.writeHead(201, { 'Content-Type': 'text/plain' }).end(body)
  })
  const failure = await failureOf(aClient(server.url).files.upload(BYTES, { name: 'x' }))
  expect(failure).toBeInstanceOf(UnexpectedAnswerError)
})

it('stops when it is aborted', async () => {
  const controller = new AbortController()
  await using server = await aServer((request) => void request.once('data', () => controller.abort('enough')))
  const { files } = aClient(server.url)
  const failure = await failureOf(files.upload(BYTES, { name: 'x', signal: controller.signal }))
  expect(failure).toBeInstanceOf(AbortedError)
  expect(await failureOf(files.upload(BYTES, { name: 'x', signal: controller.signal }))).toBeInstanceOf(
    AbortedError,
  )
})

it('asks for what it needs to know', async () => {
  await using folder = await aFolder()
  const { files } = aClient('http://127.0.0.1:9')
  expect((await failureOf(files.upload(BYTES))).message).toContain('needs a name')
  expect((await failureOf(files.upload(Readable.from([]), { name: 'x' }))).message).toContain(
    'needs its size',
  )
  expect(await failureOf(files.upload(folder.path))).toBeInstanceOf(RescaleError)
  expect(await failureOf(files.upload(folder.in('nothing')))).toMatchObject({ code: 'ENOENT' })
})

it('uploads through a fetch of its own', async () => {
  let received: Buffer | undefined
  const client = aClient('http://rescale.invalid', {
    fetch: async (request) => {
      const form = await request.formData()
      received = Buffer.from(await (form.get('file') as Blob).arrayBuffer())
      expect(Number(request.headers.get('content-length'))).toBeGreaterThan(BYTES.byteLength)
      return new Response(JSON.stringify(aFile(received)), { status: 201 })
    },
  })
  await client.files.upload(BYTES, { name: 'x' })
  expect(received?.equals(BYTES)).toBe(true)
})
