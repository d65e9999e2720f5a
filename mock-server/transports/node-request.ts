import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExchangeRequest } from '../exchange/http.ts'
import { hasBody, nodeBody } from './node-body.ts'

/** A request of node:http as plain values. `publicUrl` stands in for what the client called the server. */
export function exchangeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  publicUrl: string | undefined,
): ExchangeRequest {
  const url = request.url ?? '/'
  let signal: AbortSignal | undefined
  return {
    method: request.method ?? 'GET',
    target: url.startsWith('/') ? url : targetIn(url),
    origin: publicUrl ?? originOf(request),
    headers: request.headers,
    body: hasBody(request) ? nodeBody(request) : null,
    signal: () => {
      signal ??= signalOf(response)
      return signal
    },
  }
}

/**
 * A client that ends its side counts as gone: whoever asks waits for long, and a closed connection is told from a half
 * closed one only by writing to it.
 */
function signalOf(response: ServerResponse): AbortSignal {
  const leaving = new AbortController()
  const { socket } = response
  const leave = () => leaving.abort()
  const close = () => {
    socket?.off('end', leave)
    if (!response.writableFinished) leave()
  }
  if (response.destroyed) close()
  else response.once('close', close)
  socket?.once('end', leave)
  return leaving.signal
}

/**
 * A client that takes us for a proxy sends a whole URL instead of a path. Its host would count (RFC 9112 §3.2.2), but
 * `Host` says the same in every honest request, and is what the guard looks at.
 */
function targetIn(url: string): string {
  const [, rest] = /^https?:\/\/[^/?#]*(.*)$/i.exec(url) ?? []
  if (rest === undefined) return `/${url}`
  return rest.startsWith('/') ? rest : `/${rest}`
}

function originOf({ headers, socket }: IncomingMessage): string {
  const { encrypted } = socket as { encrypted?: boolean }
  return (encrypted ? 'https://' : 'http://') + (headers.host ?? boundTo(socket))
}

/** HTTP/1.0 knows no `Host`. */
const boundTo = ({ localAddress = '127.0.0.1', localPort }: IncomingMessage['socket']): string =>
  `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
