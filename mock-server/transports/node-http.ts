import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  ConnectionLostError,
  type Exchange,
  type ExchangeAnswer,
  type ExchangeRequest,
  RequestAbortedError,
} from '../exchange/http.ts'
import { internalError } from './internal-error.ts'
import { isDoomed, send } from './node-answer.ts'
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
    if (isDoomed(request)) return
    const asked = exchangeRequest(request, response, publicUrl)
    const answer = answerTo(exchange, asked, report)
    if (answer instanceof Promise || asked.body !== null) void finish(request, response, answer, report)
    else if (answer !== null) deliver(response, answer, report)
    else lose(response)
  }
}

type Report = (error: unknown) => void

/** Null where there is to be none, and no connection any more. */
type Outcome = ExchangeAnswer | null

function answerTo(exchange: Exchange, request: ExchangeRequest, report: Report): Outcome | Promise<Outcome> {
  try {
    const answer = exchange(request)
    return answer instanceof Promise ? answer.catch((error) => failed(error, report)) : answer
  } catch (error) {
    return failed(error, report)
  }
}

function failed(error: unknown, report: Report): Outcome {
  if (error instanceof ConnectionLostError) return null
  if (!(error instanceof RequestAbortedError)) report(error)
  return internalError
}

async function finish(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Outcome | Promise<Outcome>,
  report: Report,
): Promise<void> {
  const settled = await answer
  if (settled === null) return lose(response)
  if (!request.readableEnded && !(await drained(request))) response.shouldKeepAlive = false
  deliver(response, settled, report)
}

function deliver(response: ServerResponse, answer: ExchangeAnswer, report: Report): void {
  try {
    send(response, answer)?.catch((error) => breakOff(response, error, report))
  } catch (error) {
    // Headers that cannot be sent, before anything was.
    report(error)
    send(response, internalError)
  }
}

/** As the client sees it: the peer is gone, without a word. */
function lose({ socket }: ServerResponse): void {
  // A TLS socket has no handle of its own to reset.
  if (socket && 'encrypted' in socket) socket.destroy()
  else socket?.resetAndDestroy()
}

/** Too late for another answer: a broken connection is all that can tell the client. */
function breakOff(response: ServerResponse, error: unknown, report: Report): void {
  if (error instanceof ConnectionLostError) lose(response)
  else {
    if (!(error instanceof RequestAbortedError)) report(error)
    response.destroy()
  }
}
