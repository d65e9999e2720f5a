import type { RequestListener } from 'node:http'
import { isAcceptedHost, isAcceptedOrigin } from '../../../mock-server/transports/accepted-host.ts'
import { loadDescribedBodies } from '../naming/described-bodies.ts'
import type { Cassette } from '../recording/cassette.ts'
import { MissError } from './misses.ts'
import { RecordedFailure, type RenderedAnswer } from './render.ts'
import { Replay } from './replay.ts'
import { listenOnLoopback, replayListener, send } from './replay-listener.ts'
import { Answering, anybody, type CallerOf } from './replay-transport.ts'

export interface ServeReplayOptions {
  /** Default: any that is free. */
  readonly port?: number
  /** Whose key an `Authorization` is. Default: any is the owner's, none is nobody's. */
  readonly callerOf?: CallerOf
  /** Hears at once of what was not recorded. */
  readonly onMiss?: (error: Error) => void
}

/** A recording behind a port of 127.0.0.1, for clients in other processes and languages. */
export interface ServedReplay extends AsyncDisposable {
  /** What the client's base URL has to be; links in answers begin with it. */
  readonly url: string
  readonly replay: Replay
  /** Throws when something was asked that was not recorded, or not everything was asked that was. */
  finish(): void
  close(): Promise<void>
}

/** Described for no operation of the platform, so that nobody takes it for an answer of it. */
const NOT_RECORDED = 501

/** Serves a recording. Rejects where the port is taken. What else the client's process sends, nobody here sees. */
export async function serveReplay(
  cassette: Cassette,
  options: ServeReplayOptions = {},
): Promise<ServedReplay> {
  const bodies = await loadDescribedBodies()
  const server = await listenOnLoopback(options.port)
  const url = `http://127.0.0.1:${server.port}`
  const replay = new Replay(cassette, { bodies, origin: url })
  const unknown: Error[] = []
  const onError = (error: unknown): RenderedAnswer | null => {
    if (error instanceof RecordedFailure) return null
    const told = error instanceof Error ? error : new Error(String(error))
    if (!(told instanceof MissError)) unknown.push(told)
    options.onMiss?.(told)
    return notRecorded(told.message)
  }
  const answering = new Answering(replay, url, options.callerOf ?? anybody)
  server.answerWith(toThisMachine(replayListener({ origin: url, answering, onError })))
  const close = () => server.close()
  const finish = (): void => {
    const [first] = unknown
    if (first) throw first
    replay.finish()
  }
  return { url, replay, finish, close, [Symbol.asyncDispose]: close }
}

const notRecorded = (message: string): RenderedAnswer => plainText(NOT_RECORDED, `${message}\n`)

function plainText(status: number, text: string): RenderedAnswer {
  const body = new TextEncoder().encode(text)
  const headers = [
    ['content-type', 'text/plain; charset=utf-8'],
    ['content-length', String(body.length)],
  ] as const
  return { status, headers, body }
}

/** Pages of other origins, and names that were made to lead here, get nothing. */
const toThisMachine =
  (listener: RequestListener): RequestListener =>
  (request, response) => {
    const { host, origin } = request.headers
    if (isAcceptedHost(host) && isAcceptedOrigin(origin)) return listener(request, response)
    send(plainText(421, 'A replay answers to loopback names only.\n'), request, response)
  }
