import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Downloadable } from '../transfer/download.ts'
import { sendJson } from './server.ts'

/** Bytes that differ everywhere, so that a misplaced piece never goes unnoticed. */
export function someBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2654435761) >>> 0, at)
  return bytes
}

export function sha512(bytes: Uint8Array): string {
  return createHash('sha512').update(bytes).digest('hex')
}

/** The metadata that a platform would give for `bytes`. */
export function aFile(bytes: Uint8Array, name = 'testfile', id = 'abcdef'): Downloadable {
  return {
    id,
    name,
    decryptedSize: bytes.byteLength,
    fileChecksums: [{ hashFunction: 'sha512', fileHash: sha512(bytes) }],
  }
}

/** The range that a request asks for; undefined when it asks for none. */
export function askedRange(request: IncomingMessage): { start: number; end: number } | undefined {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  return match ? { start: Number(match[1]), end: Number(match[2]) } : undefined
}

/** Serves `bytes` as a correct server does, ranges included. */
export function serveBytes(bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const range = askedRange(request)
  if (!range) {
    response.writeHead(200, { 'Content-Length': bytes.byteLength }).end(bytes)
    return
  }
  if (range.start >= bytes.byteLength) {
    response.setHeader('Content-Range', `bytes */${bytes.byteLength}`)
    sendJson(response, 416, { detail: 'Requested range not satisfiable.' })
    return
  }
  const end = Math.min(range.end, bytes.byteLength - 1)
  const part = bytes.subarray(range.start, end + 1)
  const contentRange = `bytes ${range.start}-${end}/${bytes.byteLength}`
  response.writeHead(206, { 'Content-Length': part.byteLength, 'Content-Range': contentRange }).end(part)
}
