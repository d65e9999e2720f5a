import { escaped } from '../../openapi/json-pointer.ts'
import { isList, isObject, type Json } from './json.ts'

/** So many places are named; the others are the same mistake. */
const MOST_PLACES = 20

/** A text in JSON, and whether a colon follows it: then it is a key. Only brackets and commas are of interest besides. */
const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\],]/g

/**
 * JSON pointers of the keys that an object of a JSON text holds twice. RFC 8259 §4 leaves open what a reader makes of
 * them (most take the last, some the first, some refuse), and `JSON.parse` says nothing of it.
 */
export function duplicateKeys(text: string, value: Json): string[] {
  // Nearly no text has any: counting is enough to know.
  return keysInText(text) === keysInValue(value) ? [] : findDuplicates(text)
}

function keysInText(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(tokens)) if (colon !== undefined) count += 1
  return count
}

function keysInValue(value: Json): number {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + keysInValue(item), 0)
  if (!isObject(value)) return 0
  return Object.values(value).reduce<number>((sum, item) => sum + 1 + keysInValue(item), 0)
}

/** An object or a list that is being read. */
interface Open {
  readonly pointer: string
  /** Of an object; null of a list. */
  readonly keys: Set<string> | null
  /** The key or the index that is being read. */
  step: string | number
}

function findDuplicates(text: string): string[] {
  const found = new Set<string>()
  const open: Open[] = []
  for (const [token, colon] of text.matchAll(tokens)) {
    const inner = open.at(-1)
    if (token === '{' || token === '[') open.push(begun(token, inner))
    else if (token === '}' || token === ']') open.pop()
    else if (token === ',') next(inner)
    else if (colon !== undefined && inner?.keys) readKey(token, inner, inner.keys, found)
  }
  return [...found].slice(0, MOST_PLACES)
}

const begun = (bracket: string, inner: Open | undefined): Open => ({
  pointer: inner === undefined ? '' : `${inner.pointer}/${inner.step}`,
  keys: bracket === '{' ? new Set() : null,
  step: 0,
})

function next(inner: Open | undefined): void {
  if (inner && typeof inner.step === 'number') inner.step += 1
}

function readKey(token: string, inner: Open, keys: Set<string>, found: Set<string>): void {
  const key = String(JSON.parse(token.replace(/\s*:$/, '')))
  inner.step = escaped(key)
  if (keys.has(key)) found.add(`${inner.pointer}/${inner.step}`)
  keys.add(key)
}
