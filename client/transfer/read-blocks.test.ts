import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ReadBlocks } from './read-blocks.ts'

it('never fills memory again that somebody still has', () => {
  const step = fc.record({
    length: fc.integer({ min: 1, max: 2 ** 21 }),
    giveBack: fc.nat(5),
    keep: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const blocks = new ReadBlocks()
      const held: { chunk: Uint8Array; mark: number }[] = []
      steps.forEach(({ length, giveBack, keep }, mark) => {
        const room = blocks.room()
        // As a socket does: it fills the room that it was given last, up to its end.
        const filled = Math.min(length, room.byteLength)
        room.fill(mark, 0, filled)
        const chunk = blocks.take(filled)
        expect(chunk.byteLength).toBe(filled)
        if (!keep) held.push({ chunk, mark })
        for (const one of held.splice(0, giveBack)) {
          expect(one.chunk.every((byte) => byte === one.mark)).toBe(true)
          blocks.giveBack(one.chunk)
        }
      })
      for (const { chunk, mark } of held) expect(chunk.every((byte) => byte === mark)).toBe(true)
    }),
    { numRuns: 20 },
  )
})

it('uses the same memory again once all of it was given back', () => {
  const blocks = new ReadBlocks()
  const seen = new Set<ArrayBufferLike>()
  for (let round = 0; round < 200; round++) {
    const chunk = blocks.take(blocks.room().byteLength)
    seen.add(chunk.buffer)
    blocks.giveBack(chunk)
  }
  expect(seen.size).toBeLessThanOrEqual(3)
})
