import { type Description, describedOperations, type Schema } from '../../../openapi/openapi-document.ts'
import { jsonPath, quoted, type SchemaPlace, schemaPlaceOf } from '../../../openapi/schema-place.ts'
import type { Located } from '../../../openapi/schema-walk.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { OverlayAction, PatchSubject } from './patch.ts'
import { datePatternOf, schemaOf, schemaOfValues } from './schema-of-values.ts'

/**
 * What would mend the description; nothing where that cannot be told from what was seen. Several findings may be of one
 * place, and several operations of one schema: what each adds is an action of its own, and what makes room for it is the
 * same for all of them, so that none undoes what another does.
 */
export function overlayActions(subject: PatchSubject, description: Description): readonly OverlayAction[] {
  if (subject.class === 'undocumented-status') return newAnswer(subject, description)
  const place = schemaPlaceOf(subject, description)
  if (place === null) return []
  switch (subject.class) {
    case 'undocumented-field':
      return newField(subject, place)
    case 'missing-field':
      return nowOptional(subject, place)
    case 'nullability':
      return alsoOf([null], subject, place)
    case 'type':
      return alsoOf(subject.examples, subject, place)
    case 'undocumented-enum-value':
      return newEnumValues(subject, place)
    case 'constraint':
      return withoutBounds(subject, place)
    case 'format-class':
      return alsoWritten(subject, place)
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
  if (subject.examples.length === 0 || key === null) return []
  return [
    {
      target: jsonPath(holder.path),
      description: `${subject.operationId} ${subject.status} has ${subject.pointer}`,
      update: { properties: { [key]: { ...schemaOfValues(subject.examples), ...evidence(subject) } } },
    },
  ]
}

/** One entry is taken out, so that several can be, one after the other. */
function nowOptional({ pointer }: PatchSubject, { requiring, key }: SchemaPlace): OverlayAction[] {
  if (requiring === null) return []
  const target = `${jsonPath([...requiring.path, 'required'])}[?@ == ${quoted(key ?? '')}]`
  return [{ target, description: `${pointer} may be missing`, remove: true }]
}

/** The field may be of the kind of these values, besides. */
function alsoOf(values: readonly Json[], subject: PatchSubject, place: SchemaPlace): OverlayAction[] {
  const { stated } = place
  if (stated === null || values.length === 0) return []
  const schemas = values.map(schemaOf)
  const description = `${subject.pointer} may be ${[...new Set(schemas.map(({ type }) => type))].join(' or ')}`
  if (stated.schema.type === undefined) return orElse(schemas, description, subject, place)
  const self = jsonPath(stated.path)
  const at = (keyword: string): string => jsonPath([...stated.path, keyword])
  const known: readonly Json[] = [stated.schema.type].flat()
  return [
    ...typesAsList(stated, description),
    ...schemas.flatMap(({ type = null, ...rest }) => [
      ...(known.includes(type) ? [] : [{ target: at('type'), description, update: type }]),
      ...(Object.keys(rest).length === 0 ? [] : [{ target: self, description, update: rest }]),
    ]),
    ...(stated.schema.enum
      ? values.map((value) => ({ target: at('enum'), description, update: value }))
      : []),
    { target: self, description, update: evidence(subject) },
  ]
}

function typesAsList({ schema: { type }, path }: Located, description: string): OverlayAction[] {
  if (typeof type !== 'string') return []
  return [
    { target: jsonPath([...path, 'type']), description, remove: true },
    { target: jsonPath(path), description, update: { type: [type] } },
  ]
}

/** For what is stated by reference: others refer to the same, and may have it as it is. */
function orElse(
  others: readonly JsonObject[],
  description: string,
  subject: PatchSubject,
  { holder, key, stated }: SchemaPlace,
): OverlayAction[] {
  if (stated === null) return []
  const either = { anyOf: [stated.schema as Json, ...others] }
  const [above, update] =
    key === null
      ? [stated.path.slice(0, -1), { items: either }]
      : [holder.path, { properties: { [key]: either } }]
  const self = jsonPath(stated.path)
  return [
    { target: self, description, remove: true },
    { target: jsonPath(above), description, update },
    { target: self, description, update: evidence(subject) },
  ]
}

function newEnumValues(subject: PatchSubject, { field }: SchemaPlace): OverlayAction[] {
  if (!field?.schema.enum) return []
  const target = jsonPath([...field.path, 'enum'])
  return subject.examples.map((example) => ({
    target,
    description: `${subject.pointer} may be ${JSON.stringify(example)}`,
    update: example,
  }))
}

/** One value beyond a bound shows that it is none, and not which one is: it goes, and no other takes its place. */
function withoutBounds({ examples, pointer }: PatchSubject, { field }: SchemaPlace): OverlayAction[] {
  if (field === null) return []
  return Object.entries(beyond)
    .filter(([keyword, isBeyond]) => {
      const bound = field.schema[keyword as keyof Schema]
      return typeof bound === 'number' && examples.some((example) => isBeyond(example, bound))
    })
    .map(([keyword]) => ({
      target: jsonPath([...field.path, keyword]),
      description: `${pointer} does not keep its ${keyword}`,
      remove: true,
    }))
}

type IsBeyond = (value: Json, bound: number) => boolean

const number =
  (isBeyond: (value: number, bound: number) => boolean): IsBeyond =>
  (value, bound) =>
    typeof value === 'number' && isBeyond(value, bound)

/** Characters, as JSON Schema counts them, items, or properties. */
const size =
  (sizeOf: (value: Json) => number | null, isBeyond: (size: number, bound: number) => boolean): IsBeyond =>
  (value, bound) => {
    const size = sizeOf(value)
    return size !== null && isBeyond(size, bound)
  }

const less = (value: number, bound: number): boolean => value < bound
const more = (value: number, bound: number): boolean => value > bound
const characters = (value: Json): number | null => (typeof value === 'string' ? [...value].length : null)
const items = (value: Json): number | null => (isList(value) ? value.length : null)
const properties = (value: Json): number | null => (isObject(value) ? Object.keys(value).length : null)

const beyond: Readonly<Record<string, IsBeyond>> = {
  minimum: number(less),
  maximum: number(more),
  exclusiveMinimum: number((value, bound) => value <= bound),
  exclusiveMaximum: number((value, bound) => value >= bound),
  minLength: size(characters, less),
  maxLength: size(characters, more),
  minItems: size(items, less),
  maxItems: size(items, more),
  minProperties: size(properties, less),
  maxProperties: size(properties, more),
}

/** A date that is written otherwise. Of other texts one does not tell how the next is written. */
function alsoWritten(subject: PatchSubject, place: SchemaPlace): OverlayAction[] {
  const { stated } = place
  const patterns = subject.examples.map((example) =>
    typeof example === 'string' ? datePatternOf(example) : null,
  )
  if (stated === null || patterns.length === 0) return []
  const others = patterns.flatMap((pattern) => (pattern === null ? [] : [{ pattern }]))
  if (others.length < patterns.length) return []
  const description = `${subject.pointer} may be written otherwise`
  if (stated.schema.type === undefined)
    return orElse(
      others.map((other) => ({ type: 'string', ...other })),
      description,
      subject,
      place,
    )
  const before = Object.fromEntries(
    Object.entries(stated.schema as JsonObject).filter(([keyword]) => /^(?:pattern|format)$/.test(keyword)),
  )
  return [
    ...Object.keys(before).map((keyword) => ({
      target: jsonPath([...stated.path, keyword]),
      description,
      remove: true as const,
    })),
    {
      target: jsonPath(stated.path),
      description,
      update: { anyOf: [before, ...others], ...evidence(subject) },
    },
  ]
}
