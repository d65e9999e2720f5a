import fc from 'fast-check'
import { expect, it } from 'vitest'
import { joinChunks, NotPlain, parseHead, requestHead } from './http-head.ts'

const head = (...lines: string[]) => parseHead(lines.join('\r\n'))

it('reads status and headers, whatever their case and blanks', () => {
  const read = head(
    'HTTP/1.1 206 Partial Content',
    'CONTENT-LENGTH:10',
    'Set-Cookie: a',
    'set-cookie:\tb ',
    'X:',
  )
  expect(read).toEqual({
    status: 206,
    headers: { 'content-length': '10', 'set-cookie': 'a, b', x: '' },
    length: 10,
    keepsAlive: true,
  })
  expect(head('HTTP/1.1 200', 'Content-Length: 0', 'Connection: Close').keepsAlive).toBe(false)
  expect(head('HTTP/1.1 204 No Content').length).toBe(0)
})

it.each([
  ['another version', ['HTTP/1.0 200 OK', 'Content-Length: 3']],
  ['no status', ['hello']],
  ['no length', ['HTTP/1.1 200 OK']],
  ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 3', 'Content-Length: 4']],
  ['a length that is none', ['HTTP/1.1 200 OK', 'Content-Length: -3']],
  ['length and chunks', ['HTTP/1.1 404 Not Found', 'Content-Length: 3', 'Transfer-Encoding: chunked']],
  ['a file in chunks', ['HTTP/1.1 206 Partial Content', 'Transfer-Encoding: chunked']],
  ['a folded line', ['HTTP/1.1 200 OK', 'Content-Length: 3', ' 4']],
  ['a blank before the colon', ['HTTP/1.1 200 OK', 'Content-Length : 3']],
])('leaves an answer with %s to others', (_, lines) => {
  expect(() => head(...lines)).toThrow(NotPlain)
})

it('joins what came in chunks, and not before all is there', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 }), (pieces) => {
      const chunks = pieces.map((piece) =>
        Buffer.concat([Buffer.from(`${piece.length.toString(16)};x=y\r\n`), piece, Buffer.from('\r\n')]),
      )
      const sent = Buffer.concat([...chunks, Buffer.from('0\r\nTrailer: x\r\n\r\n')])
      expect(joinChunks(sent)).toEqual(Buffer.concat(pieces))
      for (let length = 0; length < sent.byteLength; length++) {
        expect(joinChunks(sent.subarray(0, length))).toBeUndefined()
      }
    }),
    { numRuns: 30 },
  )
  expect(() => joinChunks(Buffer.from('zz\r\n'))).toThrow(NotPlain)
})

it('sends no line break that is in a header', () => {
  expect(requestHead('/a', { Host: 'x' })).toBe('GET /a HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(() => requestHead('/a', { Range: 'bytes=0-1\r\nEvil: 1' })).toThrow(TypeError)
  expect(() => requestHead('/a\r\nEvil: 1', {})).toThrow(TypeError)
})
