import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

/** What systems call a connection that breaks, whether by a reset, by packets that stay unanswered or by a lost route. */
export const BROKEN = [
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EPIPE',
  'ECONNABORTED',
] as const
export type BrokenCode = (typeof BROKEN)[number]

/**
 * Until it is disposed of, resets of connections that send requests are told by another name, as the system's own
 * sockets would: with the code of a connection whose packets stay unanswered, say. `of` says which name.
 */
export function namingResets(of: () => BrokenCode): Disposable {
  const known = new WeakSet<Socket>()
  let isOver = false
  const rename = (socket: Socket) => {
    if (known.has(socket)) return
    known.add(socket)
    const destroy = socket.destroy.bind(socket)
    socket.destroy = (error?: Error) => destroy(!isOver && isReset(error) ? renamed(error, of()) : error)
  }
  const onHeaders = (message: unknown) => rename((message as { socket: Socket }).socket)
  const onRequest = (message: unknown) => {
    const { socket } = (message as { request: ClientRequest }).request
    if (socket) rename(socket)
  }
  subscribe('undici:client:sendHeaders', onHeaders)
  subscribe('http.client.request.start', onRequest)
  return {
    [Symbol.dispose]() {
      // Sockets are kept and used again.
      isOver = true
      unsubscribe('undici:client:sendHeaders', onHeaders)
      unsubscribe('http.client.request.start', onRequest)
    },
  }
}

function isReset(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

function renamed(error: NodeJS.ErrnoException, code: BrokenCode): Error {
  return Object.assign(error, { code, message: error.message.replace('ECONNRESET', code) })
}
