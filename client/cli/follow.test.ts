import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineFollower } from './follow.ts'

it('tells each line of a file that grows once, however it is looked at', () => {
  const steps = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 6, max: 12 }), (grown, windowLines) => {
      const follower = new LineFollower()
      const file: string[] = []
      const told: string[] = []
      for (const more of grown) {
        // As in a log, where each line has its second: no two are alike.
        for (let line = 0; line < more; line++) file.push(`line ${file.length}`)
        told.push(...follower.next(file.slice(-windowLines)))
      }
      told.push(...follower.next(file.slice(-windowLines), { isLast: true }))
      expect(told).toEqual(file)
    }),
  )
})

it('waits with the last line until it is whole', () => {
  const follower = new LineFollower()
  expect(follower.next(['one', 'tw'])).toEqual(['one'])
  expect(follower.next(['one', 'two', 'thr'])).toEqual(['two'])
  expect(follower.next(['one', 'two', 'three'], { isLast: true })).toEqual(['three'])
})
