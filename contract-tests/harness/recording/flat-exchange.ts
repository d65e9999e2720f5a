import { escaped } from '../../../openapi/json-pointer.ts'
import { isList, isObject, type Json } from '../json.ts'
import { readTemplate, readToken, type TemplatePart } from '../naming/tokens.ts'
import type { StoredBody, StoredRequest, StoredResponse } from './stored-exchange.ts'

/**
 * A stored request or answer as places and leaves, so that two of them can be compared place by place. A leaf begins
 * with its kind: `string "x"`, `number 1`, `name {job#1}`, `date 2026-…`. The order of keys, of parameters and of
 * headers means nothing.
 */
export type Flat = Map<string, string>

export function flatRequest({ method, url, headers, body }: StoredRequest): Flat {
  const flat: Flat = new Map([['method', method]])
  const { path, query } = splitUrl(url)
  path.forEach((segment, index) => {
    flat.set(`path ${index}`, segment)
  })
  for (const [key, values] of grouped(query)) flat.set(`query ${key}`, values.sort().join(', '))
  for (const [name, value] of headers) {
    // Parameters of a media type (charset) are the client's own habit.
    if (name !== 'content-type') flat.set(`header ${name}`, value)
    else if (body !== null) flat.set(`header ${name}`, value.split(';', 1)[0]?.trim().toLowerCase() ?? '')
  }
  flattenBody(body, flat)
  return flat
}

export function flatResponse({ status, headers, otherHeaders = [], body }: StoredResponse): Flat {
  const flat: Flat = new Map([['status', String(status)]])
  for (const [name, value] of headers) flat.set(`header ${name}`, value)
  for (const name of otherHeaders) flat.set(`header ${name}`, '')
  flattenBody(body, flat)
  return flat
}

/** Segments of a stored address, each a template, and its parameters in order. */
export function splitUrl(url: string): { path: string[]; query: (readonly [key: string, value: string])[] } {
  const [before = '', after] = splitOnce(url, '?')
  const query =
    after === undefined || after === ''
      ? []
      : after.split('&').map((pair) => {
          const [key = '', value = ''] = splitOnce(pair, '=')
          return [key, value] as const
        })
  return { path: before.split('/'), query }
}

function splitOnce(text: string, at: string): [string, string?] {
  const index = text.indexOf(at)
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)]
}

function grouped(pairs: readonly (readonly [string, string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value])
  return groups
}

function flattenBody(body: StoredBody, flat: Flat): void {
  if (body === null) return
  if ('json' in body) flattenJson(body.json, 'body ', flat)
  else if ('text' in body) flat.set('body', `text ${body.text}`)
  else if ('bytes' in body) flat.set('body', `bytes ${body.bytes.size} ${body.bytes.sha256}`)
  else if ('withheld' in body) flat.set('body', `withheld {${body.withheld}}`)
  else
    for (const part of body.parts) {
      flat.set(`part ${part.name} filename`, part.filename ?? '')
      const inner: Flat = new Map()
      flattenBody(part.body, inner)
      flat.set(`part ${part.name}`, [...inner.values()].join(' '))
    }
}

function flattenJson(value: Json, place: string, flat: Flat): void {
  const token = readToken(value)
  if (token?.key === '$literal') flattenEntries(token.value, place, flat)
  else if (token) {
    const text = String(token.value)
    flat.set(place, token.key === '$name' ? `name {${text}}` : `${token.key.slice(1)} ${text}`)
  } else if (isList(value) || isObject(value)) flattenEntries(value, place, flat)
  else flat.set(place, value === null ? 'null ' : `${typeof value} ${JSON.stringify(value)}`)
}

function flattenEntries(value: Json, place: string, flat: Flat): void {
  const entries = isList(value)
    ? value.map((item, index) => [String(index), item] as const)
    : isObject(value)
      ? Object.entries(value)
      : []
  if (entries.length === 0) flat.set(place, isList(value) ? 'list []' : 'object {{}}')
  for (const [key, inner] of entries) {
    flattenJson(inner, `${place}/${escaped(key)}`, flat)
  }
}

/** All names in a stored exchange's half, in order. */
export function namesInFlat(flat: Flat): string[] {
  return [...flat].flatMap(([place, leaf]) =>
    [...readTemplate(place), ...readTemplate(leaf)].filter(isName).map(({ name }) => name),
  )
}

const isName = (part: TemplatePart): part is { readonly name: string } => typeof part !== 'string'
