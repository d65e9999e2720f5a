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

/** All described fields of a JSON answer, outer before inner; of a list, those of its first item. */
export function presentFields(exchange: WholeExchange, description: Description): PresentField[] {
  const { operationId, answer } = exchange
  if (operationId === null || answer.body.kind !== 'json') return []
  const fields: PresentField[] = []
  visit(answer.body.value, '')
  return fields

  function visit(value: Json, pointer: string): void {
    if (isList(value) && value[0] !== undefined) visit(value[0], `${pointer}/0`)
    if (!isObject(value)) return
    const holder = schemaAt(pointer)
    for (const key of Object.keys(value)) {
      const member = value[key] ?? null
      const here = `${pointer}/${key}`
      const schema = schemaAt(here)
      if (schema)
        fields.push({ pointer: here, key, value: member, schema, required: isRequired(holder, key) })
      visit(member, here)
    }
  }

  function schemaAt(pointer: string): Schema | null {
    const place: ExchangePlace = { operationId, status: answer.status, side: 'response', pointer }
    const walk = walkTo(place, description)
    const depth = pointer.split('/').length - 1
    const found: Located | undefined = walk?.entered[depth]
    return found?.schema ?? null
  }
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
