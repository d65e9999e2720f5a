import type { Description, Schema } from '../../../openapi/openapi-document.ts'
import { type ExchangePlace, isItem, type Located, walkTo } from '../../../openapi/schema-walk.ts'
import { isList, isObject, type Json, type JsonObject } from '../json.ts'
import type { WholeExchange } from './answer.ts'

/** A field that an answer holds, with how it is described. */
export interface PresentField {
  readonly pointer: string
  readonly key: string
  readonly value: Json
  readonly schema: Schema
  readonly required: boolean
}

/** Finds all described fields of a JSON answer, outer before inner; of a list, those of its first item. */
export function fieldsFinder(description: Description): (exchange: WholeExchange) => Iterable<PresentField> {
  // The same answers pass by hundreds of times.
  const schemas = new Map<string, Schema | null>()
  return function* ({ operationId, answer: { status, body } }) {
    if (operationId === null || body.kind !== 'json') return
    yield* fieldsIn(body.value, '', (pointer) => schemaAt({ operationId, status, side: 'response', pointer }))
  }

  function schemaAt(place: ExchangePlace): Schema | null {
    const { operationId, status, pointer } = place
    const key = `${operationId} ${status} ${pointer}`
    const known = schemas.get(key)
    if (known !== undefined) return known
    const found = schemaOf(place, description)
    schemas.set(key, found)
    return found
  }
}

function* fieldsIn(
  value: Json,
  pointer: string,
  schemaAt: (pointer: string) => Schema | null,
): Generator<PresentField> {
  if (isList(value) && value[0] !== undefined) yield* fieldsIn(value[0], `${pointer}/0`, schemaAt)
  if (!isObject(value)) return
  const holder = schemaAt(pointer)
  for (const [key, member] of Object.entries(value)) {
    const here = `${pointer}/${key}`
    const schema = schemaAt(here)
    if (schema) yield { pointer: here, key, value: member, schema, required: isRequired(holder, key) }
    yield* fieldsIn(member, here, schemaAt)
  }
}

function schemaOf(place: ExchangePlace, description: Description): Schema | null {
  const depth = place.pointer.split('/').length - 1
  const found: Located | undefined = walkTo(place, description)?.entered[depth]
  return found?.schema ?? null
}

const isRequired = (holder: Schema | null, key: string): boolean => holder?.required?.includes(key) ?? false

/** What stands at a pointer; undefined where nothing does. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  const [, step, ...rest] = pointer.split('/')
  if (step === undefined || value === undefined) return value
  const deeper = rest.length === 0 ? '' : `/${rest.join('/')}`
  if (isList(value)) return isItem(step) ? valueAt(value[Number(step)], deeper) : undefined
  return isObject(value) ? valueAt(value[step], deeper) : undefined
}

/** `value` with what stands at a pointer replaced; `undefined` takes it away. */
export function replaced(value: Json, pointer: string, by: Json | undefined): Json {
  const [, step, ...rest] = pointer.split('/')
  if (step === undefined) return by ?? null
  const deeper = rest.length === 0 ? '' : `/${rest.join('/')}`
  if (isList(value) && isItem(step)) {
    return value.map((item, index) => (index === Number(step) ? replaced(item, deeper, by) : item))
  }
  if (!isObject(value)) return value
  if (deeper === '' && by === undefined) return without(value, step)
  return { ...value, [step]: deeper === '' ? (by ?? null) : replaced(value[step] ?? null, deeper, by) }
}

const without = (value: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key))
