import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryFileStore } from '../stores/memory-file-store.ts'
import type { ExchangeAnswer } from './http.ts'
import { attachment, contentAnswer, contentTypeOf, etagOf } from './ranges-content-answer.ts'

const store = memoryFileStore()
const bytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
const stored = store.put(bytes)
const lastModified = new Date('2026-11-22T10:00:00.750Z')
const etag = etagOf(stored)

const ask = (headers: Record<string, string> = {}, method = 'GET', content = {}): ExchangeAnswer =>
  contentAnswer(
    { method, headers },
    { store, stored, name: 'pi.bin', contentType: 'application/octet-stream', ...content },
  )

async function bytesOf({ body }: ExchangeAnswer): Promise<Buffer> {
  if (body === null || typeof body === 'string' || !('read' in body)) throw new Error('not a stream of bytes')
  const chunks: Uint8Array[] = []
  for await (const chunk of body.read()) chunks.push(chunk)
  const read = Buffer.concat(chunks)
  expect(body.size).toBe(read.length)
  return read
}

it('gives the whole file, with everything that later requests can ask by', async () => {
  const answer = ask()
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="pi.bin"',
      'accept-ranges': 'bytes',
      etag: `"${stored.sha512}"`,
    },
  })
  expect(await bytesOf(answer)).toEqual(bytes)
})

it('gives an empty file as an empty body', async () => {
  const answer = ask({}, 'GET', { stored: store.put(new Uint8Array()) })
  expect(answer.status).toBe(200)
  expect(await bytesOf(answer)).toHaveLength(0)
})

it('gives one range with its place', async () => {
  const answer = ask({ range: 'bytes=250-300' })
  expect(answer).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 250-255/256', etag } })
  expect(await bytesOf(answer)).toEqual(bytes.subarray(250))
})

it('says how long the file is when no range can be given', () => {
  expect(ask({ range: 'bytes=256-' })).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */256' },
  })
})

it('tells of the whole file for HEAD, whatever range is asked', () => {
  expect(ask({ range: 'bytes=0-1' }, 'HEAD')).toMatchObject({ status: 200, body: { size: 256 } })
})

it('gives exactly the requested bytes for any ranges, in parts that say where they belong', async () => {
  const aRange = fc
    .tuple(fc.nat(300), fc.nat(300))
    .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }))
  await fc.assert(
    fc.asyncProperty(fc.array(aRange, { minLength: 1, maxLength: 6 }), async (asked) => {
      const answer = ask({ range: `bytes=${asked.map(({ first, last }) => `${first}-${last}`).join(', ')}` })
      const wanted = [...bytes.keys()].filter((at) =>
        asked.some(({ first, last }) => first <= at && at <= last),
      )
      if (wanted.length === 0) return void expect(answer.status).toBe(416)
      expect(answer.status).toBe(206)
      const parts = await partsOf(answer)
      for (const part of parts)
        expect(part.bytes).toEqual(bytes.subarray(part.start, part.start + part.bytes.length))
      const given = parts.flatMap((part) => [...part.bytes.keys()].map((at) => part.start + at))
      expect(given.sort((one, other) => one - other)).toEqual(wanted)
    }),
  )
})

