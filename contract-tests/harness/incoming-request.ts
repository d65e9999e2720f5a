import type { IncomingMessage } from 'node:http'
import { bytesOf, type HeaderPairs, type WireRequest } from './transport.ts'

/** Of one connection only (RFC 9110 §7.6.1); whoever sends the request on has its own. */
const OF_THE_HOP = /^(host|connection|content-length|transfer-encoding)$/i

/** Bodies are read whole; more is not taken. A limit of our own: four times what a replay keeps to give back. */
export const LONGEST_BODY = 256 * 1024 * 1024

/** A request that a server of ours got, its body whole, addressed to an origin. Throws for a body beyond the limit. */
export async function incomingRequest(
  request: IncomingMessage,
  origin: string,
  longest = LONGEST_BODY,
): Promise<WireRequest> {
  const { method = 'GET', url = '/', rawHeaders } = request
  const body = await bytesOf(upTo(longest, request))
  const headers = pairs(rawHeaders).filter(([name]) => !OF_THE_HOP.test(name))
  return { method, url: origin + url, headers, body: body.length === 0 ? null : body }
}

async function* upTo(longest: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > longest) throw new RangeError(`a body of more than ${longest} bytes is not read`)
    yield chunk
  }
}

function pairs(raw: readonly string[]): HeaderPairs {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
}
