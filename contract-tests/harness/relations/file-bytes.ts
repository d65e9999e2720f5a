import { createHash } from 'node:crypto'
import { type Answered, answeredOf, calls, isSuccess, jsonIn, pathValue } from '../checks/answered.ts'
import { at, isList, isObject, type Json, type JsonObject, textAt } from '../json.ts'
import type { SeenExchange } from '../seen-exchange.ts'
import { headerOf } from '../transport.ts'
import { partsOf } from './multipart.ts'

/** What is known of the bytes of one file, from the exchanges alone. */
export interface FileBytes {
  readonly sha512: string
  readonly size: number
  /** Only where they were kept. */
  readonly bytes?: Uint8Array
  /** Of the exchange that they come from. */
  readonly seq: number
}

/** By file id: bytes that were uploaded, or downloaded as a whole, whichever was seen first. */
export function knownBytes(exchanges: readonly SeenExchange[]): ReadonlyMap<string, FileBytes> {
  const known = new Map<string, FileBytes>()
  for (const exchange of answeredOf(exchanges).filter(isSuccess)) {
    const found = uploadedIn(exchange) ?? downloadedIn(exchange)
    if (found && !known.has(found.id)) known.set(found.id, found)
  }
  return known
}

interface Found extends FileBytes {
  readonly id: string
}

export const sha512Of = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex')

function uploadedIn(exchange: Answered): Found | null {
  if (calls([exchange], 'uploadFile', 'replaceUploadFile').length === 0) return null
  const { body, headers } = exchange.request
  const id = textAt(jsonIn(exchange.response.body), 'id')
  if (id === undefined || body.kind !== 'bytes' || body.bytes === undefined) return null
  const bytes = partsOf(body.bytes, headerOf(headers, 'content-type') ?? '').find(
    ({ name }) => name === 'file',
  )?.bytes
  if (bytes === undefined) return null
  return { id, seq: exchange.seq, bytes, size: bytes.length, sha512: sha512Of(bytes) }
}

function downloadedIn(exchange: Answered): Found | null {
  if (exchange.response.status !== 200 || calls([exchange], 'downloadFile').length === 0) return null
  const id = pathValue(exchange, 'fileId')
  const { body } = exchange.response
  if (id === undefined || (body.kind === 'bytes' && body.incomplete)) return null
  if (exchange.request.method === 'HEAD') return null
  const bytes = bytesOf(body)
  if (bytes === null)
    return body.kind === 'bytes' ? { id, seq: exchange.seq, size: body.size, sha512: body.sha512 } : null
  return { id, seq: exchange.seq, bytes, size: bytes.length, sha512: sha512Of(bytes) }
}

/** The bytes of a body; JSON that was parsed is not the bytes that came. */
export function bytesOf(body: Answered['response']['body']): Uint8Array | null {
  if (body.kind === 'none') return new Uint8Array()
  if (body.kind === 'text') return new TextEncoder().encode(body.text)
  return body.kind === 'bytes' ? (body.bytes ?? null) : null
}

export interface Described {
  readonly id: string
  readonly sha512: string | undefined
  readonly size: number | undefined
  readonly pointer: string
}

/** Everything in a body that describes a file: it has `fileChecksums`, or a size and a link to its bytes. */
export function filesIn(value: Json | undefined, pointer = '', found: Described[] = []): Described[] {
  if (isObject(value)) found.push(...describedBy(value, pointer))
  else if (!isList(value)) return found
  for (const [key, part] of Object.entries(value))
    if (typeof part === 'object') filesIn(part, `${pointer}/${key}`, found)
  return found
}

function describedBy(value: JsonObject, pointer: string): Described[] {
  const [id, size, checksums] = [textAt(value, 'id'), value.decryptedSize, value.fileChecksums]
  if (id === undefined || (size === undefined && checksums === undefined)) return []
  const sum = isList(checksums)
    ? checksums.find((one) => /^sha-?512$/i.test(textAt(one, 'hashFunction') ?? ''))
    : undefined
  const sha512 = at(sum, 'fileHash')
  return [
    {
      id,
      pointer,
      size: typeof size === 'number' ? size : undefined,
      sha512: typeof sha512 === 'string' ? sha512 : undefined,
    },
  ]
}
