import { createServer, type Server } from 'node:http'
import type { Exchange } from '../exchange/http.ts'
import { guardHost, type HostNames } from './accepted-host.ts'
import { type NodeListenerOptions, nodeListener } from './node-http.ts'

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

/** A node:http server for the exchange, with limits and the check of `Host`. Not listening yet. */
export function createRescaleServer(exchange: Exchange, options: RescaleServerOptions = {}): Server {
  const limits = { maxHeaderSize: maximumHeaderSize, headersTimeout, requestTimeout, keepAliveTimeout }
  const server = createServer(limits, nodeListener(guardHost(exchange, options), options))
  return server.setTimeout(silenceTimeout)
}
