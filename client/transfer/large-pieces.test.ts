import fc from 'fast-check'
import { expect, it } from 'vitest'
import { READ_BYTES } from './file-chunks.ts'
import { inLargePieces } from './large-pieces.ts'

/** Gives pieces of these lengths, each filled with its number, and spoils each once the next is asked for. */
async function* spoiled(lengths: readonly number[]) {
  for (const [index, length] of lengths.entries()) {
    const piece = Buffer.alloc(length, index + 1)
    yield piece
    piece.fill(0)
  }
}

const whole = (lengths: readonly number[]) =>
  Buffer.concat(lengths.map((length, index) => Buffer.alloc(length, index + 1)))

const length = fc.oneof(fc.nat(200), fc.integer({ min: 1, max: 2 * READ_BYTES }), fc.constant(READ_BYTES))
const lengths = fc.array(length, { maxLength: 12 })

it('gathers the same bytes, though each piece is overwritten once the next is asked for', () =>
  fc.assert(
    fc.asyncProperty(lengths, async (given) => {
      const copies: Uint8Array[] = []
      for await (const piece of inLargePieces(spoiled(given), { reuse: true }))
        copies.push(Uint8Array.from(piece))
      expect(Buffer.concat(copies).equals(whole(given))).toBe(true)
    }),
    { numRuns: 30 },
  ))

it('makes few pieces of many small ones, which belong to the taker unless they may be overwritten', async () => {
  const given = Array.from({ length: 200 }, () => 10_000)
  const kept: Uint8Array[] = []
  for await (const piece of inLargePieces(spoiled(given), { reuse: false })) kept.push(piece)
  expect(kept).toHaveLength(Math.ceil((200 * 10_000) / READ_BYTES))
  expect(Buffer.concat(kept).equals(whole(given))).toBe(true)
})

it('passes on large pieces as they are', async () => {
  const large = Buffer.alloc(READ_BYTES)
  const given = async function* () {
    yield Buffer.from('a')
    yield large
  }
  const found: Uint8Array[] = []
  for await (const piece of inLargePieces(given(), { reuse: false })) found.push(piece)
  expect(found[1]).toBe(large)
})
