import type { Exchange, ExchangeAnswer, ExchangeRequest } from '../../../mock-server/exchange/http.ts'
import { announcedBytes, lengthOf } from '../../../mock-server/transports/answer-body.ts'
import {
  type HeaderPairs,
  noBytes,
  oneChunk,
  type Transport,
  type WireAnswer,
  type WireRequest,
} from '../transport.ts'

/** Talks to a mock in this process as node:http would carry it, without a socket. */
export function inProcessTransport(exchange: Exchange): Transport {
  return async (wire) => {
    wire.signal?.throwIfAborted()
    return wireAnswer(wire.method, await exchange(exchangeRequest(wire)))
  }
}

function exchangeRequest({ method, url, headers, body }: WireRequest): ExchangeRequest {
  const { origin, host, pathname, search } = new URL(url)
  return {
    method,
    target: pathname + search,
    origin,
    headers: { host, ...lengthHeader(body), ...joined(headers) },
    body: body instanceof Uint8Array ? oneChunk(body) : body,
  }
}

const lengthHeader = (body: WireRequest['body']): Record<string, string> =>
  body instanceof Uint8Array ? { 'content-length': String(body.length) } : {}

/** As node:http gives them: names in lower case, several of the same name joined. */
function joined(headers: HeaderPairs): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    all[key] = all[key] === undefined ? value : `${all[key]}, ${value}`
  }
  return all
}

function wireAnswer(method: string, answer: ExchangeAnswer): WireAnswer {
  const length = lengthOf(answer)
  const headers = Object.entries(answer.headers)
  return {
    status: answer.status,
    headers: length === null ? headers : [...headers, ['content-length', String(length)]],
    body: method === 'HEAD' || answer.body === null ? noBytes() : bytesIn(answer.body),
  }
}

function bytesIn(body: NonNullable<ExchangeAnswer['body']>): AsyncIterable<Uint8Array> {
  if (typeof body === 'string') return oneChunk(Buffer.from(body))
  return body instanceof Uint8Array ? oneChunk(body) : announcedBytes(body)
}
