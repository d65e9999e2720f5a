import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BytesWriter, FileStore, StoredBytes } from '../domain/file-store.ts'
import { memoryFileStore } from '../stores/memory-file-store.ts'
import { RequestAbortedError } from './http.ts'
import { readUpload, type Upload, type UploadRefusal } from './upload.ts'
import { fileNameLimit, partsLimit } from './upload-form.ts'

/** A store that knows which writers are neither committed nor aborted, and what is stored. */
class WatchedStore {
  readonly inner = memoryFileStore()
  readonly unfinished = new Set<BytesWriter>()
  readonly stored: StoredBytes[] = []
  readonly store: FileStore = { ...delegate(this.inner), writer: () => this.#watch(this.inner.writer()) }

  #watch(writer: BytesWriter): BytesWriter {
    const watched: BytesWriter = {
      write: (chunk) => writer.write(chunk),
      commit: async () => {
        const stored = await writer.commit()
        this.unfinished.delete(watched)
        this.stored.push(stored)
        return stored
      },
      abort: async () => {
        await writer.abort()
        this.unfinished.delete(watched)
      },
    }
    this.unfinished.add(watched)
    return watched
  }
}

const delegate = (store: FileStore): FileStore => ({
  writer: () => store.writer(),
  put: (bytes) => store.put(bytes),
  adopt: (path) => store.adopt(path),
  read: (id, start, end) => store.read(id, start, end),
  pathOf: (id) => store.pathOf(id),
  remove: (id) => store.remove(id),
  close: () => store.close(),
})

let watched: WatchedStore
beforeEach(() => {
  watched = new WatchedStore()
})
afterEach(async () => {
  expect(watched.unfinished.size).toBe(0)
  await watched.inner.close()
})

