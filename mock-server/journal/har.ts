import type { Entry, Request as HarRequest, Response as HarResponse, Header, QueryString } from 'har-format'
import type { JournalEntry, RecordedBody, RecordedHeaders } from './entry.ts'

const CREATOR = { name: 'LocalScale', version: '0.1.0' } as const

/**
 * A HAR 1.2 file (http://www.softwareishard.com/blog/har-12-spec/), piece by piece. What HAR has no place for goes into
 * fields that begin with an underscore, as it allows.
 */
export function* har(entries: Iterable<JournalEntry>): Generator<string> {
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(CREATOR)},"entries":[`
  let comma = ''
  for (const entry of entries) {
    yield comma + JSON.stringify(harEntry(entry))
    comma = ',\n'
  }
  yield ']}}\n'
}

function harEntry(entry: JournalEntry): Entry {
  const { number, operationId, virtualTime, fault, findings, why } = entry
  return {
    startedDateTime: entry.startedAt,
    time: entry.durationMilliseconds,
    request: harRequest(entry.request),
    response: harResponse(entry.answer),
    cache: {},
    timings: { send: 0, wait: entry.durationMilliseconds, receive: 0 },
    _number: number,
    _operationId: operationId,
    _virtualTime: virtualTime,
    _fault: fault,
    _findings: findings,
    _why: why,
  }
}

function harRequest({ method, url, headers, body }: JournalEntry['request']): HarRequest {
  const mimeType = String(headers['content-type'] ?? '')
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    queryString: queryOf(url),
    headersSize: -1,
    bodySize: body?.size ?? 0,
    ...(body && { postData: { mimeType, text: body.text ?? body.base64 ?? '', ...harNotes(body) } }),
  }
}

function harResponse(answer: JournalEntry['answer']): HarResponse {
  const { status = 0, headers = {}, body = null } = answer ?? {}
  const mimeType = String(headers['content-type'] ?? 'x-unknown')
  return {
    status,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: pairs(headers),
    content: {
      size: body?.size ?? 0,
      mimeType,
      ...(body?.text !== undefined && { text: body.text }),
      ...(body?.base64 !== undefined && { text: body.base64, encoding: 'base64' }),
      ...(body && harNotes(body)),
    },
    redirectURL: String(headers.location ?? ''),
    headersSize: -1,
    bodySize: body?.size ?? 0,
    ...(answer === null && {
      _error: 'The client left, or lost its connection, before there was an answer.',
    }),
  }
}

const harNotes = ({ sha256, isComplete, isCut, isRedacted, base64 }: RecordedBody) => ({
  ...(base64 !== undefined && { _encoding: 'base64' }),
  ...(isCut && { comment: 'Only the beginning was kept.' }),
  _sha256: sha256,
  _isComplete: isComplete,
  _isRedacted: isRedacted,
})

const pairs = (headers: RecordedHeaders): Header[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: String(one) })),
  )

function queryOf(url: string): QueryString[] {
  const at = url.indexOf('?')
  const query = at < 0 ? '' : url.slice(at + 1)
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }))
}
