import { header } from './header.ts'
import type { ExchangeRequest } from './http.ts'

/** What conditional requests compare with. */
export interface Validators {
  /** Strong, with its quotes. */
  readonly etag: string
  readonly lastModified: Date | undefined
}

type Headers = Pick<ExchangeRequest, 'headers'>

/** What the preconditions of a GET or HEAD say, in the order of RFC 9110 §13.2.2; null goes on. */
export function preconditionStatus(request: Headers, validators: Validators): 304 | 412 | null {
  if (failsToMatch(request, validators)) return 412
  return isFresh(request, validators) ? 304 : null
}

/** Whether a `Range` still holds: without `If-Range`, or with one that names these very bytes. */
export function rangeApplies(request: Headers, { etag, lastModified }: Validators): boolean {
  const condition = header(request, 'if-range')?.trim()
  if (condition === undefined) return true
  // A weak tag never matches here, and a date only the exact one (RFC 9110 §13.1.5).
  if (condition.startsWith('"') || condition.startsWith('W/')) return condition === etag
  return lastModified !== undefined && Date.parse(condition) === wholeSeconds(lastModified)
}

function failsToMatch(request: Headers, { etag, lastModified }: Validators): boolean {
  const tags = header(request, 'if-match')
  if (tags !== undefined) return !(tags.trim() === '*' || tagsIn(tags).includes(etag))
  const date = Date.parse(header(request, 'if-unmodified-since') ?? '')
  return lastModified !== undefined && wholeSeconds(lastModified) > date
}

function isFresh(request: Headers, { etag, lastModified }: Validators): boolean {
  const tags = header(request, 'if-none-match')
  if (tags !== undefined)
    return tags.trim() === '*' || tagsIn(tags).some((tag) => tag.replace(/^W\//, '') === etag)
  const date = Date.parse(header(request, 'if-modified-since') ?? '')
  return lastModified !== undefined && wholeSeconds(lastModified) <= date
}

const tagsIn = (list: string): readonly string[] => list.match(/(?:W\/)?"[^"]*"/g) ?? []

/** HTTP dates have no fractions. */
const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1_000) * 1_000
