import { jsonpath } from 'json-p3'
import type { Description } from '../../../../openapi/openapi-document.ts'
import { isList, isObject, type Json } from '../../json.ts'
import type { Overlay } from '../overlay.ts'

/**
 * The description with an overlay applied, as Overlay 1.1.0 §4.4.3 says. Stricter than that in one thing: a target that
 * selects nothing is an error, for here it would be a mistake.
 */
export function applied(description: Description, { actions }: Overlay): Description {
  const document = structuredClone(description) as unknown as Json
  for (const { target, update, remove } of actions) {
    const nodes = jsonpath.query(target, document as never).nodes
    if (nodes.length === 0) throw new Error(`${target} selects nothing`)
    // From the last on: indexes in a list stay what they are.
    for (const { location, value } of nodes.toReversed()) {
      const holder = at(document, location.slice(0, -1))
      const key = location.at(-1)
      if (key === undefined) throw new Error('the whole document is no target here')
      if (remove) takeOut(holder, key)
      else put(holder, key, updated(value as Json, update as Json))
    }
  }
  return document as unknown as Description
}

const at = (document: Json, location: readonly (string | number)[]): Json =>
  location.reduce<Json>((value, step) => (value as Record<string | number, Json>)[step] ?? null, document)

function takeOut(holder: Json, key: string | number): void {
  if (isList(holder)) (holder as Json[]).splice(Number(key), 1)
  else delete (holder as Record<string, Json>)[key]
}

const put = (holder: Json, key: string | number, value: Json): void => {
  ;(holder as Record<string | number, Json>)[key] = value
}

function updated(value: Json, update: Json): Json {
  if (isObject(value)) {
    if (!isObject(update)) throw new Error('an object can be updated by an object only')
    return merged(value, update)
  }
  if (isList(value)) return isList(update) ? [...value, ...update] : [...value, update]
  if (isObject(update) || isList(update)) throw new Error('a primitive value can be updated by one only')
  return update
}

function merged(value: Json, update: Json): Json {
  if (isObject(value) && isObject(update)) {
    const entries = Object.entries(update).map(
      ([key, inner]) => [key, key in value ? merged(value[key] ?? null, inner) : inner] as const,
    )
    return { ...value, ...Object.fromEntries(entries) }
  }
  return isList(value) && isList(update) ? [...value, ...update] : update
}
