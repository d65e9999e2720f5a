import type { IncomingMessage } from 'node:http'
import type { ExchangeRequest } from '../exchange/http.ts'
import { hasBody, nodeBody } from './node-body.ts'

/** A request of node:http as plain values. `publicUrl` stands in for what the client called the server. */
export function exchangeRequest(request: IncomingMessage, publicUrl: string | undefined): ExchangeRequest {
  const url = request.url ?? '/'
  const { authority, target } = url.startsWith('/') ? { authority: undefined, target: url } : splitUrl(url)
  return {
    method: request.method ?? 'GET',
    target,
    origin: publicUrl ?? originOf(request, authority),
    headers: request.headers,
    body: hasBody(request) ? nodeBody(request) : null,
  }
}

/** A client that takes us for a proxy sends a whole URL instead of a path; its host counts (RFC 9112 §3.2.2). */
function splitUrl(url: string): { authority: string | undefined; target: string } {
  const [, authority, rest] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  if (rest === undefined) return { authority: undefined, target: `/${url}` }
  return { authority, target: rest.startsWith('/') ? rest : `/${rest}` }
}

function originOf({ headers, socket }: IncomingMessage, authority: string | undefined): string {
  const { encrypted } = socket as { encrypted?: boolean }
  return (encrypted ? 'https://' : 'http://') + (authority ?? headers.host ?? boundTo(socket))
}

/** HTTP/1.0 knows no `Host`. */
const boundTo = ({ localAddress = '127.0.0.1', localPort }: IncomingMessage['socket']): string =>
  `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
