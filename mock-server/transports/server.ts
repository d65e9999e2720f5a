import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Exchange } from '../exchange/http.ts'
import { guardHost, type HostNames } from './accepted-host.ts'
import { type NodeListener, type NodeListenerOptions, nodeListener } from './node-http.ts'

/** Request line and headers together; Node's own default, stated because it is a promise. Bytes. */
export const maximumHeaderSize = 16 << 10

/** How long a client may take for its headers; Node's own default. Milliseconds. */
export const headersTimeout = 60_000

/** None: an upload of 5 GB over a slow line takes longer than any sensible limit. The silence below ends dead ones. */
export const requestTimeout = 0

/** A connection on which nothing moves for this long is closed, in the middle of a body too. Milliseconds. */
export const silenceTimeout = 10 * 60_000

/** Above the 30 s between two polls of the tutorial, so that these find their connection open. Milliseconds. */
export const keepAliveTimeout = 75_000

export interface RescaleServerOptions extends NodeListenerOptions, HostNames {}

/**
 * An HTTP server for the exchange, with limits and the check of `Host`. Not listening yet. Reads are answered before
 * Express's router, everything else by the Express app, which is loaded for the first such request
 * (docs/decisions/0003).
 */
export function createRescaleServer(exchange: Exchange, options: RescaleServerOptions = {}): Server {
  const limits = { maxHeaderSize: maximumHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout }
  const guarded = guardHost(exchange, options)
  const read = nodeListener(guarded, options)
  const others = throughExpress(guarded, options)
  const server = createServer(limits, (request, response) =>
    request.method === 'GET' || request.method === 'HEAD'
      ? read(request, response)
      : others(request, response),
  )
  // A client may end its side once it has asked (netcat does); the answer still goes out. Node has no documented option.
  return Object.assign(server.setTimeout(silenceTimeout), { httpAllowHalfOpen: true })
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

function throughExpress(exchange: Exchange, options: NodeListenerOptions): NodeListener {
  let app: Handler | undefined
  let loading: Promise<Handler> | undefined
  return (request, response) => {
    if (app) return app(request, response)
    loading ??= import('./express.ts').then(({ expressApp }) => {
      app = expressApp(exchange, options)
      return app
    })
    loading.then(
      (loaded) => loaded(request, response),
      (error: unknown) => {
        options.onError?.(error)
        response.destroy()
      },
    )
  }
}
