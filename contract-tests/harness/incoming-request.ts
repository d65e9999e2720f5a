import type { IncomingMessage } from 'node:http'
import { bytesOf, type HeaderPairs, type WireRequest } from './transport.ts'

/** Of one connection only (RFC 9110 §7.6.1); whoever sends the request on has its own. */
const OF_THE_HOP = /^(host|connection|content-length|transfer-encoding)$/i

/** A request that a server of ours got, its body whole, addressed to an origin. */
export async function incomingRequest(request: IncomingMessage, origin: string): Promise<WireRequest> {
  const { method = 'GET', url = '/', rawHeaders } = request
  const body = await bytesOf(request)
  const headers = pairs(rawHeaders).filter(([name]) => !OF_THE_HOP.test(name))
  return { method, url: origin + url, headers, body: body.length === 0 ? null : body }
}

function pairs(raw: readonly string[]): HeaderPairs {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
}
