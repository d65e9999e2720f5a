import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { SeenExchange } from '../seen-exchange.ts'
import { type SeenWish, seen, sequence } from '../testing/seen.ts'
import { checksumFindings } from './checksums.ts'
import { partsOf } from './multipart.ts'
import { rangeFindings } from './ranges.ts'
import { uploadedNameFindings } from './uploaded-names.ts'

const bytes = new Uint8Array(200).map((_, index) => (index * 7) % 251)
const sha512 = createHash('sha512').update(bytes).digest('hex')
const file = (changes: object = {}) => ({
  id: 'XkpTse',
  name: 'a.bin',
  decryptedSize: 200,
  fileChecksums: [{ hashFunction: 'sha512', fileHash: sha512 }],
  ...changes,
})

const form = (content: Uint8Array) =>
  Buffer.concat([
    Buffer.from(
      '--b0\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\nContent-Type: x/y\r\n\r\n',
    ),
    content,
    Buffer.from('\r\n--b0--\r\n'),
  ])

const upload = (changes: object = {}) =>
  seen('POST /api/v2/files/contents/', {
    sent: form(bytes),
    sentHeaders: { 'Content-Type': 'multipart/form-data; boundary=b0' },
    status: 201,
    body: file(changes),
  })

const download = (wish: SeenWish) => seen('GET /api/v2/files/XkpTse/contents/', { body: bytes, ...wish })
const range = (asked: string, from: number, to: number, wish: SeenWish = {}) =>
  download({
    sentHeaders: { Range: asked },
    status: 206,
    headers: { 'Content-Range': `bytes ${from}-${to}/200` },
    body: bytes.slice(from, to + 1),
    ...wish,
  })

const ranges = (...exchanges: SeenExchange[]) =>
  rangeFindings(sequence(upload(), ...exchanges)).map(({ rule }) => rule)
const sums = (...exchanges: SeenExchange[]) =>
  checksumFindings(sequence(...exchanges)).map(({ rule }) => rule)

describe('a checksum', () => {
  it('is the SHA-512 of the bytes that were uploaded', () => {
    expect(sums(upload())).toEqual([])
    expect(sums(upload({ fileChecksums: [{ hashFunction: 'sha512', fileHash: 'ab' }] }))).toEqual([
      'checksum',
    ])
    expect(sums(upload(), seen('GET /api/v2/files/XkpTse/', { body: file({ decryptedSize: 7 }) }))).toEqual([
      'size',
    ])
  })

  it('is that of the bytes that were downloaded, wherever the file is listed', () => {
    const listed = seen('GET /api/v2/jobs/abcdef/files/', {
      body: {
        count: 1,
        next: null,
        previous: null,
        results: [file({ fileChecksums: [{ hashFunction: 'sha512', fileHash: 'ab' }] })],
      },
    })
    expect(sums(download({}), listed)).toEqual(['checksum'])
  })

  it('is not judged for a file whose bytes nobody saw', () => {
    expect(sums(seen('GET /api/v2/files/XkpTse/', { body: file({ decryptedSize: 7 }) }))).toEqual([])
  })
})

