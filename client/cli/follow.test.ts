import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MARK_LINES } from './file-pass.ts'
import { LineFollower } from './follow.ts'

/** What a look at the end of a file, or where that does not do at all of it, tells. No more than `most` are given. */
function look(
  follower: LineFollower,
  file: readonly string[],
  windowLines: number,
  most = windowLines,
): string[] {
  const window = file.slice(-Math.min(windowLines, most))
  const fresh = follower.inWindow(window, window.length < windowLines)
  return fresh ?? through(follower, file.slice(0, -1))
}

function through(follower: LineFollower, file: readonly string[]): string[] {
  const pass = follower.fromStart()
  const half = Math.floor(file.length / 2)
  const fresh = [...pass.take(file.slice(0, half)), ...pass.take(file.slice(half)), ...pass.end()]
  if (!pass.isOther) return fresh
  follower.startOver()
  return through(follower, file)
}

const WINDOW = MARK_LINES + 200

/** Files that grow by as much as two windows between two looks, their lines all different, alike now and then, or equal. */
const growths = fc.record({
  steps: fc.array(fc.nat({ max: 2 * WINDOW }), { minLength: 1, maxLength: 8 }),
  different: fc.constantFrom(1, 2, 700, Number.POSITIVE_INFINITY),
  most: fc.constantFrom(WINDOW, MARK_LINES + 50, 200),
})

it.each([
  ['from its start', undefined],
  ['from its last lines', 150],
  ['from its end', 0],
])(
  'tells each line of a file once, %s on, however fast it grows and however its lines repeat',
  (_, first) => {
    fc.assert(
      fc.property(growths, ({ steps, different, most }) => {
        const follower = new LineFollower(first)
        const file: string[] = []
        const told: string[] = []
        let atFirst: number | undefined
        for (const more of steps) {
          for (let line = 0; line < more; line++) file.push(`line ${file.length % different}`)
          atFirst ??= Math.max(0, file.length - 1)
          told.push(...look(follower, file, WINDOW, most))
        }
        told.push(...through(follower, file))
        const from = first === undefined ? 0 : Math.max(0, (atFirst ?? 0) - first)
        expect(told).toEqual(file.slice(from))
      }),
      { numRuns: 60 },
    )
  },
)

it('goes on where a way through the file broke off', () => {
  const follower = new LineFollower()
  const file = ['one', 'two', 'three']
  expect(follower.fromStart().take(file.slice(0, 2))).toEqual(['one', 'two'])
  expect(through(follower, file)).toEqual(['three'])
})

it('waits with the last line until it is whole', () => {
  const follower = new LineFollower()
  expect(look(follower, ['one', 'tw'], WINDOW)).toEqual(['one'])
  expect(look(follower, ['one', 'two', 'thr'], WINDOW)).toEqual(['two'])
  expect(through(follower, ['one', 'two', 'three'])).toEqual(['three'])
})

it('has what was seen and not told where there is nothing more to look at', () => {
  const waiting = new LineFollower()
  look(waiting, ['one', ''], WINDOW)
  look(waiting, ['one', 'two'], WINDOW)
  expect([waiting.rest(), waiting.rest()]).toEqual([['two'], []])
  const unread = new LineFollower()
  expect(unread.inWindow(['one', 'two'], true)).toBeUndefined()
  expect(unread.rest()).toEqual(['one', 'two'])
  const unfinished = new LineFollower()
  const pass = unfinished.fromStart()
  expect([pass.take(['one']), pass.end(['tw']), unfinished.rest()]).toEqual([['one'], [], ['tw']])
})

it('tells a file from its start that took the place of the one before', () => {
  const follower = new LineFollower()
  look(follower, ['one', 'two', 'three', ''], WINDOW)
  expect(look(follower, ['uno', 'due', 'tre', 'quattro', ''], WINDOW)).toEqual([
    'uno',
    'due',
    'tre',
    'quattro',
  ])
  expect(look(follower, ['eins', ''], WINDOW)).toEqual(['eins'])
})
