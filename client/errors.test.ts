import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClientOptions, RescaleClient } from './client.ts'
import { ClusterError } from './clusters/errors.ts'
import {
  AbortedError,
  ArgumentError,
  ConfigError,
  ConnectError,
  type ErrorContext,
  type TimeoutPhase,
} from './errors.ts'
import { aborted, failureOf as failureFrom, timedOut } from './failures.ts'
import { httpError } from './http-errors.ts'
import * as library from './index.ts'
import { aClient, failureOf } from './test-support/client.ts'
import { aClock } from './test-support/clock.ts'
import { aFile, serveBytes, someBytes } from './test-support/files.ts'
import { aFolder } from './test-support/folder.ts'
import { aPage, aServer, bodyOf, sendJson, type TestServer } from './test-support/server.ts'
import type { TransferEvent } from './transfer/events.ts'

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

/** A job that waits in the queue, and one that is over. */
const QUEUED = { status: 'Queued', statusDate: '2026-01-01T00:00:00Z', statusReason: null }
const OVER = { ...QUEUED, status: 'Completed' }
const BYTES = someBytes(1000)
const WRONG = { ...aFile(BYTES), fileChecksums: aFile(someBytes(4)).fileChecksums }

/** A platform that goes wrong in the way that the first part of the path names. */
async function misbehave(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
  const [, way = '', rest = ''] = /^\/([^/]+)(.*)$/.exec(request.url ?? '') ?? []
  if (way === 'cut') return request.socket.destroy()
  if (way === 'silent') return undefined
  if (way === 'html') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>')
  if (way === 'circle') return sendJson(response, 200, { ...aPage([{}]), next: request.url })
  if (way === 'bytes') return serveBytes(BYTES, request, response)
  if (rest.includes('/statuses/')) return sendJson(response, 200, aPage([way === 'over' ? OVER : QUEUED]))
  if (way === 'over') return sendJson(response, 200, { id: 'job1', detail: 'ok', results: [], next: null })
  if (way === 'waiting') return sendJson(response, 200, aPage([]))
  await bodyOf(request)
  return sendJson(response, Number(way), { detail: 'because' })
}

type Caused = (at: (way: string, options?: ClientOptions) => RescaleClient, folder: string) => unknown

const ONCE: ClientOptions = { retries: { attempts: 1 } }
const asks: (way: string, options?: ClientOptions) => Caused = (way, options) => (at) =>
  at(way, options).user.get()

/** What brings each class about. */
const CAUSED: Readonly<Record<string, Caused>> = {
  HttpError: asks('409'),
  ValidationError: asks('400'),
  UnauthorizedError: asks('401'),
  ForbiddenError: asks('403'),
  NotFoundError: asks('404'),
  RateLimitedError: asks('429', ONCE),
  ServerError: asks('503', ONCE),
  ConnectError: asks('cut', ONCE),
  TimeoutError: asks('silent', { ...ONCE, timeouts: { headersMs: 30 } }),
  UnexpectedAnswerError: (at) => at('circle').jobs.list().toArray(),
  OutcomeUnknownError: (at) => at('cut').request('POST', '/api/v2/jobs/', { body: '{}' }),
  WaitTimeoutError: (at) => at('waiting').jobs.waitFor('abc', 'Completed', { timeoutMs: 5000 }),
  AbortedError(at) {
    const controller = new AbortController()
    const clock = aClock(() => controller.abort('enough'))
    return at('waiting', { clock }).jobs.waitFor('abc', 'Completed', { signal: controller.signal })
  },
  IntegrityError: (at, to) => at('bytes').files.download(WRONG, { to: `${to}/wrong` }),
  TransfersFailedError: (at, folder) => at('404').files.downloadAll([aFile(BYTES)], { folder }),
  TransfersAbortedError(at, folder) {
    const controller = new AbortController()
    const client = at('bytes')
    const onEvent = ({ type }: TransferEvent) => type === 'progress' && controller.abort('enough')
    const files = [aFile(BYTES, 'one'), aFile(BYTES, 'two')]
    return client.files.downloadAll(files, { folder, onEvent, signal: controller.signal })
  },
  ClusterError: (at) => at('over').clusters.start({ coreType: 'x', coresPerSlot: 1, walltime: 1 }),
}

/** And those that have no request: why not. */
const WITHOUT: Readonly<Record<string, string>> = {
  ConfigError: 'found before there is a client to send anything',
  ArgumentError: 'thrown instead of sending anything',
  NoSpaceError: 'of the disk here, and thrown before anything is asked for as a rule',
}

/** One alone is no `RescaleError`: `parseApiconfig` takes a text apart, and knows of no client. A client gives a `ConfigError`. */
const OF_THE_PARSER = 'ApiconfigError'

function exportedClasses(): string[] {
  return Object.entries(library)
    .filter(([, value]) => typeof value === 'function' && value.prototype instanceof Error)
    .map(([name]) => name)
    .filter((name) => ![OF_THE_PARSER, 'RescaleError'].includes(name))
}

it('knows of every class of errors that the library exports', () => {
  const known = [...Object.keys(OF_REQUESTS), ...Object.keys(OF_FILES)]
  expect(exportedClasses().sort()).toEqual(known.sort())
  expect([...Object.keys(CAUSED), ...Object.keys(WITHOUT)].sort()).toEqual(known.sort())
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

describe('when it comes about', () => {
  let server: TestServer
  let folder: Awaited<ReturnType<typeof aFolder>>
  beforeAll(async () => {
    ;[server, folder] = await Promise.all([aServer(misbehave), aFolder()])
  })
  afterAll(async () => {
    await Promise.all([server[Symbol.asyncDispose](), folder[Symbol.asyncDispose]()])
  })

  it.each(Object.entries(CAUSED))('%s has the id, the attempts and a hint', async (name, cause) => {
    const clients: RescaleClient[] = []
    const at = (way: string, options?: ClientOptions) => {
      const client = aClient(`${server.url}/${way}`, options)
      clients.push(client)
      return client
    }
    const failure = await failureOf(Promise.resolve(cause(at, folder.path)))
    await Promise.all(clients.map((client) => client.close()))
    expect(failure.constructor.name).toBe(name)
    const { requestId, attempts, url, hint } = failure as library.RescaleError
    // What it says was sent is what came.
    const sent = server.seen.filter(({ headers }) => headers['x-client-request-id'] === requestId)
    expect(requestId).toBeTruthy()
    expect(sent.length).toBe(attempts.length)
    expect(sent.map((one) => one.url.split('?')[0])).toContain(new URL(url ?? '').pathname)
    expect(attempts.length).toBeGreaterThan(0)
    expect(hint).toMatch(/^.{20,}[.?]$/)
  })
})

it('tells of no attempt where nothing was sent', async () => {
  const signal = AbortSignal.abort('enough')
  const calls = [
    () => aClient('http://127.0.0.1:9').jobs.waitFor('abc', 'Completed', { signal }),
    () => aClient('http://127.0.0.1:9').files.upload(BYTES, { name: 'x', signal }),
  ]
  for (const call of calls) expect(await failureOf(call())).toMatchObject({ cause: 'enough', attempts: [] })
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
      const error = failureFrom(Object.assign(new Error('x'), { code }), request, { maybeSent })
      expect(error.hint).toMatch(/^.{20,}\.$/)
    }
    expect(aborted('enough', request).hint).toMatch(/^.{20,}\.$/)
  },
)
