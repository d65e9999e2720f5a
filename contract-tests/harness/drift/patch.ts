import { type Description, describedOperations } from '../../../openapi/openapi-document.ts'
import type { SchemaPlace } from '../../../openapi/schema-place.ts'
import { schemaPlaceOf } from '../../../openapi/schema-place.ts'
import type { FindingClass } from '../finding.ts'
import type { Json, JsonObject } from '../json.ts'

/** One action of an OpenAPI Overlay 1.0. */
export interface OverlayAction {
  /** JSONPath into the bundled description. */
  readonly target: string
  readonly description: string
  readonly update?: Json
  readonly remove?: true
}

/** What would mend a finding. */
export type Patch =
  | { readonly kind: 'overlay'; readonly action: OverlayAction }
  /** A field that the mock should show, or not show. */
  | { readonly kind: 'mock'; readonly operationId: string; readonly field: string; readonly text: string }

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
  const action = overlayAction(subject, description)
  return action && { kind: 'overlay', action }
}

function overlayAction(subject: PatchSubject, description: Description): OverlayAction | null {
  if (subject.class === 'undocumented-status') return newAnswer(subject, description)
  const place = schemaPlaceOf(subject, description)
  if (place === null) return null
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
      return null
  }
}

const evidence = ({ date }: PatchSubject): JsonObject => ({
  'x-evidence': { grade: 'observed', source: 'live', date },
})

function newAnswer(
  { operationId, status, date }: PatchSubject,
  description: Description,
): OverlayAction | null {
  const found = describedOperations(description).find(
    ({ operation }) => operation.operationId === operationId,
  )
  if (!found || status === null) return null
  const answer = {
    description: `Seen on ${date}.`,
    'x-evidence': { grade: 'observed', source: 'live', date },
  }
  return {
    target: `$.paths['${found.path}'].${found.method}.responses`,
    description: `${operationId} answers ${status}`,
    update: { [status]: answer },
  }
}

function newField(subject: PatchSubject, place: SchemaPlace): OverlayAction | null {
  if (subject.example === undefined || place.key === null) return null
  return {
    target: `${place.parent}.properties`,
    description: `${subject.operationId} ${subject.status} has ${subject.pointer}`,
    update: { [place.key]: { ...schemaOf(subject.example), ...evidence(subject) } },
  }
}

const nowOptional = (subject: PatchSubject, place: SchemaPlace): OverlayAction => ({
  target: `${place.parent}.required[?(@ == '${place.key}')]`,
  description: `${subject.pointer} may be missing`,
  remove: true,
})

function nowNullable(subject: PatchSubject, place: SchemaPlace): OverlayAction | null {
  if (place.type === null || place.key === null) return null
  return {
    target: `${place.parent}.properties['${place.key}']`,
    description: `${subject.pointer} may be null`,
    update: { type: [...place.type, 'null'], ...evidence(subject) },
  }
}

function newEnumValue(subject: PatchSubject, place: SchemaPlace): OverlayAction | null {
  if (subject.example === undefined || place.enumTarget === null) return null
  // An overlay's update of a list is appended to it.
  return {
    target: place.enumTarget,
    description: `${subject.pointer} may be ${JSON.stringify(subject.example)}`,
    update: [subject.example],
  }
}

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
  expected: string,
): Patch | null {
  if (operationId === null || pointer === '') return null
  const field = pointer.slice(pointer.lastIndexOf('/') + 1)
  const texts: Partial<Record<FindingClass, string>> = {
    'missing-field': `show ${pointer} (${expected})`,
    'undocumented-field': `not show ${pointer}`,
    'format-class': `write ${pointer} as ${expected}`,
    type: `make ${pointer} ${expected}`,
    'error-shape': `say at ${pointer}: ${expected}`,
  }
  const text = texts[kind]
  return text === undefined ? null : { kind: 'mock', operationId, field, text }
}
