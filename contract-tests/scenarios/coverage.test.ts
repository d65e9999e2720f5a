import { expect, it } from 'vitest'
import { steps } from '../../examples/tutorial/steps/index.ts'
import { coverageGrid, staleEntries } from '../harness/coverage-grid.ts'
import { scenarios } from './index.ts'
import { toldOfTheTutorial } from './of-the-tutorial.ts'
import { unreachable } from './unreachable.ts'

it('leaves no described answer of any operation without a scenario or a reason', () => {
  const unexplained = coverageGrid({ scenarios, unreachable })
    .filter(({ state }) => state === 'unexplained')
    .map(({ operationId, status }) => `${operationId} ${status}`)
  expect(unexplained).toEqual([])
})

it('speaks of no answer that is not described, and gives no reason for what is covered', () => {
  expect(staleEntries({ scenarios, unreachable })).toEqual([])
})

it('finds cells that nobody explains, and entries that are out of date', () => {
  const sources = { scenarios: [], unreachable: [] }
  expect(coverageGrid(sources).every(({ state }) => state === 'unexplained')).toBe(true)
  const [one] = scenarios
  if (!one) throw new Error('there are scenarios')
  const covered = { operationId: 'getJob', status: 200, kind: 'costs-money', text: 'x' } as const
  const stale = staleEntries({
    scenarios: [
      {
        ...one,
        covers: [
          ['getJob', 200],
          ['getJob', 599],
        ],
      },
    ],
    unreachable: [covered, { ...covered, status: 598 }],
  })
  expect(stale).toEqual([
    'getJob 598 is not described',
    'getJob 200 is called unreachable, and covered',
    'getJob 599 is covered, and not described',
  ])
})

it('has scenarios of different names, grouped by what they are about', () => {
  const ids = scenarios.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.filter((id) => !/^[a-z-]+\/[a-z0-9-]+$/.test(id))).toEqual([])
})

it('tells every step of the tutorial, by scenarios that there are, or says why there is nothing to tell', () => {
  expect(Object.keys(toldOfTheTutorial)).toEqual(steps.map(({ title }) => title))
  const ids = new Set(scenarios.map(({ id }) => id))
  const named = Object.entries(toldOfTheTutorial).flatMap(([title, told]) =>
    'nothing' in told ? [] : told.length > 0 ? told.filter((id) => !ids.has(id)) : [`nothing for ${title}`],
  )
  expect(named).toEqual([])
})
