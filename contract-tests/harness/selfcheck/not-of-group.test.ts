import { expect, it } from 'vitest'
import { requestSchemas } from '../../../openapi/generated/request-schemas.ts'
import { routes } from '../../../openapi/generated/routes.ts'
import { description } from '../../../openapi/testing/description.ts'
import { allDeviations } from './corpus.ts'
import type { Deviation } from './deviation.ts'
import { groupOf, groups } from './groups.ts'
import { inapplicable, type WhyNot } from './inapplicable.ts'
import { platformKinds } from './kinds.ts'
import { notOfGroup } from './not-of-group.ts'

const cellOf = ({ rule, class: kind, group, operationId }: Deviation): string =>
  `${rule ?? kind} of ${operationId ? groupOf(operationId) : group}`

const deviations = allDeviations(description)
const cells = platformKinds.flatMap((kind) => groups.map((group) => `${kind} of ${group}`))
const without = notOfGroup.flatMap(({ kinds, groups }) =>
  kinds.flatMap((kind) => groups.map((group) => `${kind} of ${group}`)),
)

it('has a deviation of every kind for every group of operations, or a reason why there can be none', () => {
  // Whether each of these is seeded and found, or why no answer is there for it, is for the self-check itself.
  const tried = new Set(deviations.map(cellOf))
  const reasons = new Set(without)
  expect(cells.filter((cell) => !tried.has(cell) && !reasons.has(cell))).toEqual([])
  expect(without.filter((cell) => tried.has(cell))).toEqual([])
  expect(without.filter((cell) => !cells.includes(cell))).toEqual([])
  expect(new Set(without).size).toBe(without.length)
})

it('calls no deviation inapplicable that there is not', () => {
  const ids = new Set(deviations.map(({ id }) => id))
  expect([...inapplicable.keys()].filter((id) => !ids.has(id))).toEqual([])
})

/** Whose body is looked at. */
const hasBody = new Set<string>([
  ...Object.entries(requestSchemas).flatMap(([id, { type }]) => (type === undefined ? [] : id)),
  ...routes.flatMap(({ operationId, requestBody }) => (requestBody?.kind === 'multipart' ? operationId : [])),
])

/** Of reasons that the description itself can confirm: what no operation of the group may have. */
const absent: Partial<Record<WhyNot, (route: (typeof routes)[number]) => boolean>> = {
  'no-pages': ({ parameters }) => parameters.some(({ name }) => name === 'page'),
  'nothing-written': ({ operationId }) => hasBody.has(operationId),
  'nothing-deleted': ({ method }) => method === 'DELETE',
  'no-bytes': ({ operationId }) => operationId === 'downloadFile',
}

it.each(Object.entries(absent))('gives the reason %s only where the description says so', (why, has) => {
  const given = notOfGroup.filter((one) => one.why === why).flatMap((one) => one.groups)
  expect(given.length).toBeGreaterThan(0)
  const wrong = routes.filter((route) => given.includes(route.tag) && has(route))
  expect(wrong.map(({ operationId }) => operationId)).toEqual([])
})
