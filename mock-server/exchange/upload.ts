import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import type { ExchangeRequest } from './http.ts'

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

export interface UploadLimits {
  /** Largest file in bytes. */
  readonly fileSize: number
}

/**
 * Streams the part `file` of a multipart/form-data body into the store.
 * Rejects only when the client went away or the store failed; nothing is left behind then either.
 */
export function readUpload(
  request: Pick<ExchangeRequest, 'headers' | 'body'>,
  store: FileStore,
  limits: UploadLimits = { fileSize: Number.POSITIVE_INFINITY },
): Promise<Upload | UploadRefusal> {
  throw new Error(`not written yet: ${request.body} ${store} ${limits.fileSize}`)
}
