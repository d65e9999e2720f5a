import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ByteStream, ExchangeAnswer, Mishap, OpenStream } from '../exchange/http.ts'
import { announcedBytes, isBodiless, lengthOf } from './answer-body.ts'

/** Sends an answer; gives a promise only when its body has to be read bit by bit. */
export function send(response: ServerResponse, answer: ExchangeAnswer): Promise<void> | undefined {
  const { status, body, mishap } = answer
  const length = lengthOf(answer)
  if (mishap) goWrong(response, mishap)
  response.writeHead(status, headerList(answer, length))
  // node:http itself leaves out the body where the method or status forbids one.
  if (body === null || isBodiless(answer) || response.req.method === 'HEAD') response.end()
  // Text of nothing but ASCII has as many bytes as characters, and goes out faster when that is said.
  else if (typeof body === 'string') response.end(body, body.length === length ? 'latin1' : 'utf8')
  else if (body instanceof Uint8Array) response.end(body)
  else return pump(body, response)
  return undefined
}

const doomed = Symbol('to be reset at its next request')

function goWrong(response: ServerResponse, { contentLength, nextRequest }: Mishap): void {
  // After a wrong length, nobody knows where the next answer would begin.
  if (contentLength !== undefined) response.shouldKeepAlive = false
  if (nextRequest === 'reset' && response.socket) Object.assign(response.socket, { [doomed]: true })
}

/** Whether a planned fault has doomed the connection, which is then reset. */
export function isDoomed({ socket }: IncomingMessage): boolean {
  if (!(doomed in socket)) return false
  socket.resetAndDestroy()
  return true
}

/** Names and values in turn, which node:http takes as they are. */
function headerList({ headers }: ExchangeAnswer, length: number | null): string[] {
  const list: string[] = []
  for (const name in headers) list.push(name, headers[name] ?? '')
  if (length !== null) list.push('content-length', `${length}`)
  return list
}

/** Ends early, and lets go of what is read, when the client leaves. */
async function pump(body: ByteStream | OpenStream, response: ServerResponse): Promise<void> {
  // Who waits for events wants to know that they are going to come.
  if (body.size === null) response.flushHeaders()
  for await (const chunk of announcedBytes(body, { lend: true })) {
    if (response.destroyed || !(await written(response, chunk))) return
  }
  response.end()
}

/** False when the client left. A lent chunk must not be touched before this resolves. */
const written = (response: ServerResponse, chunk: Uint8Array): Promise<boolean> =>
  new Promise((resolve) => {
    const gone = () => resolve(false)
    response.once('close', gone)
    response.write(chunk, (error) => {
      response.off('close', gone)
      resolve(!error)
    })
  })
