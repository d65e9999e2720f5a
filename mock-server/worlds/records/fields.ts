import type { Json, JsonObject } from '../../domain/json.ts'

/** What was read is not what the format says. */
export class MalformedRecordError extends Error {
  override readonly name = 'MalformedRecordError'
}

type Reader<Value> = (value: unknown, where: string) => Value

const fail = (where: string, wanted: string): never => {
  throw new MalformedRecordError(`${where} is not ${wanted}`)
}

export const text: Reader<string> = (value, where) =>
  typeof value === 'string' ? value : fail(where, 'text')

/** Of a job, a file, a device: they are in paths and, where commands really run, name folders. */
export const id: Reader<string> = (value, where) =>
  typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value) ? value : fail(where, 'an id')

export const number: Reader<number> = (value, where) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fail(where, 'a number')

/** A count, a position or an instant. */
export const whole: Reader<number> = (value, where) =>
  Number.isSafeInteger(value) ? (value as number) : fail(where, 'a whole number')

export const flag: Reader<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : fail(where, 'true or false')

export const object: Reader<Readonly<Record<string, unknown>>> = (value, where) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : fail(where, 'an object')

/** Anything that JSON can say. */
export const json: Reader<Json> = (value, where) =>
  value === undefined ? fail(where, 'there') : (value as Json)

export const jsonObject: Reader<JsonObject> = (value, where) => object(value, where) as JsonObject

export const texts: Reader<Readonly<Record<string, string>>> = (value, where) =>
  Object.fromEntries(Object.entries(object(value, where)).map(([name, one]) => [name, text(one, where)]))

export const nullable =
  <Value>(read: Reader<Value>): Reader<Value | null> =>
  (value, where) =>
    value === null ? null : read(value, where)

/** What older versions did not write. */
export const nullableOrLeftOut =
  <Value>(read: Reader<Value>): Reader<Value | null> =>
  (value, where) =>
    value === undefined ? null : nullable(read)(value, where)

export const listOf =
  <Value>(read: Reader<Value>): Reader<Value[]> =>
  (value, where) =>
    Array.isArray(value)
      ? value.map((item, index) => read(item, `${where}[${index}]`))
      : fail(where, 'a list')

export const oneOf =
  <const Value extends string | number>(values: readonly Value[]): Reader<Value> =>
  (value, where) =>
    values.find((known) => known === value) ?? fail(where, `one of ${values.join(', ')}`)

type Shape = Readonly<Record<string, Reader<unknown>>>

/** The fields of an object, and no others. */
export const fields =
  <Fields extends Shape>(shape: Fields): Reader<{ [Name in keyof Fields]: ReturnType<Fields[Name]> }> =>
  (value, where) => {
    const given = object(value, where)
    const read = Object.entries(shape).map(([name, readField]) => [
      name,
      readField(given[name], `${where}.${name}`),
    ])
    return Object.fromEntries(read)
  }

export type { Reader }