async function* pieces(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const read = (
  body: Buffer | string,
  contentType = 'multipart/form-data; boundary=b',
  sizes: readonly number[] = [1 << 16],
) =>
  readUpload(
    { headers: { 'content-type': contentType }, body: pieces(Buffer.from(body), sizes) },
    watched.store,
  )

async function textOf(upload: Upload | UploadRefusal): Promise<string> {
  if (upload.kind === 'refusal') return `${upload.status} ${JSON.stringify(upload.body)}`
  const chunks: Uint8Array[] = []
  for await (const chunk of watched.store.read(upload.stored.id, 0, upload.stored.size)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** A form of parts, each its header lines and its data. */
const form = (...parts: [head: string, data: string][]): string =>
  `${parts.map(([head, data]) => `--b\r\n${head}\r\n\r\n${data}\r\n`).join('')}--b--\r\n`

const filePart = (data: string, more = ''): [string, string] => [
  `Content-Disposition: form-data; name="file"; filename="pi.py"${more}`,
  data,
]

it('stores the part called file', async () => {
  const upload = await read(form(filePart('print(3)', '\r\nContent-Type: text/x-python')))
  expect(upload).toMatchObject({ kind: 'upload', name: 'pi.py', typeId: 1, stored: { size: 8 } })
  expect(await textOf(upload)).toBe('print(3)')
})

it('reads what Fetch makes of FormData', async () => {
  const data = new FormData()
  data.set('note', 'ignored')
  data.set('file', new Blob(['bytes\r\n--']), 'naïve "name" π.txt')
  const request = new Request('http://mock/', { method: 'POST', body: data })
  const upload = await read(
    Buffer.from(await request.arrayBuffer()),
    request.headers.get('content-type') ?? '',
  )
  expect(upload).toMatchObject({ kind: 'upload', name: 'naïve "name" π.txt' })
  expect(await textOf(upload)).toBe('bytes\r\n--')
})

it('passes over parts that it does not know', async () => {
  const upload = await read(
    form(
      ['X: y', 'no name'],
      ['Content-Disposition: form-data; name="other"; filename="x"', 'no'],
      filePart('yes'),
    ),
  )
  expect(await textOf(upload)).toBe('yes')
})

it('takes an empty file', async () => {
  expect(await read(form(filePart('')))).toMatchObject({ kind: 'upload', stored: { size: 0 } })
})

it('keeps the last of several files', async () => {
  expect(await textOf(await read(form(filePart('first'), filePart('second'))))).toBe('second')
  expect(watched.stored).toHaveLength(1)
})

describe('the type of a file', () => {
  it.each([
    ["Content-Type: {'type_id': 1}", 1],
    ["Content-Type: {'type_id': 5}", 5],
    ['content-type:{"typeId": "7"}', 7],
    ["Content-Type: {'type_id': 'one'}", 1],
    ['Content-Type: application/octet-stream', 1],
    ['Content-Type: ;;;={}', 1],
  ])('is read from %j', async (line, typeId) => {
    expect(await read(form(filePart('x', `\r\n${line}`)))).toMatchObject({ typeId })
  })

  it.each([
    ['Content-Disposition: form-data; name="typeId"', '2'],
    ['Content-Disposition: form-data; name="typeId"; filename="typeId"', '2'],
    ['Content-Disposition: form-data; name="type_id"', ' 2\r\n'],
    ['Content-Disposition: form-data; name=typeId', '2'],
  ])('is read from a part of its own: %s', async (head, data) => {
    const own: [string, string] = [head, data]
    const other = filePart('x', "\r\nContent-Type: {'type_id': 5}")
    expect(await read(form(other, own))).toMatchObject({ typeId: 2 })
    expect(await read(form(own, other))).toMatchObject({ typeId: 2 })
  })

  it.each(['', 'two', '1.5', '9'.repeat(2_000)])('must be a whole number, not %j', async (data) => {
    expect(await read(form(['Content-Disposition: form-data; name="typeId"', data], filePart('x')))).toEqual({
      kind: 'refusal',
      status: 400,
      body: { typeId: ['A valid integer is required.'] },
    })
  })
})

describe('the name of a file', () => {
  it.each([
    ['filename="a/b/c d.txt"', 'a/b/c d.txt'],
    ['filename="größe π 🚀.txt"', 'größe π 🚀.txt'],
    ['filename=plain.txt', 'plain.txt'],
    ['filename = "spaces.txt" ; x=y', 'spaces.txt'],
    ['FileName="case.txt"', 'case.txt'],
    ['filename="say %22hi%22.txt"', 'say "hi".txt'],
    ['filename="say \\"hi\\" \\\\o.txt"', 'say "hi" \\o.txt'],
    ['filename="C:\\dir\\file.txt"', 'C:\\dir\\file.txt'],
    ['filename="100%.txt"', '100%.txt'],
    ['filename="a;b=c.txt"', 'a;b=c.txt'],
    ['filename="never ends.txt', 'never ends.txt'],
    [`filename="a.txt"; filename*=UTF-8''%e2%82%ac%20rates.txt`, '€ rates.txt'],
    [`filename*=utf-8'en'caf%C3%A9.txt`, 'café.txt'],
    [`filename*=iso-8859-1''caf%E9.txt`, 'café.txt'],
    [`filename="a.txt"; filename*=unknown`, 'a.txt'],
    [`filename="a.txt"; filename*=koi8-r''%00`, 'a.txt'],
    ['filename="tab\there%0D%0A\0.txt"', 'tabhere.txt'],
    ['filename="../../etc/passwd"', '../../etc/passwd'],
  ])('is read from %s', async (parameter, name) => {
    expect(
      await read(form([`Content-Disposition: form-data; name="file"; ${parameter}`, 'x'])),
    ).toMatchObject({ name })
  })

  it('that is not UTF-8 is taken for Latin-1', async () => {
    const body = Buffer.from(
      form([`Content-Disposition: form-data; name="file"; filename="caf\xe9"`, 'x']),
      'latin1',
    )
    expect(await read(body)).toMatchObject({ name: 'café' })
  })

  it('may be anything that FormData can carry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
        const name = `${text.replace(/%(22|0d|0a)/gi, '')}.x`
        const data = new FormData()
        data.set('file', new Blob(['x']), name)
        const request = new Request('http://mock/', { method: 'POST', body: data })
        const upload = await read(
          Buffer.from(await request.arrayBuffer()),
          request.headers.get('content-type') ?? '',
        )
        // Fetch writes a backslash as it is, which reads as an escape before a quote or another.
        expect(upload).toMatchObject({ name: name.replaceAll('\\\\', '\\').trim() })
      }),
    )
  })

  it('has a limit', async () => {
    const upload = await read(
      form([`Content-Disposition: form-data; name="file"; filename="${'x'.repeat(fileNameLimit + 1)}"`, 'x']),
    )
    expect(upload).toMatchObject({
      status: 400,
      body: { file: [expect.stringContaining('at most 4096 characters (it has 4097)')] },
    })
  })
})

