import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { incomingRequest } from '../incoming-request.ts'
import type { RenderedAnswer } from './render.ts'
import type { Answering } from './replay-transport.ts'

export interface LoopbackServer {
  readonly port: number
  /** Requests that came before are answered, too. */
  answerWith(listener: RequestListener): void
  /** Keeps no process alive that has nothing else to do. */
  unref(): void
  close(): Promise<void>
}

/** A server on 127.0.0.1; port 0 for any that is free. */
export async function listenOnLoopback(port = 0): Promise<LoopbackServer> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    answerWith: (listener) => void server.on('request', listener),
    unref: () => void server.unref(),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface ReplayListenerOptions {
  /** What requests are addressed to, whatever the port they came by. */
  readonly origin: string
  readonly answering: Answering
  /** What to answer where there is no recorded answer; null to break the connection off. */
  readonly onError: (error: unknown) => RenderedAnswer | null
}

/** Gives recorded answers to requests of `node:http`. */
export function replayListener({ origin, answering, onError }: ReplayListenerOptions): RequestListener {
  return async (request, response) => {
    const answer = await incomingRequest(request, origin)
      .then((wire) => answering.answer(wire))
      .catch(onError)
    if (answer === null) request.socket.destroy()
    else send(answer, request, response)
  }
}

export function send(answer: RenderedAnswer, { method }: IncomingMessage, response: ServerResponse): void {
  // Nothing is added: what was recorded has a date, too.
  response.sendDate = false
  response.writeHead(answer.status, answer.headers.flat())
  response.end(method === 'HEAD' ? undefined : answer.body)
}
