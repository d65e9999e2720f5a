import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import { header } from './header.ts'
import type { ExchangeRequest } from './http.ts'
import { FileTooLargeError, UploadForm } from './upload-form.ts'
import { readParameters } from './upload-header-parameters.ts'
import { MultipartError, MultipartScanner } from './upload-scanner.ts'

/** A file that arrived whole and is in the store. */
export interface Upload {
  readonly kind: 'upload'
  /** As the client sent it, slashes and all. */
  readonly name: string
  /** 1 (input file) unless the client said otherwise; any whole number may stand here. */
  readonly typeId: number
  readonly stored: StoredBytes
}

/** Why nothing was stored, as the answer that says so. */
export interface UploadRefusal {
  readonly kind: 'refusal'
  readonly status: 400 | 413 | 415
  /** In the shapes of Django REST framework: `{"detail": …}` or `{"file": […]}`. */
  readonly body: Readonly<Record<string, string | readonly string[]>>
}

/** The largest file that the platform takes in one upload (AE26). Bytes. */
export const documentedFileSizeLimit = 5_000_000_000

/** What may surround the file in a body. Bytes. */
const formOverhead = 1 << 20

export interface UploadLimits {
  /** Largest file in bytes; infinite switches the limit off. */
  readonly fileSize: number
}

/**
 * Streams the part `file` of a multipart/form-data body into the store. An empty file is taken: what Rescale
 * does with one is not known. The texts are Django's and Django REST framework's (inferred).
 * Rejects only when the client went away or the store failed; nothing is left behind then either.
 */
export async function readUpload(
  request: Pick<ExchangeRequest, 'headers' | 'body'>,
  store: FileStore,
  limits: UploadLimits = { fileSize: documentedFileSizeLimit },
): Promise<Upload | UploadRefusal> {
  const { body } = request
  if (body === null) return refusal(400, { file: ['No file was submitted.'] })
  const contentType = header(request, 'content-type') ?? ''
  const { value: mediaType, parameters } = readParameters(contentType)
  if (mediaType !== 'multipart/form-data')
    return detail(415, `Unsupported media type "${contentType}" in request.`)
  const boundary = parameters.get('boundary')
  if (!isBoundary(boundary)) return parseError(`Invalid boundary in multipart: ${boundary ?? 'None'}`)
  if (Number(header(request, 'content-length')) > limits.fileSize + formOverhead) return tooLarge(limits)
  return readForm(body, boundary, store, limits)
}

async function readForm(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  store: FileStore,
  limits: UploadLimits,
): Promise<Upload | UploadRefusal> {
  const form = new UploadForm(store, limits.fileSize)
  try {
    await feed(body, new MultipartScanner(boundary, form), form, limits.fileSize + formOverhead)
    const filled = await form.fill()
    if (!('errors' in filled)) return { kind: 'upload', ...filled }
    await form.abort()
    return refusal(400, filled.errors)
  } catch (error) {
    await form.abort()
    if (error instanceof MultipartError) return parseError(error.message)
    if (error instanceof FileTooLargeError) return tooLarge(limits)
    throw error
  }
}

async function feed(
  body: AsyncIterable<Uint8Array>,
  scanner: MultipartScanner,
  form: UploadForm,
  limit: number,
): Promise<void> {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    // A body without a length in its headers could go on for ever, outside of the file too.
    if (bytes > limit) throw new FileTooLargeError()
    scanner.feed(chunk)
    const { wait } = form
    if (wait !== undefined) await wait
  }
  // Django takes what came so far for the whole. Half a file is worse than an error, so the mock does not.
  if (!scanner.complete) throw new MultipartError('Unexpected end of the form.')
}

/** Django's rule for boundaries. */
const isBoundary = (boundary: string | undefined): boundary is string =>
  /^[ -~]{0,200}[!-~]$/.test(boundary ?? '')

const refusal = (status: UploadRefusal['status'], body: UploadRefusal['body']): UploadRefusal => ({
  kind: 'refusal',
  status,
  body,
})

const detail = (status: UploadRefusal['status'], text: string): UploadRefusal =>
  refusal(status, { detail: text })

const parseError = (reason: string): UploadRefusal => detail(400, `Multipart form parse error - ${reason}`)

const tooLarge = ({ fileSize }: UploadLimits): UploadRefusal =>
  detail(413, `A file must not be larger than ${fileSize} bytes.`)