describe('a refusal', () => {
  const noFile = { kind: 'refusal', status: 400, body: { file: ['No file was submitted.'] } }

  it.each([
    ['nothing at all', ''],
    ['no part', '--b--\r\n'],
    [
      'another boundary',
      '--c\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nx\r\n--c--',
    ],
    ['no file', form(['Content-Disposition: form-data; name="typeId"', '1'])],
    ['a file without a name', form(['Content-Disposition: form-data; name="file"; filename=""', 'x'])],
    ['a file called ..', form(['Content-Disposition: form-data; name="file"; filename=".."', 'x'])],
  ])('answers a body with %s', async (_, body) => {
    expect(await read(body)).toEqual(noFile)
  })

  it('answers a request without a body', async () => {
    expect(await readUpload({ headers: {}, body: null }, watched.store)).toEqual(noFile)
  })

  it('answers a file that is sent as text', async () => {
    expect(await read(form(['Content-Disposition: form-data; name="file"', 'x']))).toMatchObject({
      body: { file: ['The submitted data was not a file. Check the encoding type on the form.'] },
    })
  })

  it.each([
    ['multipart/form-data', 'Invalid boundary in multipart: None'],
    ['multipart/form-data; boundary=', 'Invalid boundary in multipart: '],
    ['multipart/form-data; boundary="ends in space "', 'Invalid boundary in multipart: ends in space '],
  ])('answers the content type %j in the words of Django', async (contentType, reason) => {
    expect(await read(form(filePart('x')), contentType)).toEqual({
      kind: 'refusal',
      status: 400,
      body: { detail: `Multipart form parse error - ${reason}` },
    })
  })

  it.each(['application/json', 'text/plain; charset=utf-8', '', 'multipart/mixed; boundary=b'])(
    'answers the media type %j',
    async (contentType) => {
      const detail = `Unsupported media type "${contentType}" in request.`
      expect(await read(form(filePart('x')), contentType)).toEqual({
        kind: 'refusal',
        status: 415,
        body: { detail },
      })
    },
  )

  it('answers too many parts', async () => {
    const many = Array.from({ length: partsLimit }, (): [string, string] => [
      'Content-Disposition: form-data; name="x"',
      '',
    ])
    expect((await read(form(...many.slice(1), filePart('x')))).kind).toBe('upload')
    expect(await read(form(filePart('x'), ...many))).toMatchObject({
      status: 400,
      body: { detail: 'Multipart form parse error - The number of parts exceeded the limit.' },
    })
  })

  it('answers endless part headers', async () => {
    expect(await read(form([`X: ${'x'.repeat(20_000)}`, 'x']))).toMatchObject({
      body: { detail: 'Multipart form parse error - Request max total header size exceeded.' },
    })
  })

  it('answers a body that ends early, wherever it does', async () => {
    const whole = form(filePart('x'.repeat(50)))
    for (let length = 1; length < whole.length - '--\r\n'.length; length += 1) {
      const upload = await read(whole.slice(0, length))
      expect(upload).toMatchObject({ kind: 'refusal', status: 400 })
    }
    expect(watched.stored).toEqual([])
  })

  it('answers a file that is too large, by what it says and by what it is', async () => {
    const limits = { fileSize: 100 }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    const body = () => pieces(Buffer.from(form(filePart('x'.repeat(101)))), [50])
    const refused = {
      kind: 'refusal',
      status: 413,
      body: { detail: 'A file must not be larger than 100 bytes.' },
    }
    expect(await readUpload({ headers, body: body() }, watched.store, limits)).toEqual(refused)
    const announced = { ...headers, 'content-length': '2000000' }
    expect(await readUpload({ headers: announced, body: body() }, watched.store, limits)).toEqual(refused)
    const allowed = pieces(Buffer.from(form(filePart('x'.repeat(100)))), [50])
    expect(await readUpload({ headers, body: allowed }, watched.store, limits)).toMatchObject({
      kind: 'upload',
    })
  })

  it('answers a body that goes on for ever outside of the file', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1 << 16, 'x')
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    expect(await readUpload({ headers, body: endless() }, watched.store, { fileSize: 100 })).toMatchObject({
      status: 413,
    })
  })
})