describe('conditions', () => {
  const dated = { lastModified }
  const date = lastModified.toUTCString()
  const before = new Date(lastModified.getTime() - 5_000).toUTCString()

  it.each([
    ['if-none-match', etag, 304],
    ['if-none-match', `W/${etag}`, 304],
    ['if-none-match', `"other", ${etag}`, 304],
    ['if-none-match', '*', 304],
    ['if-none-match', '"other"', 200],
    ['if-match', etag, 200],
    ['if-match', '*', 200],
    ['if-match', `W/${etag}`, 412],
    ['if-match', '"other"', 412],
    ['if-match', '', 412],
    ['if-modified-since', date, 304],
    ['if-modified-since', before, 200],
    ['if-modified-since', 'whenever', 200],
    ['if-unmodified-since', date, 200],
    ['if-unmodified-since', before, 412],
    ['if-unmodified-since', 'whenever', 200],
  ])('%s: %s is answered with %i', (name, value, status) => {
    const answer = ask({ [name]: value }, 'GET', dated)
    expect(answer.status).toBe(status)
    expect(answer.headers.etag).toBe(etag)
    if (status !== 200) expect(answer.body).toBeNull()
  })

  it('are judged by tag rather than by date', () => {
    expect(ask({ 'if-none-match': '"other"', 'if-modified-since': date }, 'GET', dated).status).toBe(200)
    expect(ask({ 'if-match': etag, 'if-unmodified-since': before }, 'GET', dated).status).toBe(200)
  })

  it('by date say nothing about a file without one', () => {
    expect(ask({ 'if-modified-since': date }).status).toBe(200)
    expect(ask({ 'if-range': date, range: 'bytes=0-1' }).status).toBe(200)
  })

  it.each([
    [etag, 206],
    [date, 206],
    [`W/${etag}`, 200],
    ['"other"', 200],
    [before, 200],
    ['whenever', 200],
  ])('If-Range: %s gives %i', async (condition, status) => {
    const answer = ask({ 'if-range': condition, range: 'bytes=0-9' }, 'GET', dated)
    expect(answer.status).toBe(status)
    expect(await bytesOf(answer)).toHaveLength(status === 206 ? 10 : 256)
  })
})

it.each([
  ['process_output.log', 'attachment; filename="process_output.log"'],
  ['a/b/c.txt', 'attachment; filename="c.txt"'],
  ['folder/', 'attachment; filename="file"'],
  ['', 'attachment; filename="file"'],
  ['größe.txt', `attachment; filename="gr__e.txt"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt`],
  ['π🚀.bin', `attachment; filename="__.bin"; filename*=UTF-8''%CF%80%F0%9F%9A%80.bin`],
  ['say "hi"%20.txt', `attachment; filename="say _hi__20.txt"; filename*=UTF-8''say%20%22hi%22%2520.txt`],
  ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"`],
  [
    'a\r\nset-cookie: x',
    `attachment; filename="a__set-cookie: x"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20x`,
  ],
  ['\ud800', `attachment; filename="_"; filename*=UTF-8''%EF%BF%BD`],
])('names the download %j safely', (name, expected) => {
  expect(attachment(name)).toBe(expected)
})

it('never gives a header that could be taken for two', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(attachment(name)).toMatch(
        /^attachment; filename="[ !#-[\]-~]*"(; filename\*=UTF-8''[\w.!#$&+^`|~%-]+)?$/,
      )
    }),
  )
})

it('calls text what is named like text', () => {
  expect(contentTypeOf('process_output.log')).toBe('text/plain')
  expect(contentTypeOf('run/pi.py')).toBe('text/plain')
  expect(contentTypeOf('data.zip')).toBe('application/octet-stream')
  expect(contentTypeOf('page.html')).toBe('application/octet-stream')
})

interface Part {
  readonly start: number
  readonly bytes: Buffer
}

/** The parts of a 206, of which a lone one comes without boundaries. */
async function partsOf(answer: ExchangeAnswer): Promise<Part[]> {
  const body = await bytesOf(answer)
  const boundary = /boundary=(.*)$/.exec(answer.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) return [{ start: startOf(answer.headers['content-range']), bytes: body }]
  const pieces = body.toString('latin1').split(`\r\n--${boundary}`)
  expect(pieces[0]).toBe('')
  expect(pieces.at(-1)).toBe('--\r\n')
  return pieces.slice(1, -1).map((piece) => {
    const [head = '', ...rest] = piece.split('\r\n\r\n')
    expect(head).toContain('\r\nContent-Type: application/octet-stream')
    const bytes = Buffer.from(rest.join('\r\n\r\n'), 'latin1')
    const place = /Content-Range: (.*)$/.exec(head)?.[1]
    expect(place).toBe(`bytes ${startOf(place)}-${startOf(place) + bytes.length - 1}/256`)
    return { start: startOf(place), bytes }
  })
}

const startOf = (contentRange: string | undefined): number =>
  Number(/^bytes (\d+)-/.exec(contentRange ?? '')?.[1])
