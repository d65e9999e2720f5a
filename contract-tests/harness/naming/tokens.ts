import { isList, isObject, type Json, type JsonObject } from '../json.ts'

/**
 * How a recording writes what it does not keep as it was. An object with one of these keys alone is a token:
 *
 * - `{"$name": "job#1"}` – a value that has a name
 * - `{"$date": "2026-11-28T18:00:00.123456Z"}` – a date, in the platform's own writing
 * - `{"$url": "{base}/api/v2/jobs/{job#1}/"}`, `{"$text": "user/{user#1}/in"}` – with names in braces
 * - `{"$literal": {…}}` – an object of the platform's that only looks like one of these
 */
export const tokenKeys = ['$name', '$date', '$url', '$text', '$literal'] as const

export type TokenKey = (typeof tokenKeys)[number]

export const token = (key: TokenKey, value: Json): JsonObject => ({ [key]: value })

/** The token's key and value; undefined for what is none. */
export function readToken(value: Json): { key: TokenKey; value: Json } | undefined {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value)
  if (keys.length !== 1) return undefined
  const key = tokenKeys.find((known) => known === keys[0])
  return key && { key, value: value[key] ?? null }
}

/** A piece of a template: text as it is, or the name of what stands there. */
export type TemplatePart = string | { readonly name: string }

/** Braces of the text itself are doubled. */
export function writeTemplate(parts: readonly TemplatePart[]): string {
  return parts
    .map((part) =>
      typeof part === 'string' ? part.replaceAll('{', '{{').replaceAll('}', '}}') : `{${part.name}}`,
    )
    .join('')
}

const PIECE = /\{\{|\}\}|\{([^{}]+)\}/g

export function readTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = []
  let text = ''
  let at = 0
  for (const match of template.matchAll(PIECE)) {
    text += template.slice(at, match.index)
    at = match.index + match[0].length
    const [whole, name] = match
    if (name === undefined) text += whole[0]
    else {
      if (text !== '') parts.push(text)
      text = ''
      parts.push({ name })
    }
  }
  text += template.slice(at)
  return text === '' ? parts : [...parts, text]
}

/** Whether a template has no names in it: then it is only text. */
export const isPlain = (parts: readonly TemplatePart[]): boolean =>
  parts.every((part) => typeof part === 'string')

/** What takes the place of tokens. */
export interface TokenFillers {
  value(name: string): Json
  text(template: string): string
  url(template: string): string
}

/** A named value with every token replaced by what `fill` makes of it. */
export function fillTokens(named: Json, fill: TokenFillers): Json {
  if (isList(named)) return named.map((item) => fillTokens(item, fill))
  if (!isObject(named)) return named
  const found = readToken(named)
  if (found?.key === '$literal' && isObject(found.value)) return filledEntries(found.value, fill)
  if (found && typeof found.value === 'string') {
    if (found.key === '$name') return fill.value(found.value)
    if (found.key === '$date') return found.value
    return found.key === '$url' ? fill.url(found.value) : fill.text(found.value)
  }
  return filledEntries(named, fill)
}

function filledEntries(object: JsonObject, fill: TokenFillers): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [fill.text(key), fillTokens(value, fill)]),
  )
}

/** An object of the platform's, kept apart from tokens. Its keys are templates too. */
export const plainObject = (object: JsonObject): JsonObject =>
  readToken(object) ? token('$literal', object) : object
