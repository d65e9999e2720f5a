import type { Description } from '../../../openapi/openapi-document.ts'
import type { FindingClass } from '../finding.ts'
import { isList, isObject, type Json } from '../json.ts'
import type { WholeAnswer, WholeExchange } from './answer.ts'
import type { Deviation } from './deviation.ts'
import { groupOf, groups } from './groups.ts'
import { fieldsFinder, type PresentField, replaced } from './places.ts'

/** What can go wrong with one field of a body. */
interface FieldKind {
  readonly class: FindingClass
  readonly text: string
  /** The value that does it; undefined leaves the field out; null where the field will not do. */
  spoil(field: PresentField): { readonly by: Json | undefined } | null
}

const kinds: readonly FieldKind[] = [
  {
    class: 'missing-field',
    text: 'leaves out a required field',
    spoil: ({ required }) => (required ? { by: undefined } : null),
  },
  {
    class: 'type',
    text: 'gives a field another type',
    spoil: ({ schema, value }) => {
      const type = schema.type
      if (type === 'string' && typeof value === 'string') return { by: 12345 }
      return (type === 'integer' || type === 'number') && typeof value === 'number' ? { by: 'many' } : null
    },
  },
  {
    class: 'nullability',
    text: 'gives null where it is not described',
    spoil: ({ schema, value, required }) => {
      const types = [schema.type].flat()
      const isPlain =
        types.length === 1 && ['string', 'integer', 'number', 'boolean'].includes(String(types[0]))
      return isPlain && required && value !== null && !schema.enum ? { by: null } : null
    },
  },
  {
    class: 'undocumented-enum-value',
    text: 'gives a value that is not in the list',
    spoil: ({ schema, value }) => (schema.enum && typeof value === 'string' ? { by: 'Daydreaming' } : null),
  },
  {
    class: 'constraint',
    text: 'gives a number below its bound',
    spoil: ({ schema, value }) =>
      typeof schema.minimum === 'number' && typeof value === 'number' ? { by: schema.minimum - 1 } : null,
  },
  {
    class: 'format-class',
    text: 'writes a date otherwise',
    spoil: ({ value }) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)
        ? { by: value.replace('T', ' ').replace(/\..*|Z$|\+.*$/, '') }
        : null,
  },
]

/** Of every group of operations, one of each kind, wherever an answer of the group has a field for it. */
export function fieldDeviations(description: Description): Deviation[] {
  const fieldsOf = fieldsFinder(description)
  return groups.flatMap((group) => [
    // The API's root is a map from names to addresses: one more is no deviation.
    ...(group === 'root' ? [] : [surplusField(group)]),
    ...kinds.map((kind) => fieldDeviation(group, kind, fieldsOf)),
  ])
}

const isGood = ({ answer }: WholeExchange): boolean => answer.status >= 200 && answer.status < 300

function fieldDeviation(
  group: string,
  kind: FieldKind,
  fieldsOf: ReturnType<typeof fieldsFinder>,
): Deviation {
  return {
    id: `${group} ${kind.class}`,
    group,
    class: kind.class,
    text: kind.text,
    create: () => (exchange) => {
      const { body } = exchange.answer
      if (groupOf(exchange.operationId) !== group || !isGood(exchange) || body.kind !== 'json') return null
      for (const field of fieldsOf(exchange)) {
        const spoiled = kind.spoil(field)
        if (spoiled) return withJson(exchange.answer, replaced(body.value, field.pointer, spoiled.by))
      }
      return null
    },
  }
}

function surplusField(group: string): Deviation {
  return {
    id: `${group} undocumented-field`,
    group,
    class: 'undocumented-field',
    text: 'shows a field that is not described',
    create: () => (exchange) => {
      const { body } = exchange.answer
      if (groupOf(exchange.operationId) !== group || !isGood(exchange) || body.kind !== 'json') return null
      const value = withSurplus(body.value)
      return value === null ? null : withJson(exchange.answer, value)
    },
  }
}

/** Into the innermost of page, list and object: where a platform would add one. */
function withSurplus(value: Json): Json | null {
  if (isList(value)) {
    const [first, ...rest] = value
    const spoiled = first === undefined ? null : withSurplus(first)
    return spoiled === null ? null : [spoiled, ...rest]
  }
  if (!isObject(value)) return null
  const { results } = value
  if (isList(results) && results.length > 0) {
    const spoiled = withSurplus(results)
    return spoiled === null ? null : { ...value, results: spoiled }
  }
  return { ...value, brandNewField: 1 }
}

export const withJson = (answer: WholeAnswer, value: Json): WholeAnswer => ({
  ...answer,
  body: { kind: 'json', value },
})
