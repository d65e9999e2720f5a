import type { Content, Entry, Har, Header, PostData } from 'har-format'
import { hasAnswer, type SeenBody, type SeenExchange } from '../seen-exchange.ts'
import { type HeaderPairs, headerOf } from '../transport.ts'

/** HAR 1.2 of what was redacted already. Exchanges without an answer have status 0, as browsers write them. */
export function harOf(exchanges: readonly SeenExchange[], version: string): Har {
  return {
    log: { version: '1.2', creator: { name: 'localscale', version }, entries: exchanges.map(entryOf) },
  }
}

function entryOf(exchange: SeenExchange): Entry {
  const { request, startedAt, durationMs, scenario, operationId } = exchange
  const response = hasAnswer(exchange)
    ? exchange.response
    : { status: 0, headers: [], body: { kind: 'none' } as const }
  return {
    startedDateTime: startedAt,
    time: durationMs,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request.headers),
      queryString: [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
      ...postData(request.body, request.headers),
      headersSize: -1,
      bodySize: sizeOf(request.body),
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(response.headers),
      content: contentOf(response.body, response.headers),
      redirectURL: headerOf(response.headers, 'location') ?? '',
      headersSize: -1,
      bodySize: sizeOf(response.body),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    comment: `${scenario}: ${operationId ?? 'no described operation'}`,
  }
}

const headersOf = (headers: HeaderPairs): Header[] => headers.map(([name, value]) => ({ name, value }))

const sizeOf = (body: SeenBody): number => (body.kind === 'none' ? 0 : body.size)

function postData(body: SeenBody, headers: HeaderPairs): { postData?: PostData } {
  if (body.kind === 'none') return {}
  const mimeType = headerOf(headers, 'content-type') ?? ''
  const text = body.kind === 'json' ? JSON.stringify(body.value) : body.kind === 'text' ? body.text : ''
  return { postData: { mimeType, text } }
}

function contentOf(body: SeenBody, headers: HeaderPairs): Content {
  const mimeType = headerOf(headers, 'content-type') ?? ''
  const size = sizeOf(body)
  if (body.kind === 'json') return { size, mimeType, text: JSON.stringify(body.value) }
  if (body.kind === 'text') return { size, mimeType, text: body.text }
  if (body.kind === 'bytes' && body.bytes) {
    return { size, mimeType, text: Buffer.from(body.bytes).toString('base64'), encoding: 'base64' }
  }
  return { size, mimeType }
}
