import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import { inject } from 'vitest'

/** What a rule of the client's is tested over: the same servers, with TLS of a private authority before them or not. */
export const OVER = ['HTTP', 'TLS'] as const
export type Over = (typeof OVER)[number]

// TLS sockets take it too, which their types do not say.
const HALF_OPEN = { allowHalfOpen: true }

/** Ends TLS before a server on this machine. */
export interface TlsFront extends AsyncDisposable {
  readonly url: string
  /** Passes connections on to this port from here on. */
  to(port: number): void
}

/**
 * A front whose certificate the authority of these tests has signed (contract-tests/test-authority.setup.ts). What happens
 * to a connection on one side happens to it on the other: a reset is a reset, an end is an end, silence is silence.
 * (A reset that arrives together with bytes is an end to Node on Linux, here as in a client without TLS.)
 */
export async function aTlsFront(): Promise<TlsFront> {
  const context = createSecureContext(inject('testCertificates'))
  const open = new Set<Socket>()
  let port = 0
  const server = createServer(HALF_OPEN, (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    join(socket, connect({ port, host: '127.0.0.1', noDelay: true, ...HALF_OPEN }), context)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    to(behind) {
      port = behind
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function join(socket: Socket, behind: Socket, secureContext: SecureContext): void {
  const front = new TLSSocket(socket, { isServer: true, secureContext, ...HALF_OPEN })
  // A TLS socket cannot be reset; the one beneath it can.
  behind.once('error', () => socket.resetAndDestroy())
  front.once('error', () => behind.resetAndDestroy())
  socket.on('error', () => behind.resetAndDestroy())
  behind.once('close', () => front.end())
  front.once('close', () => behind.destroy())
  front.pipe(behind)
  behind.pipe(front)
}
