import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OpenLiveFile } from '../domain/executor.ts'
import { fileTypeOf } from './file-type.ts'
import { lastLines, tailBytesLimit } from './tail-lines.ts'

function aFile(bytes: Uint8Array) {
  let bytesRead = 0
  const file: OpenLiveFile = {
    relativePath: 'a',
    size: bytes.length,
    async *read(start, end) {
      bytesRead += end - start
      yield bytes.subarray(start, end)
    },
    close: async () => {},
  }
  return { file, bytesRead: () => bytesRead }
}

const tail = (text: string, count: number) => lastLines(aFile(Buffer.from(text)).file, count)

it.each([
  ['', 3, []],
  ['\n', 3, ['']],
  ['a\nb\nc\n', 2, ['b', 'c']],
  ['a\nb\nunfinished', 2, ['b', 'unfinished']],
  ['a\r\n\nb\n', 9, ['a\r', '', 'b']],
])('reads the last lines of %j', async (text, count, lines) => {
  expect(await tail(text, count)).toEqual(lines)
})

it('reads as many lines as a text has, however long they are', async () => {
  const line = fc.string({ unit: fc.constantFrom('a', 'π', '\u{1f300}', ' '), maxLength: 40 })
  const text = fc.array(line, { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(1, 2000),
      async (lines, count, times) => {
        const long = lines.map((one) => one.repeat(times))
        expect(await tail(long.map((one) => `${one}\n`).join(''), count)).toEqual(long.slice(-count))
      },
    ),
    { numRuns: 60 },
  )
})

it('reads the end of a large file only', async () => {
  const { file, bytesRead } = aFile(Buffer.alloc(8 << 20, 'lines\n'))
  expect(await lastLines(file, 10)).toHaveLength(10)
  expect(bytesRead()).toBeLessThan(200_000)
})

it('gives up looking for lines where there are none', async () => {
  const { file, bytesRead } = aFile(Buffer.alloc(tailBytesLimit + (1 << 20), 'x'))
  const [line] = await lastLines(file, 1)
  expect(line?.length).toBe(tailBytesLimit)
  expect(bytesRead()).toBe(tailBytesLimit)
})

it.each([
  ['', 'empty'],
  ['plain\ttext\r\n\x1b[1mbold', 'ASCII text'],
  ['π ≈ 3', 'UTF-8 Unicode text'],
  [Buffer.from('π').subarray(0, 1), 'UTF-8 Unicode text'],
  [Buffer.from([0xe4, 0x20, 0x41]), 'ISO-8859 text'],
  [Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'data'],
  [Buffer.from([0x41, 0x00]), 'data'],
])('says of %j that it is %s', (head, type) => {
  expect(fileTypeOf(Buffer.from(head as string))).toBe(type)
})
