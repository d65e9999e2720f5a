import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { header } from './header.ts'
import type { ExchangeAnswer, ExchangeRequest } from './http.ts'
import { type ByteRange, type RangeVerdict, rangesOf } from './ranges.ts'
import { contentRange, multipartBody, rangeBody } from './ranges-body.ts'
import { preconditionStatus, rangeApplies } from './ranges-conditions.ts'

export interface Content {
  readonly store: FileStore
  readonly stored: StoredBytes
  /** As the user named the file; may contain slashes and anything else. */
  readonly name: string
  readonly contentType: string
  readonly lastModified?: Date
}

/**
 * Answers GET or HEAD for the bytes of a file: 200, 206, 304, 412 or 416 (RFC 9110 §13 and §14).
 * For HEAD the answer has a body too, which tells its length and is never read.
 * That Rescale serves ranges is observed; ETag, conditions and disposition are inferred (facts §5.4: silent).
 */
export function contentAnswer(
  request: Pick<ExchangeRequest, 'method' | 'headers'>,
  content: Content,
): ExchangeAnswer {
  const validators = { etag: etagOf(content.stored), lastModified: content.lastModified }
  const status = preconditionStatus(request, validators)
  if (status !== null) return { status, headers: commonHeaders(content), body: null }
  // Ranges are defined for GET alone (RFC 9110 §14.2): HEAD tells of the whole.
  const asked = request.method === 'GET' && rangeApplies(request, validators)
  const verdict: RangeVerdict = asked
    ? rangesOf(header(request, 'range'), content.stored.size)
    : { kind: 'whole' }
  if (verdict.kind === 'unsatisfiable') return unsatisfiableAnswer(content)
  return verdict.kind === 'whole' ? wholeAnswer(content) : partialAnswer(content, verdict.ranges)
}

/** The SHA-512 names the bytes as strongly as can be. */
export const etagOf = ({ sha512 }: StoredBytes): string => `"${sha512}"`

const textEndings =
  /\.(txt|log|csv|tsv|md|py|sh|jou|inp|cfg|ini|conf|dat|out|err|in|f|f90|c|h|cpp|hpp|m|r|jl|xml|ya?ml|json|res)$/i

/** `text/plain` for names that promise text, `application/octet-stream` otherwise (both observed; the rule is inferred). */
export const contentTypeOf = (name: string): string =>
  textEndings.test(name) ? 'text/plain' : 'application/octet-stream'

const wholeAnswer = (content: Content): ExchangeAnswer => ({
  status: 200,
  headers: representationHeaders(content),
  body: rangeBody(content.store, content.stored, { start: 0, end: content.stored.size }),
})

function partialAnswer(content: Content, ranges: readonly ByteRange[]): ExchangeAnswer {
  const { store, stored, contentType } = content
  const headers = representationHeaders(content)
  const [only] = ranges
  if (ranges.length === 1 && only !== undefined) {
    headers['content-range'] = contentRange(only, stored.size)
    return { status: 206, headers, body: rangeBody(store, stored, only) }
  }
  // Nobody can write a file that contains part of its own hash, so this never stands in the bytes.
  const boundary = `localscale-${stored.sha512.slice(0, 32)}`
  headers['content-type'] = `multipart/byteranges; boundary=${boundary}`
  return { status: 206, headers, body: multipartBody(store, stored, ranges, { boundary, contentType }) }
}

const unsatisfiableAnswer = (content: Content): ExchangeAnswer => ({
  status: 416,
  headers: {
    ...commonHeaders(content),
    'content-type': 'application/json',
    'content-range': `bytes */${content.stored.size}`,
  },
  body: '{"detail":"Requested range not satisfiable."}',
})

function commonHeaders({ stored, lastModified }: Content): Record<string, string> {
  const headers: Record<string, string> = { etag: etagOf(stored), 'accept-ranges': 'bytes' }
  if (lastModified !== undefined) headers['last-modified'] = lastModified.toUTCString()
  return headers
}

const representationHeaders = (content: Content): Record<string, string> => ({
  ...commonHeaders(content),
  'content-type': content.contentType,
  'content-disposition': attachment(content.name),
  // A stored page must not run in the browser as one of ours, whatever its bytes look like.
  'x-content-type-options': 'nosniff',
})

/** `Content-Disposition` for any name (RFC 6266): in ASCII for old clients, and in UTF-8 where that loses something. */
export function attachment(name: string): string {
  const last = wellFormed(name.slice(name.lastIndexOf('/') + 1)) || 'file'
  const ascii = last.replace(/[^\x20-\x7e]/gu, '_').replace(/["\\%]/g, '_')
  const plain = `attachment; filename="${ascii}"`
  return ascii === last ? plain : `${plain}; filename*=UTF-8''${percentEncoded(last)}`
}

/** Half a surrogate pair, which JSON can carry, has no UTF-8. */
const wellFormed = (text: string): string => Buffer.from(text).toString()

const percentEncoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
