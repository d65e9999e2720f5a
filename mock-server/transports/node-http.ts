import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Exchange } from '../exchange/http.ts'

export interface NodeListenerOptions {
  /** Links in answers begin with this instead of the scheme and host the client used, e.g. `https://mock.example`. */
  readonly publicUrl?: string
  /** Hears of errors that are our own fault: what the exchange threw, or a body that failed half-way. */
  readonly onError?: (error: unknown) => void
}

export type NodeListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/** Serves an exchange with node:http, and with anything that takes its requests and responses. */
export function nodeListener(exchange: Exchange, options: NodeListenerOptions = {}): NodeListener {
  throw new Error(`not written yet: ${exchange.name} ${options.publicUrl}`)
}
