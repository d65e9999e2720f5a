import type { Server } from 'node:http'
import type { Exchange } from '../exchange/http.ts'
import type { NodeListenerOptions } from './node-http.ts'

export interface RescaleServerOptions extends NodeListenerOptions {
  /** Where the server will listen; requests naming this host are accepted. */
  readonly host?: string
  /** More names that may stand in `Host`, without port (a container's name, say). */
  readonly allowedHosts?: readonly string[]
}

/** A node:http server for the exchange, with limits and the check of `Host`. Not listening yet. */
export function createRescaleServer(exchange: Exchange, options: RescaleServerOptions = {}): Server {
  throw new Error(`not written yet: ${exchange.name} ${options.host}`)
}
