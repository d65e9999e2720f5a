import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PlannedFile } from './executor.ts'
import { minute, second } from './instant.ts'
import { cutAt, grownContent, grownSize } from './planned-growth.ts'

const growing = (size: number): PlannedFile => ({
  relativePath: 'field.dat',
  from: 10 * second,
  after: 70 * second,
  content: { size, make: () => Uint8Array.from({ length: size }, (_, index) => index % 251) },
})

it('is not there before it appears, grows evenly, and stays as it is then', () => {
  const file = growing(600)
  const sizes = [0, 10, 40, 69, 70, 500].map((seconds) => grownSize(file, seconds * second))
  expect(sizes).toEqual([null, 0, 300, 590, 600, 600])
})

it('appears complete without a time to grow', () => {
  const file: PlannedFile = { relativePath: 'a', after: minute, content: new Uint8Array(5) }
  expect([grownSize(file, minute - 1), grownSize(file, minute)]).toEqual([null, 5])
})

it('appears complete when its bytes are those of another file', () => {
  const stored = { id: 'bytes-1', size: 100, sha512: 'ff' }
  const file: PlannedFile = { relativePath: 'a', from: 0, after: minute, content: stored }
  expect(grownContent(file, minute - 1)).toBeNull()
  expect(grownContent(file, minute)).toBe(stored)
})

it('is a beginning of all that it is later, with as many bytes as it says', () => {
  const time = fc.integer({ min: 0, max: 100 * second })
  fc.assert(
    fc.property(fc.nat(2000), time, time, (size, one, other) => {
      const file = growing(size)
      const [early, late] = [Math.min(one, other), Math.max(one, other)].map(
        (at) => grownContent(file, at) as Uint8Array | null,
      )
      expect(late?.length ?? null).toBe(grownSize(file, Math.max(one, other)))
      if (early) expect(late?.subarray(0, early.length)).toEqual(early)
    }),
  )
})

it('can stop growing', () => {
  const cut = cutAt(growing(600), 40 * second)
  expect(cut && grownContent(cut, 40 * second)).toHaveLength(300)
  expect(cut && grownContent(cut, 100 * second)).toHaveLength(300)
  expect(cutAt(growing(600), 5 * second)).toBeNull()
  expect(cutAt(growing(600), 80 * second)?.after).toBe(70 * second)
})