it('leaves nothing when the client goes away at any point', async () => {
  const whole = Buffer.from(
    form(filePart('x'.repeat(60)), ['Content-Disposition: form-data; name="typeId"', '1']),
  )
  for (let length = 0; length <= whole.length; length += 1) {
    async function* body(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, length)
      throw new RequestAbortedError('gone')
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    await expect(readUpload({ headers, body: body() }, watched.store)).rejects.toThrow(RequestAbortedError)
    expect(watched.unfinished.size).toBe(0)
  }
  expect(watched.stored).toEqual([])
})

it('leaves nothing when the store fails, and says so', async () => {
  const failing: FileStore = {
    ...watched.store,
    writer: () => ({ ...watched.store.writer(), write: () => Promise.reject(new Error('ENOSPC')) }),
  }
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const body = pieces(Buffer.from(form(filePart('x'.repeat(60)))), [9])
  await expect(readUpload({ headers, body }, failing)).rejects.toThrow('ENOSPC')
})

it('gives the same however the body is cut, whole or damaged, and never fails', async () => {
  await fc.assert(
    fc.asyncProperty(aForm, fc.array(aDamage, { maxLength: 4 }), someSizes, async (whole, damages, sizes) => {
      const damaged = damages.reduce<Buffer>((bytes, damage) => damage(bytes), whole)
      const once = await read(damaged)
      const cut = await read(damaged, undefined, sizes)
      expect(await summaryOf(cut)).toEqual(await summaryOf(once))
      if (damages.length === 0) expect(once.kind).toBe('upload')
    }),
    { numRuns: 500 },
  )
})

const summaryOf = async (upload: Upload | UploadRefusal) =>
  upload.kind === 'refusal' ? upload : { ...upload, stored: upload.stored.sha512, text: await textOf(upload) }

const aForm = fc
  .record({
    data: fc.array(fc.constantFrom('\r', '\n', '--', '--b', '\r\n--b', 'x', '\0')).map((all) => all.join('')),
    head: fc.constantFrom(
      'Content-Disposition: form-data; name="file"; filename="a.txt"',
      "Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%e2%82%ac\r\nContent-Type: {'type_id': 1}",
    ),
    typeId: fc.constantFrom('1', ' 12 '),
  })
  .filter(({ data }) => !/\r\n--b(--|[ \t]*\r\n)/.test(`\r\n${data}\r\n--b`))
  .map(({ data, head, typeId }) =>
    Buffer.from(form([head, data], ['Content-Disposition: form-data; name="typeId"', typeId])),
  )

const someSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

const aDamage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc
  .record({
    at: fc.nat(300),
    length: fc.nat(30),
    inserted: fc.oneof(
      fc.uint8Array({ maxLength: 5 }),
      fc.constantFrom('\r\n', '--b', '"', ';', ':').map((text) => Buffer.from(text)),
    ),
  })
  .map(
    ({ at, length, inserted }) =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + length)]),
  )
