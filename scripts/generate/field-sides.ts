import type { FieldSides, OneWayFields } from '../../openapi/field-sides.ts'
import { escaped } from '../../openapi/json-pointer.ts'
import {
  type Described,
  type Description,
  describedOperations,
  type ResponseObject,
  resolve,
  type Schema,
} from '../../openapi/openapi-document.ts'
import { isJson } from './route-table.ts'

/**
 * Requests and answers have schemas of their own here, so nothing is marked `readOnly` or `writeOnly`: which fields
 * go one way only follows from what the two sides of one resource do not share.
 */
export function fieldSides(description: Description): FieldSides {
  const resources = byResource(description).map((operations) => sidesOf(description, operations))
  return {
    writeOnly: resources.flatMap(({ writeOnly }) => grouped(writeOnly)),
    readOnly: resources.flatMap(({ readOnly }) => grouped(readOnly)),
  }
}

type Missing = readonly [from: string, fields: readonly string[]]

function sidesOf(
  description: Description,
  operations: readonly Described[],
): { writeOnly: Missing[]; readOnly: Missing[] } {
  const requests = operations
    .map((one) => ({ id: one.operation.operationId, fields: sentFields(description, one) }))
    .filter(({ fields }) => fields.size > 0)
  const answers = operations.flatMap((one) => answerFields(description, one))
  const [sent, received] = [requests, answers].map((bodies) => union(bodies.map(({ fields }) => fields)))
  const without = (all: Set<string> = new Set(), known: Set<string> = new Set()) =>
    topmost([...all].filter((field) => !known.has(field)))
  const neverReceived = without(sent, received)
  return {
    writeOnly: answers.map(({ key, prefix }) => [key, neverReceived.map((field) => prefix + field)]),
    readOnly: requests.map(({ id, fields }) => [id, without(received, union([fields, sent ?? []]))]),
  }
}

/** Requests and answers that miss the same fields stand together. */
function grouped(all: readonly Missing[]): OneWayFields[] {
  const groups = new Map<string, OneWayFields>()
  for (const [from, fields] of all) {
    if (fields.length === 0) continue
    const key = fields.join(' ')
    groups.set(key, { missingFrom: [...(groups.get(key)?.missingFrom ?? []), from], fields })
  }
  return [...groups.values()]
}

/** `/jobs/` and `/jobs/{jobId}/` are about the same things. */
function byResource(description: Description): Described[][] {
  const groups = new Map<string, Described[]>()
  for (const described of describedOperations(description)) {
    const resource = described.path.replace(/\{\w+\}\/?$/, '')
    groups.set(resource, [...(groups.get(resource) ?? []), described])
  }
  return [...groups.values()]
}

function sentFields(description: Description, { operation }: Described): Set<string> {
  if (operation.requestBody === undefined) return new Set()
  const { content } = resolve(description, operation.requestBody)
  return union(
    Object.entries(content)
      .filter(([type]) => isJson(type))
      .map(([, { schema = {} }]) => fieldsOf(description, schema)),
  )
}

interface AnswerFields {
  readonly key: string
  /** Where the resource stands in the body: in a page, below `/results/*`; in a list, below each item. */
  readonly prefix: string
  readonly fields: Set<string>
}

function answerFields(description: Description, { operation }: Described): AnswerFields[] {
  return Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([status, response]) => {
      const { content = {} } = resolve<ResponseObject>(description, response)
      const all = union(Object.values(content).map(({ schema = {} }) => fieldsOf(description, schema)))
      const prefix = [inPage, inList].find((one) => [...all].some((field) => field.startsWith(one))) ?? ''
      const own = [...all]
        .filter((field) => field.startsWith(prefix))
        .map((field) => field.slice(prefix.length))
      return all.size === 0
        ? []
        : [{ key: `${operation.operationId} ${status}`, prefix, fields: new Set(own) }]
    })
}

const inPage = '/results/*'
const inList = '/*'

/** Deep enough for every schema there is, and an end for one that holds itself. */
const DEEPEST = 8

function fieldsOf(description: Description, given: Schema, depth = 0): Set<string> {
  if (depth > DEEPEST) return new Set()
  const schema = resolve<Schema>(description, given)
  const below = (step: string, part: Schema) =>
    [...fieldsOf(description, part, depth + 1)].map((field) => `/${step}${field}`)
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const step = escaped(name)
    return [`/${step}`, ...below(step, part)]
  })
  const items = schema.items === undefined ? [] : below('*', schema.items)
  const beside = [schema.allOf, schema.oneOf, schema.anyOf]
    .flatMap((parts) => parts ?? [])
    .map((part) => fieldsOf(description, part, depth + 1))
  return union([own, items, ...beside])
}

/** A field within one that is missing as a whole says nothing more. */
function topmost(fields: readonly string[]): string[] {
  return fields.filter((field) => !fields.some((other) => field.startsWith(`${other}/`))).sort()
}

const union = (sets: readonly Iterable<string>[]): Set<string> => new Set(sets.flatMap((set) => [...set]))
