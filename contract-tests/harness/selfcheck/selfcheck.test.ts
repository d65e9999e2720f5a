import { expect, it } from 'vitest'
import { scenarios } from '../../scenarios/index.ts'
import { loadChecks } from '../checks/load-checks.ts'
import { mockTarget } from '../targets/mock-target.ts'
import type { Deviation } from './deviation.ts'
import { changedField } from './echo-deviations.ts'
import { withJson } from './field-deviations.ts'
import { of } from './related.ts'
import { type DeviationResult, selfcheck } from './selfcheck.ts'

const { check } = await loadChecks()

async function outcomeOf(deviation: Deviation, ...ids: string[]): Promise<DeviationResult | undefined> {
  const { deviations } = await selfcheck({
    scenarios: scenarios.filter(({ id }) => ids.includes(id)),
    openTarget: async () => mockTarget(),
    run: { clock: { now: () => new Date(0), elapsedMs: () => 0 }, check },
    deviations: [deviation],
    variations: [],
  })
  return deviations[0]
}

/** The platform answers who its user is with a list. */
const noUser = (group: string, operationId?: Deviation['operationId']): Deviation => ({
  id: 'no user',
  group,
  class: 'type',
  text: 'answers a list',
  ...(operationId && { operationId }),
  create:
    () =>
    ({ operationId, answer }) =>
      operationId === 'getCurrentUser' && answer.status === 200 ? withJson(answer, []) : null,
})

it('counts a deviation as found only where it is told of the operations that it is about', async () => {
  expect(await outcomeOf(noUser('users'), 'access/who-am-i')).toMatchObject({ outcome: 'found' })
  expect(await outcomeOf(noUser('jobs'), 'access/who-am-i')).toMatchObject({ outcome: 'misnamed' })
  expect(await outcomeOf(noUser('users', 'listMyProjects'), 'access/who-am-i')).toMatchObject({
    outcome: 'misnamed',
  })
})

it('does not take one relation for another', async () => {
  const renamed = () => changedField('getJob', 'name')
  expect(await outcomeOf(of('read-after-write', 'jobs', 'x', renamed), 'jobs/create')).toMatchObject({
    outcome: 'found',
  })
  expect(await outcomeOf(of('echo', 'jobs', 'x', renamed), 'jobs/create')).toMatchObject({
    outcome: 'misnamed',
  })
})
