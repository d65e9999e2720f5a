import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import type { Carried, Carrier, Sent } from './transport.suite.ts'

/** A client over a real socket. */
export async function httpCarrier(server: Server): Promise<Carrier> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const agent = new Agent({ keepAlive: true })
  return {
    origin,
    send: (path, request) => send(agent, origin + path, request),
    async stall(path) {
      const request = httpRequest(origin + path, { agent }).end()
      const [response] = (await once(request, 'response')) as [IncomingMessage]
      await once(response, 'readable')
      response.read(1)
      response.on('error', () => undefined)
      return () => void request.destroy()
    },
    beginUpload(path) {
      const request = httpRequest(origin + path, {
        agent,
        method: 'PUT',
        headers: { 'content-length': 1_000_000 },
      })
      request.on('error', () => undefined).write(Buffer.alloc(1_000))
      return () => void request.destroy()
    },
    async close() {
      agent.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

async function send(
  agent: Agent,
  url: string,
  { method = 'GET', headers = {}, body }: Sent = {},
): Promise<Carried> {
  const length = Buffer.isBuffer(body) ? { 'content-length': body.length } : {}
  const request = httpRequest(url, { agent, method, headers: { ...headers, ...length } })
  const answered = once(request, 'response') as Promise<[IncomingMessage]>
  if (body === undefined || Buffer.isBuffer(body)) request.end(body)
  else Readable.from(body).pipe(request)
  const [response] = await answered
  // From Node 24 on, a connection that is reset now is an error of the request, too; the body's reader has it anyway.
  request.on('error', () => undefined)
  return {
    status: response.statusCode ?? 0,
    headers: headersOf(response.headers),
    bytes: await buffer(response),
  }
}

const ofTheConnection: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'date',
  'transfer-encoding',
])

export const headersOf = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !ofTheConnection.has(name))
      .map(([name, value]) => [name, String(value)]),
  )
