import { createHash, type Hash } from 'node:crypto'
import { IntegrityError, type RequestContext, UnexpectedAnswerError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { attributed } from '../requests/attributed.ts'
import type { FileTypeId, RescaleFile } from '../types.ts'
import { AttemptHistory } from './attempt-history.ts'
import { sha512Of } from './checksums.ts'
import { refusal, type TransferContext } from './context.ts'
import type { OnTransferEvent } from './events.ts'
import { multipartOf } from './multipart.ts'
import { type FindFiles, findEqual } from './reuse.ts'
import { untilTaken } from './send-again.ts'
import { shared } from './shared-signal.ts'
import { type AnySource, isRepeatable, type OpenedSource, openSource } from './sources.ts'
import { type TrackedItem, TransferTracker } from './tracker.ts'
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
  /**
   * Sends nothing if the account has a file of the same name, length and SHA-512, and gives that one. Off unless
   * asked for: whoever deletes such a file (or a job with its inputs) deletes it for every job that uses it.
   */
  reuse?: boolean
  onProgress?: (progress: Progress) => void
  onEvent?: OnTransferEvent
  signal?: AbortSignal
}

/** What an upload came to. */
export interface Uploaded {
  readonly file: RescaleFile
  /** Nothing was sent: the account had it. */
  readonly reused: boolean
}

/** What an upload may use besides the connection. */
export interface UploadHelp {
  readonly find?: FindFiles | undefined
  /** Where it is one of several. */
  readonly tracked?: TrackedItem | undefined
}

/** Uploads a file of any size in constant memory, with its exact length announced. */
export async function upload(
  context: TransferContext,
  source: AnySource,
  options: UploadOptions = {},
  find?: FindFiles,
): Promise<RescaleFile> {
  const { file } = await uploadOnce(context, source, options, { find })
  return file
}

/** The same, telling whether anything was sent. */
export async function uploadOnce(
  context: TransferContext,
  source: AnySource,
  options: UploadOptions,
  { find, tracked }: UploadHelp,
): Promise<Uploaded> {
  if (options.signal?.aborted) throw aborted(options.signal.reason)
  shared(options.signal)
  const opened = await openSource(source, options).catch((error) => {
    tracked?.failed(error)
    throw error
  })
  const { name, body } = opened
  const item = tracked ?? trackerOf(context, options).add({ direction: 'upload', name, total: body.size })
  try {
    item.started()
    const equal = await equalFile(source, opened, options, find)
    if (equal) item.skipped('reused', equal.id)
    if (equal) return { file: equal, reused: true }
    const file = await sent(context, source, opened, options, item)
    item.finished(file.id)
    return { file, reused: false }
  } catch (error) {
    item.failed(error)
    throw error
  }
}

function trackerOf(context: TransferContext, options: UploadOptions): TransferTracker {
  return new TransferTracker(context.clock, options.onEvent)
}

async function equalFile(
  source: AnySource,
  { name, body }: OpenedSource,
  { reuse = false, signal }: UploadOptions,
  find: FindFiles | undefined,
): Promise<RescaleFile | undefined> {
  // A stream can be read once only.
  if (!reuse || !find || !isRepeatable(source)) return undefined
  return findEqual({ name, size: body.size, sha512: () => sha512OfBody(body, signal) }, find, signal)
}

async function sha512OfBody(body: TransferBody, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha512')
  for await (const chunk of body.chunks({ reuse: true })) {
    if (signal?.aborted) throw aborted(signal.reason)
    hash.update(chunk)
  }
  return hash.digest('hex')
}

async function sent(
  context: TransferContext,
  source: AnySource,
  { name, body }: OpenedSource,
  options: UploadOptions,
  item: TrackedItem,
): Promise<RescaleFile> {
  let hash: Hash | undefined
  const history = new AttemptHistory()
  const onProgress = (progress: Progress) => {
    item.progress(progress.transferred)
    options.onProgress?.(progress)
  }
  const send = () => {
    hash = options.verify ? createHash('sha512') : undefined
    const observed = observe(body, onProgress, hash && ((chunk) => hash?.update(chunk)))
    return context.transport.send({ ...requestFor(name, observed, options), history })
  }
  const onRetry = (error: Error, delayMs: number) => item.retrying(error, delayMs)
  const sending = isRepeatable(source) ? untilTaken(context, options.signal, send, onRetry) : send()
  const answer = await sending.catch((error) => {
    throw attributed(error, history.request)
  })
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
