import { expect, it } from 'vitest'
import { MAX_REQUESTS, pieceBytes } from './piece-size.ts'

interface Progress {
  /** When all is there; 1 is what equal sharing without any request would take. */
  readonly time: number
  readonly pieces: number
  /** What the hash, which needs the bytes in order, can have seen by then. */
  readonly hashed: number
}

/** Plays a download with connections of these speeds, a hash that is so many times as fast as all of them together. */
function play(speeds: readonly number[], hashSpeed = 100): Progress {
  const size = 1e9
  const total = speeds.reduce((sum, speed) => sum + speed, 0)
  let [pending, pieces] = [size, 0]
  const take = () => {
    const state = { connections: speeds.length, pieces, maxPieces: MAX_REQUESTS, atFirst: size, pending }
    const bytes = Math.min(pending, pieceBytes(state))
    pending -= bytes
    pieces++
    return bytes
  }
  const ends: { at: number; bytes: number }[] = []
  const free = speeds.map((speed) => ({ speed: (speed / total) * size, at: 0 }))
  while (pending > 0) {
    const next = free.toSorted((a, b) => a.at - b.at)[0] ?? { speed: size, at: 0 }
    const bytes = take()
    next.at += bytes / next.speed
    ends.push({ at: next.at, bytes })
  }
  const time = Math.max(...ends.map(({ at }) => at))
  let hashed = 0
  let hashTime = 0
  for (const { at, bytes } of ends) {
    hashTime = Math.max(hashTime, at) + bytes / (size * hashSpeed)
    if (hashTime <= time) hashed += bytes / size
  }
  return { time, pieces, hashed }
}

it.each([2, 4, 8, 10, 16])('has %i equal connections done at the same time, within 20 requests', (count) => {
  const { time, pieces } = play(new Array<number>(count).fill(1))
  expect(pieces).toBeLessThanOrEqual(MAX_REQUESTS)
  expect(time).toBeLessThan(1.1)
})

it.each([4, 8, 10])(
  'lets the hash follow over %i connections, so that little is left to it at the end',
  (count) => {
    expect(play(new Array<number>(count).fill(1)).hashed).toBeGreaterThan(0.6)
  },
)

it('evens out connections of unequal speed, even before any takes over from another', () => {
  const speeds = [1, 1.2, 0.8, 1.1, 0.9, 1, 1.3, 0.7, 1, 1]
  expect(play(speeds).time).toBeLessThan(1.2)
})
