import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { parseJson } from '../json.ts'
import type { SeenBody, SeenResponse } from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** What was sent compressed is kept readable. */
export function decodedBody({ body, headers }: SeenResponse, encoding: string): SeenBody {
  const decode = decoders[encoding.trim().toLowerCase()]
  if (body.kind !== 'bytes' || body.bytes === undefined || decode === undefined) return body
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(decode(body.bytes))
    const { size, sha256 } = body
    const value = /json/i.test(headerOf(headers, 'content-type') ?? '') ? parseJson(text) : undefined
    return value === undefined ? { kind: 'text', text, size, sha256 } : { kind: 'json', value, size, sha256 }
  } catch {
    return body
  }
}
