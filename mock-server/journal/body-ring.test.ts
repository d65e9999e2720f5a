import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BodyRing } from './body-ring.ts'

// As many as four of the longest.
const LIMIT = 360_000

it('gives back what was put in, until newer bytes need its place', () => {
  const bodies = fc.array(fc.oneof(fc.string({ unit: fc.constantFrom(...'aé😀') }), fc.nat(90_000)), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(bodies, (given) => {
      const ring = new BodyRing(LIMIT)
      const kept = given.map((body) => {
        const text = typeof body === 'string' ? body : 'x'.repeat(body)
        return { text, slice: ring.addText(text, Buffer.byteLength(text)) }
      })
      for (const { text, slice } of kept.filter((one) => one.slice.at >= ring.start))
        expect(ring.bytesOf(slice).equals(Buffer.from(text))).toBe(true)
      // The latest ones fit, whatever was skipped at the end.
      expect(kept.slice(-2).every(({ slice }) => slice.at >= ring.start)).toBe(true)
      expect(ring.capacity).toBeLessThanOrEqual(LIMIT)
    }),
    { numRuns: 50 },
  )
})

it('takes memory as it is needed', () => {
  const ring = new BodyRing(8 << 20)
  expect(ring.capacity).toBe(0)
  ring.add(new Uint8Array(10))
  expect(ring.capacity).toBe(64 << 10)
  ring.clear()
  expect(ring.capacity).toBe(0)
})
