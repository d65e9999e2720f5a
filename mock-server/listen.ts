import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Rescale } from './rescale.ts'
import { createRescaleServer } from './transports/server.ts'

export interface ListenOptions {
  /** 0 takes a free one (default). */
  readonly port?: number
  readonly host?: string
  readonly publicUrl?: string
  readonly onError?: (error: unknown) => void
}

export interface Listening extends AsyncDisposable {
  /** Where clients reach it, without a trailing slash. */
  readonly url: string
  readonly server: Server
  /** Stops listening and ends all connections. The Rescale itself lives on. */
  close(): Promise<void>
}

/** Serves a Rescale over HTTP. */
export async function listen(rescale: Rescale, options: ListenOptions = {}): Promise<Listening> {
  const { port = 0, host = '127.0.0.1', publicUrl, onError } = options
  const server = createRescaleServer(rescale.exchange, {
    host,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(onError && { onError }),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const url = publicUrl?.replace(/\/+$/, '') ?? addressOf(server, host)
  rescale.apiBaseUrl = url
  const close = () => closeServer(server)
  return { url, server, close, [Symbol.asyncDispose]: close }
}

// A wildcard address is nothing to connect to.
function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
