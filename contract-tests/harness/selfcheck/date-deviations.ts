import { isList, isObject, type Json } from '../json.ts'
import type { Deviation, Spoiler } from './deviation.ts'
import { withJson } from './field-deviations.ts'
import { groupOf, groups } from './groups.ts'

/** Of every group of operations, one: something is over before it began. */
export const dateDeviations: readonly Deviation[] = groups.map((group) => ({
  id: `${group} order`,
  group,
  class: 'order',
  text: 'ends something before it began',
  create: () => overTooSoon(group),
}))

const overTooSoon =
  (group: string): Spoiler =>
  ({ operationId, answer }) => {
    if (groupOf(operationId) !== group || answer.body.kind !== 'json') return null
    const value = turned(answer.body.value)
    return value === null ? null : withJson(answer, value)
  }

/** The first object with both dates, its end years ago. */
function turned(value: Json): Json | null {
  if (isList(value))
    return inOne(
      value.map((item, index) => [index, item] as const),
      (index, changed) => value.with(index, changed),
    )
  if (!isObject(value)) return null
  const { dateInserted, dateStarted = dateInserted, dateCompleted } = value
  if (typeof dateStarted === 'string' && typeof dateCompleted === 'string')
    return { ...value, dateCompleted: dateCompleted.replace(/^\d{4}/, '2001') }
  return inOne(Object.entries(value), (key, changed) => ({ ...value, [key]: changed }))
}

function inOne<Key>(
  parts: readonly (readonly [Key, Json])[],
  put: (key: Key, changed: Json) => Json,
): Json | null {
  for (const [key, part] of parts) {
    const changed = turned(part)
    if (changed !== null) return put(key, changed)
  }
  return null
}
