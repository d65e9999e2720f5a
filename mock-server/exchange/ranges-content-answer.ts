import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import type { ExchangeAnswer, ExchangeRequest } from './http.ts'

export interface Content {
  readonly store: FileStore
  readonly stored: StoredBytes
  /** As the user named the file; may contain slashes and anything else. */
  readonly name: string
  readonly contentType: string
  readonly lastModified?: Date
}

/**
 * Answers GET or HEAD for the bytes of a file: 200, 206, 304, 412 or 416 (RFC 9110 §13 and §14).
 * For HEAD the answer has a body too, which tells its length and is never read.
 */
export function contentAnswer(
  request: Pick<ExchangeRequest, 'method' | 'headers'>,
  content: Content,
): ExchangeAnswer {
  throw new Error(`not written yet: ${request.method} ${content.name}`)
}

/** `text/plain` for names that promise text, `application/octet-stream` otherwise. */
export function contentTypeOf(name: string): string {
  throw new Error(`not written yet: ${name}`)
}
