import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { aTlsFront, type Over } from './tls-front.ts'

/** What a server of a test saw of a request. */
export interface SeenRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
}

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly seen: SeenRequest[]
}

export const A_KEY = '79a49b3132335a44742e86c9126e5cfaa1ea2489'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/** A client may leave amid its request; whatever else goes wrong fails the test. */
async function handled(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await handler(request, response)
  } catch (error) {
    if (request.complete || !request.destroyed) throw error
  }
}

/** A real server on a free port; it is gone with the test, its connections too. */
export async function aServer(handler: Handler, over: Over = 'HTTP'): Promise<TestServer> {
  const seen: SeenRequest[] = []
  const server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    void handled(handler, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const front = over === 'TLS' ? await aTlsFront() : undefined
  front?.to(port)
  return {
    url: front?.url ?? `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      await front?.[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** A server that answers each path with a status and a JSON body; anything else is 404. */
export function aJsonServer(answers: Readonly<Record<string, unknown>>): Promise<TestServer> {
  return aServer((request, response) => {
    const path = request.url ?? ''
    const known = `${request.method} ${path}` in answers ? `${request.method} ${path}` : path
    if (known in answers) sendJson(response, 200, answers[known])
    else sendJson(response, 404, { detail: 'Not found.' })
  })
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

/** A list's page that holds everything. */
export function aPage<T>(results: readonly T[]) {
  return { count: results.length, next: null, previous: null, results }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
