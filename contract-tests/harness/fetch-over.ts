import { bytesOf, type Transport, type WireRequest } from './transport.ts'

/** Statuses whose answers cannot be given a body (Fetch §2.2.3). */
const bodiless: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/** A `fetch` that sends through a transport, for clients that bring none of their own. Redirects are never followed. */
export function fetchOver(transport: Transport): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const answer = await transport(await wireRequest(request))
    const headers = new Headers(answer.headers.map(([name, value]): [string, string] => [name, value]))
    if (!bodiless.has(answer.status)) {
      return new Response(streamOf(answer.body), { status: answer.status, headers })
    }
    await bytesOf(answer.body)
    return new Response(null, { status: answer.status, headers })
  }
}

/** Bodies of a fetch are sent whole, with their length: the platform takes no chunked uploads (api-facts §1.4). */
async function wireRequest(request: Request): Promise<WireRequest> {
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    body,
    signal: request.signal,
  }
}

function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next()
      if (next.done) controller.close()
      else controller.enqueue(new Uint8Array(next.value))
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}
