import { createHash, type Hash } from 'node:crypto'
import { IntegrityError, type RequestContext, UnexpectedAnswerError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { FileTypeId, RescaleFile } from '../types.ts'
import { sha512Of } from './checksums.ts'
import { refusal, type TransferContext } from './context.ts'
import { multipartOf } from './multipart.ts'
import { untilTaken } from './send-again.ts'
import { openSource, type UploadSource } from './sources.ts'
import type { TransferBody, TransferRequest } from './transport.ts'

/** How far a transfer is. */
export interface Progress {
  /** Bytes of the file that are sent, or received and written. Goes back when a transfer starts over. */
  readonly transferred: number
  readonly total: number | undefined
}

export interface UploadOptions {
  /** The name the file gets; of a path, its last part unless told otherwise. */
  name?: string
  /** Needed for streams: how many bytes it will yield. */
  size?: number
  /** What the file is for; an input file unless told otherwise. */
  typeId?: FileTypeId
  /** Hashes while sending and compares with the checksum of the answer. Off unless asked for. */
  verify?: boolean
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** Uploads a file of any size in constant memory, with its exact length announced. */
export async function upload(
  context: TransferContext,
  source: UploadSource,
  options: UploadOptions = {},
): Promise<RescaleFile> {
  if (options.signal?.aborted) throw aborted(options.signal.reason)
  const { name, body } = await openSource(source, options)
  let hash: Hash | undefined
  const send = () => {
    hash = options.verify ? createHash('sha512') : undefined
    const observed = observe(body, options.onProgress, hash && ((chunk) => hash?.update(chunk)))
    return context.transport.send(requestFor(name, observed, options))
  }
  const isRepeatable = typeof source === 'string' || source instanceof URL || source instanceof Uint8Array
  const answer = await (isRepeatable ? untilTaken(context, options.signal, send) : send())
  if (answer.status < 200 || answer.status > 299) throw await refusal(context, answer)
  return uploaded(await answer.text(), body.size, hash?.digest('hex'), answer.request)
}

function requestFor(name: string, body: TransferBody, { typeId, signal }: UploadOptions): TransferRequest {
  const fields = typeId === undefined ? {} : { typeId: String(typeId) }
  const form = multipartOf({ fileName: name, body, fields })
  const headers = { 'Content-Type': form.contentType, 'Content-Length': String(form.size) }
  return { method: 'POST', path: '/api/v2/files/contents/', headers, body: form, signal }
}

function observe(
  body: TransferBody,
  onProgress: UploadOptions['onProgress'],
  onChunk: ((chunk: Uint8Array) => void) | undefined,
): TransferBody {
  return {
    size: body.size,
    async *chunks(options) {
      let transferred = 0
      for await (const chunk of body.chunks(options)) {
        onChunk?.(chunk)
        yield chunk
        transferred += chunk.byteLength
        onProgress?.({ transferred, total: body.size })
      }
    },
  }
}

// The answer is JSON whatever its content type says: Rescale labels it text/plain (api-facts 1.4).
function uploaded(
  text: string,
  size: number,
  sha512: string | undefined,
  request: RequestContext,
): RescaleFile {
  const file = fileIn(text)
  if (!file)
    throw new UnexpectedAnswerError('The upload was answered with something that is no file', { request })
  if (typeof file.decryptedSize === 'number' && file.decryptedSize !== size) {
    const what = `${size} bytes were sent, and ${file.decryptedSize} arrived as ${file.id}`
    throw new IntegrityError(`The upload is damaged: ${what}`, { request })
  }
  const theirs = sha512Of(file)
  if (sha512 !== undefined && theirs !== undefined && theirs !== sha512) {
    throw new IntegrityError(`The upload is damaged: ${file.id} has another SHA-512 than what was sent`, {
      request,
    })
  }
  return file
}

function fileIn(text: string): RescaleFile | undefined {
  try {
    const body: unknown = JSON.parse(text)
    const isFile = typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string'
    return isFile ? (body as RescaleFile) : undefined
  } catch {
    return undefined
  }
}
