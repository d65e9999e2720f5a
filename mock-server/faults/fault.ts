import type { OperationId } from '../../openapi/generated/routes.ts'

/** What can go wrong with a request, or on the way of its answer. Durations are texts such as `250ms`, of real time. */
export type SingleFault =
  /** An answer of one's own. With `carriedOut`, only the answer is lost: what was asked for has happened. */
  | {
      readonly kind: 'status'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      /** Text as it is sent, or JSON. Default: what the platform, or what stands in front of it, would say. */
      readonly body?: unknown
      /** Seconds, for the header `Retry-After`. */
      readonly retryAfter?: number
      readonly carriedOut?: boolean
    }
  /**
   * `before`: the request is carried out late, and not at all when the client has left by then. `unanswered`: it is
   * carried out at once and answered late. `during`: the body stops after `afterBytes`. `between`: after every
   * `everyBytes`.
   */
  | {
      readonly kind: 'delay'
      readonly when: 'before' | 'unanswered' | 'during' | 'between'
      readonly for: string
      readonly afterBytes?: number
      readonly everyBytes?: number
    }
  /**
   * `before`: the connection is reset and nothing carried out. `unanswered`: carried out, and no answer. `during`:
   * after `afterBytes` of the body. `after`: the answer comes whole, and the connection is reset when it is used again.
   */
  | {
      readonly kind: 'reset'
      readonly when: 'before' | 'unanswered' | 'during' | 'after'
      readonly afterBytes?: number
    }
  /**
   * Only so many bytes of the body come. `honest`: `Content-Length` says so. `lying`: it says what it would have said,
   * and the connection ends. A number: that number.
   */
  | {
      readonly kind: 'cut'
      readonly afterBytes: number
      readonly contentLength?: 'honest' | 'lying' | number
    }
  /** All bits of the byte at this offset of the file or text, ranges included, are turned over. */
  | { readonly kind: 'flip-byte'; readonly offset: number }
  /** The whole file is answered to a request for a range. */
  | { readonly kind: 'ignore-range' }
  /** The answer tells wrong checksums of files. */
  | { readonly kind: 'wrong-checksum' }
  /** A page after the first begins with the last items of the page before: others came in meanwhile. */
  | { readonly kind: 'duplicate-items'; readonly count?: number }
  /** The items of a page come in the reverse order. */
  | { readonly kind: 'reorder-items' }
  /** Statuses and lists do not show yet that a job is Completed. */
  | { readonly kind: 'late-completed' }
  /** The key is not accepted any more. */
  | { readonly kind: 'expired-key' }
  /** Nothing goes wrong; so that others go wrong later. */
  | { readonly kind: 'none' }

/** Several that one request meets, each at its place of the request's way; they act all, or are left all. */
export interface TogetherFault {
  readonly kind: 'together'
  readonly faults: readonly SingleFault[]
}

export type Fault = SingleFault | TogetherFault

export type FaultKind = Fault['kind']

/** Which requests, and how often. */
export interface FaultTarget {
  /** An operationId of the description; `*` for all. */
  readonly operation: OperationId | '*'
  /** Only requests that name this job in their path, or rows of this job. */
  readonly job?: string
  /** Only requests that name this file in their path, or rows of this file. */
  readonly file?: string
  /** How many requests it meets. Default: one; with `chance`, no limit. */
  readonly times?: number
  /** From 0 to 1: whether it meets a request is drawn, the same way for the same seed and requests. */
  readonly chance?: number
}

export type PlannedFault = Fault & FaultTarget
