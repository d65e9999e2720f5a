import { bytesOf, type Transport, type WireRequest } from './transport.ts'

/** Statuses whose answers cannot be given a body (Fetch §2.2.3). */
const bodiless: ReadonlySet<number> = new Set([101, 103, 204, 205, 304])

/** A `fetch` that sends through a transport, for clients that bring none of their own. Redirects are never followed. */
export function fetchOver(transport: Transport): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const caller = new GivingUp(init?.signal ?? (input instanceof Request ? input.signal : null), input)
    try {
      const sent = wireRequest(request, caller.signal).then(transport)
      const answer = await caller.orGivenUp(sent)
      const headers = new Headers(answer.headers.map(([name, value]): [string, string] => [name, value]))
      if (!bodiless.has(answer.status)) {
        return new Response(streamOf(answer.body, caller), { status: answer.status, headers })
      }
      await caller.orGivenUp(bytesOf(answer.body))
      caller.done()
      return new Response(null, { status: answer.status, headers })
    } catch (error) {
      caller.done()
      throw error
    }
  }
}

/**
 * Hears of it when the caller gives up. The signal of a `Request` hangs on the caller's only by a weak reference to the
 * request, so that a collection of garbage makes it deaf (Node 20 and 22): here the caller's own is asked, and a request
 * whose signal it is stays alive as long as that is listened to.
 */
class GivingUp {
  readonly signal: AbortSignal | undefined
  readonly #up: Promise<never>
  #stop = () => {}

  constructor(signal: AbortSignal | null, alive: unknown) {
    signal?.throwIfAborted()
    this.signal = signal ?? undefined
    this.#up = new Promise((_, reject) => {
      const abort = () => {
        // What the listener mentions lives as long as the listener.
        void alive
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abort, { once: true })
      this.#stop = () => signal?.removeEventListener('abort', abort)
    })
    // It may reject when nobody waits for it any more.
    this.#up.catch(() => {})
  }

  orGivenUp<Value>(work: Promise<Value>): Promise<Value> {
    return Promise.race([work, this.#up])
  }

  done(): void {
    this.#stop()
  }
}

/** Bodies of a fetch are sent whole, with their length: the platform takes no chunked uploads (api-facts §1.4). */
async function wireRequest(request: Request, signal: AbortSignal | undefined): Promise<WireRequest> {
  const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  const { method, url, headers } = request
  return { method, url, headers: [...headers], body, signal }
}

function streamOf(
  body: AsyncIterable<Uint8Array>,
  caller: GivingUp,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]()
  const end = async (): Promise<void> => {
    caller.done()
    await chunks.return?.()
  }
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await caller.orGivenUp(chunks.next())
        if (!next.done) return controller.enqueue(new Uint8Array(next.value))
        caller.done()
        controller.close()
      } catch (error) {
        controller.error(error)
        // Not awaited: what is given up may never end.
        void end().catch(() => {})
      }
    },
    cancel: end,
  })
}
