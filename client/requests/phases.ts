/** How far a request is, as Node's `fetch` tells it. */
export interface PhaseListener {
  /** It needs a connection now. */
  connecting(): void
  /** It has one, and is being sent. */
  sending(): void
  /** It is sent, body included. */
  sent(): void
}

interface UndiciRequest {
  readonly headers?: unknown
}

type OnMessage = (message: unknown) => void

interface Channels {
  subscribe(name: string, onMessage: OnMessage): void
  unsubscribe(name: string, onMessage: OnMessage): boolean
}

const ID_HEADER = 'x-client-request-id'
const ID = /^[0-9a-f-]{36}$/

/**
 * Hears from Node's `fetch` how far requests are, which `fetch` itself does not tell: only so can a connection
 * that was never made be told from an answer that does not come. Where there are no such channels (browsers, a
 * `fetch` of one's own) nothing is heard. Listens only while requests are on their way.
 */
export class PhaseWatch {
  readonly #channels = diagnosticsChannels()
  readonly #listeners = new Map<string, PhaseListener>()
  readonly #requests = new WeakMap<object, PhaseListener>()
  readonly #handlers: ReadonlyMap<string, OnMessage> = new Map([
    ['undici:request:create', (message) => this.#created(message)],
    ['undici:client:sendHeaders', (message) => this.#listenerOf(message)?.sending()],
    ['undici:request:bodySent', (message) => this.#listenerOf(message)?.sent()],
  ])

  /** Hears of the request with this id until the returned function is called. */
  watch(requestId: string, listener: PhaseListener): () => void {
    if (this.#listeners.size === 0) {
      for (const [name, handler] of this.#handlers) this.#channels?.subscribe(name, handler)
    }
    this.#listeners.set(requestId, listener)
    return () => this.#forget(requestId)
  }

  #forget(requestId: string): void {
    this.#listeners.delete(requestId)
    if (this.#listeners.size > 0) return
    for (const [name, handler] of this.#handlers) this.#channels?.unsubscribe(name, handler)
  }

  #created(message: unknown): void {
    const request = requestIn(message)
    const listener = request && this.#listeners.get(requestIdOf(request) ?? '')
    if (!request || !listener) return
    this.#requests.set(request, listener)
    listener.connecting()
  }

  #listenerOf(message: unknown): PhaseListener | undefined {
    const request = requestIn(message)
    return request && this.#requests.get(request)
  }
}

function diagnosticsChannels(): Channels | undefined {
  // Not imported: browsers have no such module.
  const { getBuiltinModule } = globalThis.process ?? {}
  return getBuiltinModule?.('node:diagnostics_channel')
}

function requestIn(message: unknown): UndiciRequest | undefined {
  const request = (message as { request?: unknown } | undefined)?.request
  return typeof request === 'object' && request !== null ? request : undefined
}

// undici keeps names and values in one list, older versions in a text.
function requestIdOf({ headers }: UndiciRequest): string | undefined {
  const parts: unknown[] =
    typeof headers === 'string' ? headers.split(/\r\n|: /) : Array.isArray(headers) ? headers : []
  const at = parts.findIndex((part) => typeof part === 'string' && part.toLowerCase() === ID_HEADER)
  const id = at < 0 ? undefined : parts[at + 1]
  return typeof id === 'string' && ID.test(id) ? id : undefined
}
