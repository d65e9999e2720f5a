import { type Answered, answeredOf, broken, calls, finding, pathValue } from '../checks/answered.ts'
import type { Finding } from '../finding.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'
import { bytesOf, type FileBytes, knownBytes, sha512Of } from './file-bytes.ts'
import { partsOf } from './multipart.ts'

/** Downloads are byte-exact: whole, in one range or several, and when nothing is sent because nothing changed. */
export function rangeFindings(exchanges: readonly SeenExchange[]): Finding[] {
  const known = knownBytes(exchanges)
  const answered = answeredOf(exchanges)
  return calls(answered, 'downloadFile')
    .filter(({ request }) => request.method !== 'HEAD')
    .flatMap((exchange) => {
      const file = known.get(pathValue(exchange, 'fileId') ?? '')
      switch (exchange.response.status) {
        case 200:
          return wholeFile(exchange, file)
        case 206:
          return partial(exchange, file)
        case 416:
          return notSatisfiable(exchange, file)
        case 304:
          return notModified(exchange, answered)
        default:
          return []
      }
    })
}

const wrong = (exchange: Answered, expected: string, received: string, message: string): Finding =>
  broken(exchange, 'range', { expected, received, message })

function notChecked(exchange: Answered, message: string): Finding {
  return finding(exchange, {
    class: 'not-checked',
    expected: 'bytes to compare',
    received: 'none',
    message,
    severity: 'info',
  })
}

function wholeFile(exchange: Answered, file: FileBytes | undefined): Finding[] {
  const { body } = exchange.response
  if (file === undefined || file.seq === exchange.seq) return []
  if (body.kind === 'bytes' && body.incomplete) return []
  const bytes = bytesOf(body)
  const sha512 = bytes === null ? (body.kind === 'bytes' ? body.sha512 : '') : sha512Of(bytes)
  if (sha512 === file.sha512) return []
  return [
    wrong(
      exchange,
      `SHA-512 ${file.sha512}`,
      `SHA-512 ${sha512}`,
      `the bytes are not those of exchange ${file.seq}`,
    ),
  ]
}

interface Span {
  readonly first: number
  readonly last: number
  readonly total: number
}

function spanOf(contentRange: string | undefined): Span | null {
  const found = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(contentRange ?? '')
  return found ? { first: Number(found[1]), last: Number(found[2]), total: Number(found[3]) } : null
}

function partial(exchange: Answered, file: FileBytes | undefined): Finding[] {
  const { headers, body } = exchange.response
  const bytes = bytesOf(body)
  if (bytes === null) return [notChecked(exchange, 'the bytes of the range were not kept')]
  const type = headerOf(headers, 'content-type') ?? ''
  if (!type.startsWith('multipart/byteranges')) {
    const span = headerOf(headers, 'content-range')
    return [...oneRange(exchange, span, bytes, file), ...notAsAsked(exchange, [span])]
  }
  const parts = partsOf(bytes, type)
  if (parts.length === 0) return [wrong(exchange, 'several parts', 'none', 'the body is no multipart body')]
  const spans = parts.map((part) => part.headers['content-range'])
  return [
    ...parts.flatMap((part, index) => oneRange(exchange, spans[index], part.bytes, file)),
    ...notAsAsked(exchange, spans),
  ]
}

function oneRange(
  exchange: Answered,
  contentRange: string | undefined,
  bytes: Uint8Array,
  file: FileBytes | undefined,
): Finding[] {
  const span = spanOf(contentRange)
  if (span === null)
    return [
      wrong(
        exchange,
        'bytes FIRST-LAST/TOTAL',
        contentRange ?? 'nothing',
        'Content-Range does not say which bytes these are',
      ),
    ]
  const length = span.last - span.first + 1
  if (bytes.length !== length)
    return [
      wrong(
        exchange,
        `${length} bytes`,
        `${bytes.length} bytes`,
        'the body is not as long as Content-Range says',
      ),
    ]
  if (file === undefined)
    return [notChecked(exchange, 'the whole file was not seen, so that nothing is known of its parts')]
  if (span.total !== file.size)
    return [
      wrong(exchange, String(file.size), String(span.total), 'Content-Range tells another size of the file'),
    ]
  if (file.bytes === undefined) return [notChecked(exchange, 'the whole file was too long to be kept')]
  const same = Buffer.compare(bytes, file.bytes.subarray(span.first, span.last + 1)) === 0
  return same
    ? []
    : [
        wrong(
          exchange,
          sha512Of(file.bytes.subarray(span.first, span.last + 1)),
          sha512Of(bytes),
          'the bytes of the range are not those of the file',
        ),
      ]
}

/** What was asked for came: one range as it is, of several each in a part that may hold more. */
function notAsAsked(exchange: Answered, contentRanges: readonly (string | undefined)[]): Finding[] {
  const spans = contentRanges.flatMap((one) => spanOf(one) ?? [])
  const [first] = spans
  if (first === undefined || spans.length < contentRanges.length) return []
  const asked = askedIn(headerOf(exchange.request.headers, 'range'), first.total)
  const isThere = (one: Range): boolean =>
    asked.length === 1
      ? spans.length === 1 && first.first === one.first && first.last === one.last
      : spans.some((span) => span.first <= one.first && one.last <= span.last)
  const missing = asked.find((one) => !isThere(one))
  if (missing === undefined) return []
  const expected = `bytes ${missing.first}-${missing.last}/${first.total}`
  return [wrong(exchange, expected, contentRanges.join(', '), 'other bytes came than were asked for')]
}

type Range = Pick<Span, 'first' | 'last'>

/** The ranges of a header that a file of that size has something of; none where it is no such header. */
function askedIn(range: string | undefined, total: number): Range[] {
  const [, list] = /^bytes=([\d\s,-]+)$/.exec(range ?? '') ?? []
  return (list ?? '').split(',').flatMap((one) => {
    const [, from = '', to = ''] = /^\s*(\d*)-(\d*)\s*$/.exec(one) ?? []
    if (from === '' && to === '') return []
    const first = from === '' ? Math.max(0, total - Number(to)) : Number(from)
    const last = from === '' || to === '' ? total - 1 : Math.min(Number(to), total - 1)
    return first <= last ? [{ first, last }] : []
  })
}

function notSatisfiable(exchange: Answered, file: FileBytes | undefined): Finding[] {
  const said = headerOf(exchange.response.headers, 'content-range')
  if (file === undefined || said === `bytes */${file.size}`) return []
  return [
    wrong(
      exchange,
      `bytes */${file.size}`,
      said ?? 'nothing',
      'Content-Range does not tell the size of the file',
    ),
  ]
}

/** Only who shows an ETag that the file had is told that nothing changed. */
function notModified(exchange: Answered, answered: readonly Answered[]): Finding[] {
  const shown = headerOf(exchange.request.headers, 'if-none-match')
  const fileId = pathValue(exchange, 'fileId')
  const tags = calls(answered, 'downloadFile')
    .filter((one) => one.seq < exchange.seq && pathValue(one, 'fileId') === fileId)
    .flatMap(({ response }) => headerOf(response.headers, 'etag') ?? [])
  if (shown === '*' || tags.some((tag) => shown?.includes(tag))) return []
  const message = '304 answers a request that shows no ETag the file had'
  return [
    broken(exchange, 'conditional', { expected: tags.join(', '), received: shown ?? 'nothing', message }),
  ]
}
