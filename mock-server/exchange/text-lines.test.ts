import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { FileStore } from '../domain/file-store.ts'
import { memoryFileStore } from '../stores/memory-file-store.ts'
import { linesCountLimit, linesSizeLimit, nulSearchLimit, textLines } from './text-lines.ts'

/** Reads in pieces of a few bytes, so that they part lines and characters anywhere. */
const inPieces = (bytes: Buffer, piece: number): FileStore => ({
  ...memoryFileStore(),
  async *read() {
    for (let from = 0; from < bytes.length; from += piece) yield bytes.subarray(from, from + piece)
  },
})

const linesOf = (bytes: Buffer, piece = 3) =>
  textLines(inPieces(bytes, piece), { id: 'x', size: bytes.length, sha512: '' })

it.each([
  ['', []],
  ['\n', ['\n']],
  ['one\ntwo\n', ['one\n', 'two\n']],
  ['one\ntwo', ['one\n', 'two']],
  ['one\r\n\r\ntwo', ['one\r\n', '\r\n', 'two']],
  ['a\u2028b\vc', ['a\u2028b\vc']],
  ['\ufeffbom\n', ['\ufeffbom\n']],
])('splits %j at line feeds alone', async (text, lines) => {
  expect(await linesOf(Buffer.from(text))).toEqual(lines)
})

it('loses nothing of any text, however it comes in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('\n')))
        .filter((parts) => !parts.join('').includes('\0')),
      fc.integer({ min: 1, max: 9 }),
      async (parts, piece) => {
        const lines = await linesOf(Buffer.from(parts.join('')), piece)
        if (typeof lines === 'string') throw new Error(lines)
        expect(lines.join('')).toBe(parts.join(''))
        for (const [index, line] of lines.entries()) {
          expect(line.indexOf('\n')).toBe(
            index === lines.length - 1 && !line.endsWith('\n') ? -1 : line.length - 1,
          )
        }
      },
    ),
  )
})

it('replaces what is not UTF-8', async () => {
  expect(await linesOf(Buffer.from([0x61, 0xff, 0x0a, 0xe2, 0x82]), 1)).toEqual(['a\ufffd\n', '\ufffd'])
})

it('refuses what is not text, by the NUL bytes that binary files have early', async () => {
  expect(await linesOf(Buffer.from('one\n\0two'))).toBe('not-text')
  const late = Buffer.concat([Buffer.alloc(nulSearchLimit, 'a'), Buffer.from('\0\n')])
  expect(await linesOf(late, 100)).toHaveLength(1)
})

it('refuses what is too large for one answer', async () => {
  const none = { id: 'x', sha512: '' }
  expect(await textLines(memoryFileStore(), { ...none, size: linesSizeLimit + 1 })).toBe('too-large')
  expect(await linesOf(Buffer.alloc(linesCountLimit + 1, '\n'), 1 << 20)).toBe('too-large')
})
