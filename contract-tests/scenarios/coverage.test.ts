import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { steps } from '../../examples/tutorial/steps/index.ts'
import { coverageGrid, isUnexplained, staleEntries } from '../harness/coverage-grid.ts'
import { neverOnLive } from '../harness/not-run.ts'
import { recordedScenarios } from '../harness/recording/cassette-file.ts'
import { type TargetKind, targetKinds } from '../harness/target.ts'
import { scenarios } from './index.ts'
import { toldOfTheTutorial } from './of-the-tutorial.ts'
import { unreachable } from './unreachable.ts'

const recorded = await recordedScenarios(fileURLToPath(new URL('../recordings', import.meta.url)))
const grid = coverageGrid({ scenarios, unreachable, recorded })

it('leaves no described answer of any operation without a scenario or a reason, on any target', () => {
  const unexplained = grid
    .filter((cell) => isUnexplained(cell))
    .map(({ operationId, status }) => `${operationId} ${status}`)
  expect(unexplained).toEqual([])
})

it('says of each scenario that no real platform is told whether that is for money, a permission, others or what else', () => {
  const kept = scenarios.filter(({ notOnLive }) => notOnLive !== undefined)
  expect(kept.length).toBeGreaterThan(10)
  for (const { id, notOnLive } of kept) {
    expect(neverOnLive, id).toContain(notOnLive?.kind)
    expect(notOnLive?.text, id).toMatch(/\.$/)
  }
  expect(new Set(kept.map(({ notOnLive }) => notOnLive?.kind))).toEqual(
    new Set(['costs-money', 'cannot-be-provoked', 'cannot-be-undone', 'concerns-others']),
  )
})

it('has a recording of every scenario that a real platform is told, and of no other', () => {
  const told = scenarios.filter(({ notOnLive }) => notOnLive === undefined).map(({ id }) => id)
  expect([...recorded].sort()).toEqual(told.sort())
})

it('misses on a real platform, and on its recordings, what scenarios keep from it, for their reasons', () => {
  const at = (operationId: string, status: number, target: TargetKind) =>
    grid.find((cell) => cell.operationId === operationId && cell.status === status)?.targets[target]
  expect(at('shareJob', 200, 'mock')).toEqual({ state: 'covered', scenarios: ['jobs/share'], reasons: [] })
  for (const target of ['live', 'replay'] as const) {
    expect(at('shareJob', 200, target)).toMatchObject({
      state: 'unreachable',
      scenarios: [],
      reasons: [{ kind: 'concerns-others' }],
    })
    expect(at('submitStorageDevice', 200, target)?.reasons).toMatchObject([{ kind: 'costs-money' }])
    expect(at('getJob', 429, target)?.reasons).toMatchObject([{ kind: 'cannot-be-provoked' }])
  }
  for (const target of targetKinds)
    expect(at('submitJob', 403, target)?.reasons).toMatchObject([{ kind: 'needs-permission' }])
  const unrecorded = coverageGrid({ scenarios, unreachable, recorded: new Set(['files/lines']) })
  const states = unrecorded
    .filter(({ operationId }) => operationId === 'getFile' || operationId === 'listFileLines')
    .map(({ operationId, status, targets: { live, replay } }) => [
      operationId,
      status,
      live.state,
      replay.state,
      replay.reasons.map(({ kind }) => kind),
    ])
  expect(states).toContainEqual(['listFileLines', 400, 'covered', 'covered', []])
  expect(states).toContainEqual(['getFile', 200, 'covered', 'unreachable', ['not-recorded']])
})

it('speaks of no answer that is not described, and gives no reason for what is covered', () => {
  expect(staleEntries({ scenarios, unreachable })).toEqual([])
})

it('finds cells that nobody explains, and entries that are out of date', () => {
  const sources = { scenarios: [], unreachable: [], recorded: new Set<string>() }
  expect(coverageGrid(sources).every((cell) => isUnexplained(cell))).toBe(true)
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
