import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LogLines } from './log-lines.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

function linesOf(chunks: readonly string[], limit = 1_000): string[] {
  const lines = new LogLines(limit)
  return [...chunks.flatMap((chunk) => lines.take(Buffer.from(chunk))), ...lines.rest()].map(text)
}

describe('the lines of a log', () => {
  it('end at a newline, a return, or both', () => {
    expect(linesOf(['one\ntwo\r\nthree\r\r\n\nfour\n'])).toEqual(['one', 'two', 'three', '', 'four'])
  })

  it('keep every state of a progress bar', () => {
    expect(linesOf(['10%\r20%\r100%\n', 'done'])).toEqual(['10%', '20%', '100%', 'done'])
  })

  it('end once when a return and its newline come apart', () => {
    expect(linesOf(['one\r', '\ntwo\n'])).toEqual(['one', 'two'])
  })

  it('are cut into pieces between characters when too long', () => {
    expect(linesOf(['aé€漢字z\n'], 4)).toEqual(['aé', '€', '漢', '字z'])
  })

  it('are the same however the bytes arrive', () => {
    const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r', '\r\n', 'é') })
    fc.assert(
      fc.property(fc.array(anyText), (chunks) => {
        expect(linesOf(chunks)).toEqual(linesOf([chunks.join('')]))
      }),
    )
  })

  it('lose no byte but line ends', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 50 })),
        fc.integer({ min: 4, max: 20 }),
        (chunks, limit) => {
          const lines = new LogLines(limit)
          const found = [...chunks.flatMap((chunk) => lines.take(chunk)), ...lines.rest()]
          const withoutEnds = (bytes: Uint8Array) =>
            Buffer.from(bytes.filter((byte) => byte !== 10 && byte !== 13))
          expect(Buffer.concat(found)).toEqual(withoutEnds(Buffer.concat(chunks)))
          expect(Math.max(0, ...found.map((line) => line.length))).toBeLessThanOrEqual(limit)
        },
      ),
    )
  })
})