describe('a download', () => {
  it('has the bytes that were uploaded', () => {
    expect(ranges(download({}))).toEqual([])
    expect(ranges(download({ body: bytes.with(5, 255) }))).toEqual(['range'])
  })

  it('has in a range the bytes of the file that were asked for', () => {
    expect(
      ranges(range('bytes=10-19', 10, 19), range('bytes=190-', 190, 199), range('bytes=-5', 195, 199)),
    ).toEqual([])
    expect(ranges(range('bytes=10-19', 10, 19, { body: bytes.slice(11, 21) }))).toEqual(['range'])
    expect(ranges(range('bytes=10-19', 10, 19, { body: bytes.slice(10, 19) }))).toEqual(['range'])
    expect(ranges(range('bytes=10-19', 20, 29))).toEqual(['range'])
    expect(ranges(range('bytes=10-19', 10, 19, { headers: { 'Content-Range': 'bytes 10-19/201' } }))).toEqual(
      ['range'],
    )
    expect(ranges(range('bytes=10-19', 10, 19, { headers: {} }))).toEqual(['range'])
  })

  it('has in several ranges the bytes of each', () => {
    const part = (from: number, to: number, content = bytes.slice(from, to + 1)) =>
      Buffer.concat([
        Buffer.from(`--b1\r\nContent-Range: bytes ${from}-${to}/200\r\n\r\n`),
        content,
        Buffer.from('\r\n'),
      ])
    const several = (...parts: Uint8Array[]) =>
      download({
        sentHeaders: { Range: 'bytes=0-9,20-29' },
        status: 206,
        headers: { 'Content-Type': 'multipart/byteranges; boundary=b1' },
        body: Buffer.concat([...parts, Buffer.from('--b1--\r\n')]),
      })
    expect(ranges(several(part(0, 9), part(20, 29)))).toEqual([])
    expect(ranges(several(part(0, 9), part(20, 29, bytes.slice(21, 31))))).toEqual(['range'])
    // Right in itself, and not what was asked for.
    expect(ranges(several(part(0, 9)))).toEqual(['range'])
    expect(ranges(several(part(0, 9), part(40, 49)))).toEqual(['range'])
    // Ranges may be put together, in one part or in a whole answer of one (RFC 9110 §15.3.7.2).
    expect(ranges(several(part(0, 29)))).toEqual([])
    expect(ranges(range('bytes=0-9,20-29', 0, 29))).toEqual([])
    expect(ranges(range('bytes=0-9,20-29', 0, 9))).toEqual(['range'])
    // What lies beyond the end is left out.
    expect(ranges(range('bytes=0-9,500-600', 0, 9))).toEqual([])
  })

  it('tells the size of a file whose range lies beyond its end', () => {
    const beyond = (said: string) =>
      download({ status: 416, headers: { 'Content-Range': said }, body: { detail: 'x' } })
    expect(ranges(beyond('bytes */200'))).toEqual([])
    expect(ranges(beyond('bytes */100'))).toEqual(['range'])
  })

  it('is left out only for who has shown an ETag of the file', () => {
    const known = download({ headers: { ETag: '"a"' } })
    const unchanged = (tag: string): SeenExchange => {
      const { request, ...rest } = download({ sentHeaders: { 'If-None-Match': tag }, status: 304 })
      return { ...rest, request, response: { status: 304, headers: [], body: { kind: 'none' } } }
    }
    expect(ranges(known, unchanged('"a"'))).toEqual([])
    expect(ranges(known, unchanged('"b"'))).toEqual(['conditional'])
  })

  it('says so when there is nothing to compare with', () => {
    const findings = rangeFindings(sequence(range('bytes=10-19', 10, 19)))
    expect(findings.map(({ class: kind, severity }) => [kind, severity])).toEqual([['not-checked', 'info']])
  })
})

it('takes multipart bodies apart, and nothing else', () => {
  expect(
    partsOf(form(bytes), 'multipart/form-data; boundary="b0"').map(({ name, bytes: { length } }) => [
      name,
      length,
    ]),
  ).toEqual([['file', 200]])
  expect(partsOf(form(bytes).subarray(0, 150), 'multipart/form-data; boundary=b0')).toEqual([])
  expect(partsOf(form(bytes), 'text/plain')).toEqual([])
})

it('finds a file that is called otherwise than it was sent', () => {
  expect(uploadedNameFindings(sequence(upload()))).toEqual([])
  expect(uploadedNameFindings(sequence(upload({ name: 'b.bin' })))).toMatchObject([
    { class: 'relation', rule: 'echo', pointer: '/name', expected: 'a.bin', received: 'b.bin' },
  ])
})
