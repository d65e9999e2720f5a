import { type Description, describedOperations } from '../../../openapi/openapi-document.ts'
import { jsonPath, quoted, type SchemaPlace, schemaPlaceOf } from '../../../openapi/schema-place.ts'
import type { Located } from '../../../openapi/schema-walk.ts'
import type { FindingClass } from '../finding.ts'
import type { Json, JsonObject } from '../json.ts'

/**
 * One action of an OpenAPI Overlay 1.1. What updates an object is merged into it, what updates a list is one more entry;
 * a text cannot become a list but by being taken away first (§4.4.3).
 */
export interface OverlayAction {
  /** JSONPath into the bundled description. */
  readonly target: string
  readonly description: string
  readonly update?: Json
  readonly remove?: true
}

/** What would mend a finding. */
export type Patch =
  /** To be applied in this order. */
  | { readonly kind: 'overlay'; readonly actions: readonly OverlayAction[] }
  /** A field that the mock should show, not show, or show otherwise; null where it is the status of the answer. */
  | {
      readonly kind: 'mock'
      readonly operationId: string
      readonly field: string | null
      readonly text: string
    }

export interface PatchSubject {
  readonly class: FindingClass
  readonly operationId: string | null
  readonly status: number | null
  readonly side: 'request' | 'response'
  readonly pointer: string
  /** A value that was seen there, where one was. */
  readonly example?: Json | undefined
  /** The day of the evidence. */
  readonly date: string
}

/** An overlay for the description; null where what to write cannot be told from what was seen. */
export function descriptionPatch(subject: PatchSubject, description: Description): Patch | null {
  const actions = overlayActions(subject, description)
  return actions.length === 0 ? null : { kind: 'overlay', actions }
}

function overlayActions(subject: PatchSubject, description: Description): readonly OverlayAction[] {
  if (subject.class === 'undocumented-status') return newAnswer(subject, description)
  const place = schemaPlaceOf(subject, description)
  if (place === null) return []
  switch (subject.class) {
    case 'undocumented-field':
      return newField(subject, place)
    case 'missing-field':
      return nowOptional(subject, place)
    case 'nullability':
      return nowNullable(subject, place)
    case 'undocumented-enum-value':
      return newEnumValue(subject, place)
    default:
      return []
  }
}

const evidence = ({ date }: PatchSubject): JsonObject => ({
  'x-evidence': { grade: 'observed', source: 'live', date },
})

function newAnswer(subject: PatchSubject, description: Description): OverlayAction[] {
  const { operationId, status, date } = subject
  const found = describedOperations(description).find(
    ({ operation }) => operation.operationId === operationId,
  )
  if (!found || status === null) return []
  return [
    {
      target: jsonPath(['paths', found.path, found.method, 'responses']),
      description: `${operationId} answers ${status}`,
      update: { [status]: { description: `Seen on ${date}.`, ...evidence(subject) } },
    },
  ]
}

function newField(subject: PatchSubject, { holder, key }: SchemaPlace): OverlayAction[] {
  if (subject.example === undefined || key === null) return []
  return [
    {
      target: jsonPath(holder.path),
      description: `${subject.operationId} ${subject.status} has ${subject.pointer}`,
      update: { properties: { [key]: { ...schemaOf(subject.example), ...evidence(subject) } } },
    },
  ]
}

/** One entry is taken out, so that several can be, one after the other. */
function nowOptional({ pointer }: PatchSubject, { requiring, key }: SchemaPlace): OverlayAction[] {
  if (requiring === null) return []
  const target = `${jsonPath([...requiring.path, 'required'])}[?@ == ${quoted(key ?? '')}]`
  return [{ target, description: `${pointer} may be missing`, remove: true }]
}

function nowNullable(subject: PatchSubject, { holder, key, stated }: SchemaPlace): OverlayAction[] {
  if (stated === null || key === null) return []
  const { type, enum: values } = stated.schema
  const description = `${subject.pointer} may be null`
  const at = (keyword: string): string => jsonPath([...stated.path, keyword])
  const self = jsonPath(stated.path)
  if (type === undefined) {
    const either = { anyOf: [stated.schema as Json, { type: 'null' }], ...evidence(subject) }
    return [
      { target: self, description, remove: true },
      { target: jsonPath(holder.path), description, update: { properties: { [key]: either } } },
    ]
  }
  const typed: OverlayAction[] =
    typeof type === 'string'
      ? [
          { target: at('type'), description, remove: true },
          { target: self, description, update: { type: [type, 'null'] } },
        ]
      : [{ target: at('type'), description, update: 'null' }]
  return [
    ...typed,
    ...(values ? [{ target: at('enum'), description, update: null }] : []),
    { target: self, description, update: evidence(subject) },
  ]
}

function newEnumValue(subject: PatchSubject, { field }: SchemaPlace): OverlayAction[] {
  if (subject.example === undefined || !field?.schema.enum) return []
  const description = `${subject.pointer} may be ${JSON.stringify(subject.example)}`
  return [{ target: jsonPath(enumOf(field)), description, update: subject.example }]
}

const enumOf = ({ path }: Located): string[] => [...path, 'enum']

/** The narrowest schema that can be told from one value: types only, no constraints. */
export function schemaOf(example: Json): JsonObject {
  if (example === null) return { type: 'null' }
  if (Array.isArray(example)) {
    const [first] = example as readonly Json[]
    return first === undefined ? { type: 'array' } : { type: 'array', items: schemaOf(first) }
  }
  if (typeof example === 'object') {
    const properties = Object.fromEntries(
      Object.entries(example).map(([key, value]) => [key, schemaOf(value)]),
    )
    return { type: 'object', properties }
  }
  if (typeof example === 'number') return { type: Number.isInteger(example) ? 'integer' : 'number' }
  return { type: typeof example }
}

/** What the mock should do instead. */
export function mockPatch(
  { class: kind, operationId, pointer }: PatchSubject,
  expectation: string,
): Patch | null {
  const expected = expectation.replace(/^"(.*)"$/, '$1')
  if (operationId === null) return null
  if (kind === 'undocumented-status')
    return {
      kind: 'mock',
      operationId,
      field: null,
      text: `answer with ${/^\d/.test(expected) ? 'one of ' : ''}${expected}`,
    }
  if (pointer === '') return null
  const field = pointer.slice(pointer.lastIndexOf('/') + 1)
  // The description names a missing field, and knows no value of it.
  const shown = expected === field ? pointer : `${pointer} (${expected})`
  const texts: Partial<Record<FindingClass, string>> = {
    'missing-field': `show ${shown}`,
    'undocumented-field': `not show ${pointer}`,
    'format-class': `write ${pointer} as ${expected}`,
    type: `make ${pointer} ${expected}`,
    nullability: `make ${pointer} ${expected}, never null`,
    constraint: `heed at ${pointer}: ${expected}`,
    'undocumented-enum-value': `give ${pointer} as one of ${expected}`,
    'error-shape': `say at ${pointer}: ${expected}`,
  }
  const text = texts[kind]
  return text === undefined ? null : { kind: 'mock', operationId, field, text }
}
