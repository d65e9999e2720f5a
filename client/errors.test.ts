import { expect, it } from 'vitest'
import { ClusterError } from './clusters/errors.ts'
import {
  AbortedError,
  ArgumentError,
  ConfigError,
  ConnectError,
  type ErrorContext,
  type TimeoutPhase,
} from './errors.ts'
import { aborted, failureOf, timedOut } from './failures.ts'
import { httpError } from './http-errors.ts'
import * as library from './index.ts'

const request = {
  method: 'POST',
  url: 'https://rescale.test/api/v2/jobs/',
  requestId: 'r1',
  attempts: [{ number: 1, startedAt: 0, durationMs: 5, status: 400 }],
}
const context: ErrorContext = { request }
const failure = { status: 418, fieldErrors: {}, body: '', headers: {} }
const PHASES: readonly TimeoutPhase[] = ['connect', 'send', 'headers', 'body', 'wait']
const KINDS = ['start', 'host-key', 'missing', 'login', 'transfer'] as const

/** Each class of errors of a request, made with nothing but what it must have. */
const OF_REQUESTS: Readonly<Record<string, () => library.RescaleError>> = {
  ConfigError: () => new ConfigError('x', context),
  ArgumentError: () => new ArgumentError('x', context),
  HttpError: () => new library.HttpError('x', failure, context),
  ValidationError: () => new library.ValidationError('x', failure, context),
  UnauthorizedError: () => new library.UnauthorizedError('x', failure, context),
  ForbiddenError: () => new library.ForbiddenError('x', failure, context),
  NotFoundError: () => new library.NotFoundError('x', failure, context),
  RateLimitedError: () => new library.RateLimitedError('x', failure, undefined, context),
  ServerError: () => new library.ServerError('x', failure, context),
  ConnectError: () => new ConnectError('x', { maybeSent: true }, context),
  TimeoutError: () => new library.TimeoutError('x', { phase: 'headers', timeoutMs: 1 }, context),
  WaitTimeoutError: () => new library.WaitTimeoutError(1, [], context),
  OutcomeUnknownError: () => new library.OutcomeUnknownError('x', context),
  AbortedError: () => new AbortedError('x', context),
  IntegrityError: () => new library.IntegrityError('x', context),
  UnexpectedAnswerError: () => new library.UnexpectedAnswerError('x', context),
  ClusterError: () => new ClusterError('x', { jobId: 'abc', kind: 'start' }, context),
}

/** And those of what is done with files here: of several requests, or of none. */
const OF_FILES: Readonly<Record<string, () => library.RescaleError>> = {
  NoSpaceError: () => new library.NoSpaceError('/', 2, 1),
  TransfersFailedError: () =>
    new library.TransfersFailedError('uploaded', [{ outcome: 'failed', error: new Error('x') }]),
  TransfersAbortedError: () => new library.TransfersAbortedError('enough', []),
}

function exportedClasses(): string[] {
  return Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof library.RescaleError)
    .map(([name]) => name)
}

it('knows of every class of errors that the library exports', () => {
  const known = [...Object.keys(OF_REQUESTS), ...Object.keys(OF_FILES)]
  expect(exportedClasses().sort()).toEqual(known.sort())
})

it.each(Object.entries({ ...OF_REQUESTS, ...OF_FILES }))('gives %s its name and a hint', (name, make) => {
  const error = make()
  // A transfer that was aborted is told as any other call.
  expect(error.name).toBe(name.replace('TransfersAborted', 'Aborted'))
  expect(error.hint).toMatch(/^.{20,}[.?]$/)
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name: error.name, hint: error.hint })
})

it.each(Object.entries(OF_REQUESTS))('gives %s the id and the attempts of its request', (_, make) => {
  expect(make()).toMatchObject({ method: 'POST', requestId: 'r1', attempts: request.attempts })
})

it('has another hint for each class', () => {
  const hints = Object.values({ ...OF_REQUESTS, ...OF_FILES }).map((make) => make().hint)
  // But of aborted transfers.
  expect(new Set(hints).size).toBe(hints.length - 1)
})

it('has another hint for each phase of a request, and each kind of trouble with a cluster', () => {
  const hints = [
    ...PHASES.map((phase) => timedOut(phase, 1, request).hint),
    ...KINDS.map((kind) => new ClusterError('x', { jobId: 'abc', kind }).hint),
  ]
  expect(new Set(hints).size).toBe(PHASES.length + KINDS.length)
  expect(hints).not.toContain(undefined)
})

it.each([400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 429, 500, 502, 503])(
  'says what to do about an answer of %i',
  (status) => {
    const error = httpError({ status, headers: {}, text: '' }, request, 0)
    expect(error).toMatchObject({ status, requestId: 'r1', hint: expect.stringMatching(/^.{20,}\.$/) })
  },
)

it.each(['ECONNRESET', 'EPIPE', 'ERR_INVALID_URL', 'ENOTFOUND', 'EHOSTUNREACH', 'UND_ERR_SOCKET', undefined])(
  'says what to do about %s',
  (code) => {
    for (const maybeSent of [true, false]) {
      const error = failureOf(Object.assign(new Error('x'), { code }), request, { maybeSent })
      expect(error.hint).toMatch(/^.{20,}\.$/)
    }
    expect(aborted('enough', request).hint).toMatch(/^.{20,}\.$/)
  },
)
