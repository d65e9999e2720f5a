import { type Description, resolve, type Schema } from '../openapi-document.ts'
import { type Known, knownFrom, stronger } from './grades.ts'
import type { FieldFidelity } from './ledger.ts'

/** All fields of a body, parents before children; recursion ends where a component comes again. */
export function fieldsOf(
  schema: Schema,
  surroundings: Known,
  description: Description,
): readonly FieldFidelity[] {
  const fields = new Map<string, FieldFidelity>()
  walk(schema, { pointer: '', known: surroundings, within: [] })
  return [...fields.values()]

  function walk(given: Schema, place: Place): void {
    const name = given.$ref
    if (name !== undefined && place.within.includes(name)) return
    const whole = resolve<Schema>(description, given)
    const known = knownFrom(whole['x-evidence'], place.known)
    const within = name === undefined ? place.within : [...place.within, name]
    for (const part of [...(whole.allOf ?? []), ...(whole.anyOf ?? []), ...(whole.oneOf ?? [])])
      walk(part, { ...place, known, within })
    for (const [key, property] of Object.entries(whole.properties ?? {}))
      field(property, { pointer: `${place.pointer}/${key}`, known, within })
    if (whole.items) walk(whole.items, { pointer: `${place.pointer}/*`, known, within })
  }

  function field(property: Schema, place: Place): void {
    // Evidence beside a reference is the field's own; that behind it is of the shape, wherever it is used.
    const known = knownFrom(property['x-evidence'], place.known)
    const before = fields.get(place.pointer)
    const best = before ? stronger(before, known) : known
    fields.set(place.pointer, { pointer: place.pointer, ...best })
    walk(property, { ...place, known })
  }
}

interface Place {
  readonly pointer: string
  readonly known: Known
  /** Components on the way here. */
  readonly within: readonly string[]
}
