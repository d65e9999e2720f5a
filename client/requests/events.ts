import type { RescaleError } from '../errors.ts'
import type { RequestContext } from './attempt.ts'
import type { GateWait } from './gate.ts'
import type { Scope } from './scopes.ts'

interface AttemptEvent {
  readonly request: RequestContext
  /** The first is 1. */
  readonly attempt: number
}

/** A request is about to be sent. */
export interface RequestEvent extends AttemptEvent {
  readonly scope: Scope
}

/** An answer came, whatever its status. */
export interface ResponseEvent extends AttemptEvent {
  readonly status: number
  readonly durationMs: number
  readonly serverRequestId: string | undefined
}

/** A request will be sent again, after `delayMs`, because of `status` or `failure`. */
export interface RetryEvent extends AttemptEvent {
  readonly delayMs: number
  readonly status: number | undefined
  readonly failure: RescaleError | undefined
}

/** A request has to wait before it is sent. */
export interface ThrottleEvent extends GateWait {
  readonly request: RequestContext
  readonly scope: Scope
}

/** Called as requests go on. No event has the key or a body in it; what a hook throws is ignored. */
export interface Hooks {
  onRequest?: ((event: RequestEvent) => void) | undefined
  onResponse?: ((event: ResponseEvent) => void) | undefined
  onRetry?: ((event: RetryEvent) => void) | undefined
  onThrottle?: ((event: ThrottleEvent) => void) | undefined
}

/** Tells a hook, without letting it break the request. */
export function tell<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    hook?.(event)
  } catch {
    // A broken logger is no reason to fail.
  }
}
