import type { IncomingMessage } from 'node:http'
import type { ExchangeRequest } from '../exchange/http.ts'
import { hasBody, nodeBody } from './node-body.ts'

/** A request of node:http as plain values. `publicUrl` stands in for what the client called the server. */
export function exchangeRequest(request: IncomingMessage, publicUrl: string | undefined): ExchangeRequest {
  const { authority, target } = splitUrl(request.url ?? '/')
  return {
    method: request.method ?? 'GET',
    target,
    origin: publicUrl ?? originOf(request, authority),
    headers: request.headers,
    body: hasBody(request) ? nodeBody(request) : null,
  }
}

/** Usually a path; a client that takes us for a proxy sends a whole URL, whose host then counts (RFC 9112 §3.2.2). */
function splitUrl(url: string): { authority: string | undefined; target: string } {
  if (url.startsWith('/')) return { authority: undefined, target: url }
  const [, authority, rest] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  if (rest === undefined) return { authority: undefined, target: `/${url}` }
  return { authority, target: rest.startsWith('/') ? rest : `/${rest}` }
}

function originOf({ headers, socket }: IncomingMessage, authority: string | undefined): string {
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  return `${scheme}://${authority ?? headers.host ?? boundTo(socket)}`
}

/** HTTP/1.0 knows no `Host`. */
const boundTo = ({ localAddress = '127.0.0.1', localPort }: IncomingMessage['socket']): string =>
  `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
