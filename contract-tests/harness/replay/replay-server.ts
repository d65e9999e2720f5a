import type { HttpHandler } from 'msw'
import type * as Undici from 'undici'
import { loadDescribedBodies } from '../naming/described-bodies.ts'
import type { Cassette } from '../recording/cassette.ts'
import type { Caller } from '../seen-exchange.ts'
import type { WireRequest } from '../transport.ts'
import { MissError } from './misses.ts'
import { NetworkLock } from './network-lock.ts'
import { watchConnections } from './own-connections.ts'
import { RecordedFailure } from './render.ts'
import { Replay } from './replay.ts'
import { listenOnLoopback, replayListener } from './replay-listener.ts'
import { Answering, anybody } from './replay-transport.ts'

/** Of the platform in the United States; a consumer's own setting. */
const DEFAULT_ORIGIN = 'https://platform.rescale.com'

export interface ReplayServerOptions {
  /** Where the consumer sends its requests. Default `https://platform.rescale.com`. */
  readonly baseUrl?: string
  /** Hosts (with port, where there is one) that may be reached in earnest, such as the consumer's own test server. */
  readonly allowHosts?: readonly string[]
  /** Whose key an `Authorization` is. Default: any is the owner's, none is nobody's. */
  readonly callerOf?: (authorization: string | undefined) => Caller
}

/** A recording that answers whatever HTTP client this process uses, and keeps everything else off the network. */
export interface ReplayServer extends Disposable {
  /** From here on. */
  listen(): void
  /**
   * Throws when something was asked that was not recorded, when something was to leave for another host, or when not
   * everything was asked that was recorded. To be called at the end of each test: a client may have swallowed the error.
   */
  finish(): void
  /** Lets the network be reached again. */
  close(): void
  readonly replay: Replay
}

/**
 * Replays a recording in this process. What speaks through `fetch` or `node:http` is met by msw; what opens connections
 * of its own (undici's `request`, `fetch`, Agents and Pools) is led to a port of 127.0.0.1 that gives the same answers.
 */
export async function replayServer(
  cassette: Cassette,
  options: ReplayServerOptions = {},
): Promise<ReplayServer> {
  const [{ setupServer }, undici, bodies] = await Promise.all([
    import('msw/node'),
    import('undici'),
    loadDescribedBodies(),
  ])
  const origin = new URL(options.baseUrl ?? DEFAULT_ORIGIN).origin
  const replay = new Replay(cassette, { bodies, origin })
  const lock = new NetworkLock(origin, options.allowHosts ?? [])
  const answering = new Answering(replay, origin, options.callerOf ?? anybody)
  const server = setupServer(await handlerFor(answering, origin, lock))
  const loopback = await listenOnLoopback()
  loopback.unref()
  const onError = (error: unknown): null => {
    noteUnknown(error, lock)
    return null
  }
  loopback.answerWith(replayListener({ origin, answering, onError }))
  let ends: (() => void)[] = []
  const close = (): void => {
    for (const end of ends) end()
    ends = []
    server.close()
    void loopback.close()
  }
  return {
    replay,
    listen() {
      server.listen({ onUnhandledRequest: 'error' })
      ends.push(
        watchConnections({
          decide: (destination) => lock.decide(destination, loopback.port),
          openBefore: ({ host, port }) =>
            lock.refuse(`a request was not sent over the connection to ${host}:${port} that was open before`),
        }),
        freshConnections(undici),
      )
    },
    finish() {
      const [first] = lock.refused
      if (first) throw first
      replay.finish()
    },
    close,
    [Symbol.dispose]: close,
  }
}

async function handlerFor(answering: Answering, origin: string, lock: NetworkLock): Promise<HttpHandler> {
  const { http, HttpResponse, passthrough } = await import('msw')
  // Nothing may be thrown in here: msw would answer with a status 500 that nobody recorded.
  return http.all('*', async ({ request }) => {
    const url = new URL(request.url)
    if (lock.allows(url.host)) return passthrough()
    if (url.origin !== origin) {
      lock.refuse(`${request.method} ${url.origin}${url.pathname} was not sent`)
      return HttpResponse.error()
    }
    try {
      const { status, headers, body } = await answering.answer(await wireRequest(request))
      return new HttpResponse(BODILESS.has(status) ? null : new Uint8Array(body), {
        status,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
      })
    } catch (error) {
      noteUnknown(error, lock)
      return HttpResponse.error()
    }
  })
}

/** Connections that undici holds open, to the platform or to a replay before this one, are not used meanwhile. */
function freshConnections({ Agent, getGlobalDispatcher, setGlobalDispatcher }: typeof Undici): () => void {
  const before = getGlobalDispatcher()
  const fresh = new Agent()
  setGlobalDispatcher(fresh)
  return () => {
    if (getGlobalDispatcher() === fresh) setGlobalDispatcher(before)
    void fresh.destroy()
  }
}

/** Misses are kept by the replay, and failures were recorded; anything else is told at the end. */
function noteUnknown(error: unknown, { refused }: NetworkLock): void {
  if (error instanceof MissError || error instanceof RecordedFailure) return
  refused.push(error instanceof Error ? error : new Error(String(error)))
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

async function wireRequest(request: Request): Promise<WireRequest> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body: bytes.length === 0 ? null : bytes,
  }
}
