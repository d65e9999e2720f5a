import { RescaleError } from '../errors.ts'
import type { RequestContext } from './attempt.ts'

/** The request that an error came of, where it knows one. */
export function requestOf(error: unknown): RequestContext | undefined {
  if (!(error instanceof RescaleError) || error.requestId === undefined) return undefined
  const { method = '', url = '', requestId, attempts } = error
  return { method, url, requestId, attempts }
}

/**
 * The same error, told which request it came of unless it knows: what fails beneath or beside a request, such as a
 * local file or the caller's signal, cannot say it.
 */
export function attributed<Thrown>(error: Thrown, request: RequestContext | undefined): Thrown {
  if (!request || !(error instanceof RescaleError) || error.requestId !== undefined) return error
  const { method, url, requestId, attempts = [] } = request
  return Object.assign(error, { method, url, requestId, attempts })
}
