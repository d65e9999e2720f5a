import type { OperationId } from '../../../openapi/generated/routes.ts'
import type { Json } from '../json.ts'
import type { Caller, ExchangePhase } from '../seen-exchange.ts'

/** An exchange as a recording keeps it: redacted, its ids, dates and addresses named. Texts are templates (tokens.ts). */
export interface StoredExchange {
  readonly seq: number
  readonly operationId: OperationId | null
  readonly phase: ExchangePhase
  readonly caller: Caller
  readonly request: StoredRequest
  readonly response: StoredResponse | StoredFailure
  /** ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
}

/** Names in lower case. */
export type StoredHeaders = readonly (readonly [name: string, value: string])[]

export interface StoredRequest {
  readonly method: string
  /** `{base}/api/v2/jobs/{job#1}/?page=2`. */
  readonly url: string
  readonly headers: StoredHeaders
  readonly body: StoredBody
}

export interface StoredResponse {
  readonly status: number
  readonly headers: StoredHeaders
  /** Headers that came, but whose values nobody needs: no value is kept. */
  readonly otherHeaders?: readonly string[]
  readonly body: StoredBody
  /** How the bytes were encoded on the wire; the body here is decoded. */
  readonly wire?: { readonly contentEncoding: string }
}

export interface StoredFailure {
  readonly failure: string
  readonly status?: number
}

export type StoredBody =
  | null
  | { readonly json: Json }
  | { readonly text: string }
  | { readonly bytes: StoredBytes }
  | { readonly parts: readonly StoredPart[] }
  /** Not kept, because nobody said that it is harmless. Equal ones have equal names. */
  | { readonly withheld: string; readonly size: number }

export interface StoredBytes {
  readonly size: number
  readonly sha256: string
  /** Small ones whole. */
  readonly base64?: string
  /** Large ones that the harness made, by how they were made. */
  readonly recipe?: StoredRecipe
}

/** Bytes `from` to before `to` of what `generatedBytes(seed, length)` makes. */
export interface StoredRecipe {
  readonly seed: number
  readonly length: number
  readonly from: number
  readonly to: number
}

/** A part of a multipart body. Boundaries are never kept: they mean nothing, and are different each time. */
export interface StoredPart {
  readonly name: string
  readonly filename?: string
  readonly contentType?: string
  readonly body: StoredBody
}
