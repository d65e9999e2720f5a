import type { Clock } from '../clock.ts'
import {
  AbortedError,
  type ErrorContext,
  HttpError,
  OutcomeUnknownError,
  type RescaleError,
  ServerError,
  UnexpectedAnswerError,
} from '../errors.ts'
import { aborted } from '../failures.ts'
import { requestOf } from './attributed.ts'

/** Something that must happen once, and whose traces can be looked for. */
export interface Deed<T> {
  /** Asks the platform to do it. */
  send(): Promise<T>
  /** What came of it, if it has been done; undefined when there is no trace of it. */
  find(): Promise<T | undefined>
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  readonly marker?: string | undefined
  /**
   * Of what is one deed however often it is asked for: the pause before the look after each sending. It is sent again
   * whatever was lost, 500 and 408 included.
   */
  readonly repeatAfterMs?: readonly number[]
}

const MAX_SENDINGS = 3
// A request whose connection broke is still worked on: looking once at once would be too early.
export const LOOKS_MS = [500, 2_000, 5_000]

/**
 * Does a deed once, whatever becomes of the answers: when one is lost, its traces are looked for, several times unless
 * it may be repeated, before it is asked for again. Without an answer and without being able to look it is an
 * `OutcomeUnknownError`.
 */
export async function once<T>(deed: Deed<T>): Promise<{ value: T; sendings: number }> {
  for (let sendings = 1; ; sendings++) {
    try {
      return { value: await deed.send(), sendings }
    } catch (error) {
      if (error instanceof AbortedError && error.attempts.length > 0) {
        throw stopped(error.cause, error, deed.marker)
      }
      if (!isLost(error) && !(deed.repeatAfterMs && gaveUp(error))) {
        // The platform may refuse what an earlier sending has done late.
        const value = sendings > 1 && !(error instanceof AbortedError) ? await look(deed, error) : undefined
        if (value === undefined) throw error
        return { value, sendings }
      }
      const value = await lookPatiently(deed, error, sendings)
      if (value !== undefined) return { value, sendings }
      const { repeatAfterMs } = deed
      if (sendings >= (repeatAfterMs?.length ?? MAX_SENDINGS)) throw error
      if (!repeatAfterMs && !maySendAgain(error)) throw error
    }
  }
}

/** Whether the answer says nothing about what has been done. */
export function isLost(error: unknown): error is RescaleError {
  if (error instanceof ServerError) return !saysLater(error)
  return error instanceof OutcomeUnknownError || isGarbled(error)
}

// 503 with Retry-After is the platform's own word that it did nothing.
function saysLater({ status, headers }: HttpError): boolean {
  return status === 503 && headers['retry-after'] !== undefined
}

// A redirect has no status here, and did nothing.
function isGarbled(error: unknown): boolean {
  return error instanceof UnexpectedAnswerError && error.attempts.some(({ status = 300 }) => status < 300)
}

// 408: the request took the platform too long.
function gaveUp(error: unknown): error is HttpError {
  return error instanceof HttpError && error.status === 408
}

// A 500 is final: the same request would fail the same way. Behind a garbled answer is no platform at all.
function maySendAgain(error: RescaleError): boolean {
  return !(error instanceof UnexpectedAnswerError || (error instanceof ServerError && error.status === 500))
}

async function lookPatiently<T>(deed: Deed<T>, lost: RescaleError, sendings: number): Promise<T | undefined> {
  const pauses = deed.repeatAfterMs?.slice(sendings - 1, sendings) ?? LOOKS_MS
  for (const ms of deed.repeatAfterMs || maySendAgain(lost) ? pauses : pauses.slice(0, 1)) {
    await deed.clock.sleep(ms, deed.signal).catch((reason) => {
      throw stopped(reason, lost, deed.marker)
    })
    const value = await look(deed, lost)
    if (value !== undefined) return value
  }
  return undefined
}

async function look<T>(deed: Deed<T>, lost: unknown): Promise<T | undefined> {
  try {
    return await deed.find()
  } catch (error) {
    if (error instanceof AbortedError) throw stopped(error.cause, lost, deed.marker)
    // Who answers everything with a login page is not the platform.
    if (isGarbled(lost) && isGarbled(error)) throw lost
    throw unknown(lost, deed.marker)
  }
}

function unknown(lost: unknown, marker: string | undefined): OutcomeUnknownError {
  const said = lost instanceof Error ? lost.message : String(lost)
  return new OutcomeUnknownError(`${said} (and looking for what was done failed as well)`, {
    ...contextOf(lost, marker),
    cause: lost,
    marker,
  })
}

// The caller wants no more; what was sent may have been carried out all the same.
function stopped(reason: unknown, lost: unknown, marker: string | undefined): AbortedError {
  const context = contextOf(lost, marker)
  return new AbortedError(aborted(reason, context.request).message, { ...context, cause: reason })
}

function contextOf(lost: unknown, marker: string | undefined): ErrorContext {
  const hint =
    marker === undefined
      ? 'Look whether it was done before doing it again.'
      : `If the job was created, ${marker} stands in its description.`
  return { request: requestOf(lost), hint }
}
