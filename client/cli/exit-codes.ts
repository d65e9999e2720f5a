import { ClusterError } from '../clusters/errors.ts'
import {
  AbortedError,
  ArgumentError,
  ConfigError,
  ConnectError,
  HttpError,
  IntegrityError,
  OutcomeUnknownError,
  TimeoutError,
  UnexpectedAnswerError,
} from '../errors.ts'
import type { JobOutcome } from '../outcome.ts'
import { TransfersFailedError } from '../transfer-errors.ts'

/** What the command line ends with, by class; docs/cli.md explains them. */
export const EXIT = {
  ok: 0,
  error: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  rateLimited: 5,
  network: 6,
  integrity: 7,
  /** A wait's own deadline has passed; the job goes on. */
  pending: 8,
  /** Some of several things were done. */
  partial: 9,
  /** The platform did all that was asked; the job itself failed or was stopped. */
  jobFailed: 10,
  /** Nobody can tell: an answer got lost, or a job's log does not say how it ended. */
  unknown: 11,
  /** The platform refuses the request as it is. */
  refused: 12,
  platform: 13,
  interrupted: 130,
  /** Whoever read how a job goes has gone. */
  unread: 141,
  terminated: 143,
} as const

export type ExitName = keyof typeof EXIT

/** A mistake of whoever typed the command. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly hint: string | undefined
  /** All that is said to people, where that is more, such as a whole help. */
  readonly text: string | undefined

  constructor(message: string, hint?: string, text?: string) {
    super(message)
    this.hint = hint
    this.text = text
  }
}

/** A command that cannot go on, with the class it ends with. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: ExitName
  readonly hint: string | undefined

  constructor(exit: ExitName, message: string, hint?: string) {
    super(message)
    this.exit = exit
    this.hint = hint
  }
}

/** The class of whatever a command was ended by. */
export function exitOf(error: unknown): ExitName {
  if (error instanceof Failure) return error.exit
  if (error instanceof UsageError || error instanceof ConfigError || error instanceof ArgumentError)
    return 'usage'
  if (error instanceof TransfersFailedError) return exitOfTransfers(error)
  if (error instanceof AbortedError) return error.cause === 'SIGTERM' ? 'terminated' : 'interrupted'
  if (error instanceof HttpError) return exitOfStatus(error.status)
  if (error instanceof TimeoutError) return error.phase === 'wait' ? 'pending' : 'network'
  if (error instanceof OutcomeUnknownError) return 'unknown'
  if (error instanceof ConnectError) return 'network'
  if (error instanceof IntegrityError) return 'integrity'
  if (error instanceof ClusterError) return EXIT_OF_CLUSTER[error.kind]
  if (error instanceof UnexpectedAnswerError) return 'platform'
  return 'error'
}

const EXIT_OF_CLUSTER: Readonly<Record<ClusterError['kind'], ExitName>> = {
  // Of a job that does not run: there is no machine to reach, whatever became of the job.
  start: 'notFound',
  missing: 'notFound',
  'host-key': 'integrity',
  login: 'network',
  transfer: 'network',
}

// Some that arrived are worth something; of none the first failure says why.
function exitOfTransfers({ results, errors }: TransfersFailedError): ExitName {
  return errors.length < results.length ? 'partial' : exitOf(errors[0])
}

/** The class of an HTTP error status. */
export function exitOfStatus(status: number): ExitName {
  if (status === 404) return 'notFound'
  if (status === 401 || status === 403) return 'auth'
  if (status === 429) return 'rateLimited'
  return status >= 500 ? 'platform' : 'refused'
}

/** What a job's end is to a script. */
export function exitOfVerdict(verdict: JobOutcome['verdict']): ExitName {
  if (verdict === 'ok') return 'ok'
  return verdict === 'unknown' ? 'unknown' : 'jobFailed'
}
