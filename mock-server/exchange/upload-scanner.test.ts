import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MultipartError, MultipartScanner, partHeadLimit } from './upload-scanner.ts'

interface Found {
  head: string
  data: string
  ended: boolean
}

/** What a scanner finds in a body that comes in pieces of these sizes, over and over. */
function scan(
  body: string | Buffer,
  boundary: string,
  sizes: readonly number[] = [1 << 20],
): { parts: Found[]; complete: boolean } {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1')
  const parts: Found[] = []
  const last = () => parts.at(-1) as Found
  const scanner = new MultipartScanner(boundary, {
    begin: (head) => parts.push({ head: head.toString('latin1'), data: '', ended: false }),
    data: (chunk) => {
      last().data += chunk.toString('latin1')
    },
    end: () => {
      last().ended = true
    },
  })
  for (let at = 0, piece = 0; at < bytes.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1
    scanner.feed(bytes.subarray(at, at + size))
    at += size
  }
  return { parts, complete: scanner.complete }
}

const part = (head: string, data: string) => ({ head, data, ended: true })

it('splits a body into its parts', () => {
  const body = '--b\r\nA: 1\r\nB: 2\r\n\r\none\r\n--b\r\n\r\ntwo\r\n--b--\r\n'
  expect(scan(body, 'b')).toEqual({ parts: [part('A: 1\r\nB: 2', 'one'), part('', 'two')], complete: true })
})

it.each([
  ['nothing before and after', '--b\r\n\r\nx\r\n--b--'],
  ['text before and after', 'preamble\r\n--b\r\n\r\nx\r\n--b--\r\nepilogue --b\r\n\r\ny'],
  ['an empty line before', '\r\n--b\r\n\r\nx\r\n--b--'],
  ['padding after the boundaries', '--b \t \r\n\r\nx\r\n--b--  '],
])('takes %s', (_, body) => {
  expect(scan(body, 'b')).toEqual({ parts: [part('', 'x')], complete: true })
})

it.each([
  '',
  'x',
  '\r\n',
  '\r',
  '\r\n--',
  '\r\n--bx',
  '\r\n--b-x',
  '\r\n--b \rx',
  '\r\n--b\r\r\n',
  '--b',
  '--b--',
  '\r\n-',
  'a\r\n\r\n--B--\r\n',
  '\r\n--b\n',
  '\r\r\n',
  `\r\n--b${' '.repeat(80)}`,
])('takes %j for data', (data) => {
  expect(scan(`--b\r\n\r\n${data}\r\n--b--`, 'b')).toEqual({ parts: [part('', data)], complete: true })
})

it('finds boundaries made of any characters', () => {
  for (const boundary of ["'()+_,-./:=?", '----', 'a b', '='.repeat(200), '--b--'])
    expect(scan(`--${boundary}\r\n\r\nx\r\n--${boundary}--`, boundary).parts).toEqual([part('', 'x')])
})

it('says when a body ends too early', () => {
  const body = '--b\r\nA: 1\r\n\r\none\r\n--b--'
  for (let length = 0; length < body.length; length += 1) {
    const begun = body.slice(0, length).startsWith('--b')
    expect([length, scan(body.slice(0, length), 'b').complete]).toEqual([length, !begun])
  }
  expect(scan(body, 'b').complete).toBe(true)
})

it('refuses endless headers without keeping them', () => {
  const body = `--b\r\nA: ${'x'.repeat(partHeadLimit)}\r\n\r\n`
  for (const sizes of [[1], [1_000], [1 << 20]]) expect(() => scan(body, 'b', sizes)).toThrow(MultipartError)
  const allowed = `--b\r\nA: ${'x'.repeat(partHeadLimit - 10)}\r\n\r\nx\r\n--b--`
  for (const sizes of [[7], [1 << 20]]) expect(scan(allowed, 'b', sizes).parts[0]?.data).toBe('x')
})

it('finds the same however the body is cut', () => {
  fc.assert(
    fc.property(aBody, someSizes, ({ body, parts }, sizes) => {
      expect(scan(body, boundary)).toEqual({ parts, complete: true })
      expect(scan(body, boundary, sizes)).toEqual({ parts, complete: true })
    }),
    { numRuns: 500 },
  )
})

it('finds the same in damaged bodies however they are cut, and never fails otherwise than by its error', () => {
  fc.assert(
    fc.property(
      aBody,
      fc.array(aDamage, { minLength: 1, maxLength: 4 }),
      someSizes,
      ({ body }, damages, sizes) => {
        const damaged = damages.reduce((text, damage) => damage(text), body)
        expect(outcome(() => scan(damaged, boundary, sizes))).toEqual(outcome(() => scan(damaged, boundary)))
      },
    ),
    { numRuns: 500 },
  )
})

const boundary = 'b-'

/** Text of nothing but what boundaries are made of: as treacherous as data can be. */
const treacherous = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '-', '--', '--b-', '\r\n--b', '\r\n--b-', ' ', 'x', '\xff'), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''))
  // What the data must not hold, also together with what follows it.
  .filter((data) => !/\r\n--b-(--|[ \t]*\r\n)/.test(`\r\n${data}\r\n--b-`))

const aBody = fc
  .record({
    preamble: fc.constantFrom('', 'hello\r\n', '\r\n', '--b\r\n'),
    parts: fc.array(fc.record({ head: fc.constantFrom('', 'A: 1', 'A: 1\r\nB: \xe9'), data: treacherous }), {
      minLength: 1,
      maxLength: 3,
    }),
    epilogue: fc.constantFrom('', '\r\n', '\r\n--b-\r\n\r\nmore'),
  })
  .map(({ preamble, parts, epilogue }) => ({
    body: `${preamble}${parts.map(({ head, data }) => `--b-\r\n${head === '' ? '' : `${head}\r\n`}\r\n${data}\r\n`).join('')}--b---${epilogue}`,
    parts: parts.map(({ head, data }) => part(head, data)),
  }))

const someSizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

const aDamage: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc.nat(200).map((at) => (text: string) => text.slice(0, at)),
  fc.tuple(fc.nat(200), fc.nat(20)).map(
    ([at, length]) =>
      (text: string) =>
        text.slice(0, at) + text.slice(at + length),
  ),
  fc
    .tuple(
      fc.nat(200),
      fc.constantFrom('\r', '\n', '\r\n', '-', '--b-', '\r\n--b-', '\r\n\r\n', '\0', '"', ';'),
    )
    .map(
      ([at, inserted]) =>
        (text: string) =>
          text.slice(0, at) + inserted + text.slice(at),
    ),
)

function outcome(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof MultipartError) return error.message
    throw error
  }
}
