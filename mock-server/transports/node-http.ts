import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Exchange, type ExchangeAnswer, RequestAbortedError } from '../exchange/http.ts'
import { internalError } from './internal-error.ts'
import { send } from './node-answer.ts'
import { hasBody } from './node-body.ts'
import { drained } from './node-drain.ts'
import { exchangeRequest } from './node-request.ts'

export interface NodeListenerOptions {
  /** Links in answers begin with this instead of the scheme and host the client used, e.g. `https://mock.example`. */
  readonly publicUrl?: string
  /** Hears of errors that are our own fault: what the exchange threw, or a body that failed half-way. */
  readonly onError?: (error: unknown) => void
}

export type NodeListener = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Serves an exchange with node:http, and with anything that hands on its requests and responses (Express).
 * What the exchange answers at once is sent at once, without a promise on the way.
 */
export function nodeListener(exchange: Exchange, options: NodeListenerOptions = {}): NodeListener {
  const publicUrl = options.publicUrl?.replace(/\/+$/, '')
  const report = options.onError ?? (() => undefined)
  return (request, response) => {
    const fail = (error: unknown) => refuse(response, error, report)
    try {
      const answer = exchange(exchangeRequest(request, publicUrl))
      if (answer instanceof Promise || hasBody(request)) finish(request, response, answer).catch(fail)
      else send(response, answer)?.catch(fail)
    } catch (error) {
      fail(error)
    }
  }
}

async function finish(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ExchangeAnswer | Promise<ExchangeAnswer>,
): Promise<void> {
  const settled = await answer
  if (!request.complete && !(await drained(request))) response.shouldKeepAlive = false
  await send(response, settled)
}

function refuse(response: ServerResponse, error: unknown, report: (error: unknown) => void): void {
  if (!(error instanceof RequestAbortedError)) report(error)
  if (response.headersSent || response.destroyed) response.destroy()
  else send(response, internalError)
}
