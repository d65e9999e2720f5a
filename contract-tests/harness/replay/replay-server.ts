import type { HttpHandler } from 'msw'
import { loadDescribedBodies } from '../naming/described-bodies.ts'
import type { Cassette } from '../recording/cassette.ts'
import type { Caller } from '../seen-exchange.ts'
import type { WireRequest } from '../transport.ts'
import { MissError } from './misses.ts'
import { RecordedFailure } from './render.ts'
import { Replay } from './replay.ts'
import { Answering } from './replay-transport.ts'

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

/** A request for a host that is not part of the recording, and was not sent. */
export class NetworkLockError extends Error {
  override readonly name = 'NetworkLockError'
}

/** Replays a recording through msw. */
export async function replayServer(
  cassette: Cassette,
  options: ReplayServerOptions = {},
): Promise<ReplayServer> {
  const [{ setupServer }, bodies] = await Promise.all([import('msw/node'), loadDescribedBodies()])
  const origin = new URL(options.baseUrl ?? DEFAULT_ORIGIN).origin
  const replay = new Replay(cassette, { bodies, origin })
  const refused: NetworkLockError[] = []
  const handler = await handlerFor(replay, origin, options, refused)
  const server = setupServer(handler)
  const close = (): void => server.close()
  return {
    replay,
    listen: () => server.listen({ onUnhandledRequest: 'error' }),
    finish() {
      const [first] = refused
      if (first) throw first
      replay.finish()
    },
    close,
    [Symbol.dispose]: close,
  }
}

const anybody = (authorization: string | undefined): Caller =>
  authorization === undefined ? 'nobody' : 'owner'

async function handlerFor(
  replay: Replay,
  origin: string,
  { allowHosts = [], callerOf = anybody }: ReplayServerOptions,
  refused: NetworkLockError[],
): Promise<HttpHandler> {
  const { http, HttpResponse, passthrough } = await import('msw')
  const answering = new Answering(replay, origin, callerOf)
  // Nothing may be thrown in here: msw would answer with a status 500 that nobody recorded.
  return http.all('*', async ({ request }) => {
    const url = new URL(request.url)
    if (allowHosts.includes(url.host)) return passthrough()
    if (url.origin !== origin) {
      refused.push(lockError(request.method, url, origin))
      return HttpResponse.error()
    }
    try {
      const { status, headers, body } = await answering.answer(await wireRequest(request))
      return new HttpResponse(BODILESS.has(status) ? null : new Uint8Array(body), {
        status,
        headers: headers.map(([name, value]): [string, string] => [name, value]),
      })
    } catch (error) {
      if (!(error instanceof MissError || error instanceof RecordedFailure))
        refused.push(error as NetworkLockError)
      return HttpResponse.error()
    }
  })
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304])

const lockError = (method: string, { origin, pathname }: URL, expected: string): NetworkLockError =>
  new NetworkLockError(
    `${method} ${origin}${pathname} was not sent: this recording is of ${expected}. Set the client's base URL to that, or list the host in allowHosts.`,
  )

async function wireRequest(request: Request): Promise<WireRequest> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body: bytes.length === 0 ? null : bytes,
  }
}
