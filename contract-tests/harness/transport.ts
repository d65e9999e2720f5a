/** One request as it goes over the wire. */
export interface WireRequest {
  /** Upper case. */
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: HeaderPairs
  /** A stream is read at most once. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | null
  readonly signal?: AbortSignal | undefined
}

/** The answer's head, and its bytes as they come. */
export interface WireAnswer {
  readonly status: number
  readonly headers: HeaderPairs
  /** Read at most once; leaving the loop early gives up the rest, and the connection with it. */
  readonly body: AsyncIterable<Uint8Array>
}

/** In the order of the wire, names as sent, a name that comes twice standing there twice. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/**
 * Sends one request: raw bytes, never decoded, redirects never followed. Rejects when no answer came; the body's
 * iterator throws when the answer ended early.
 */
export type Transport = (request: WireRequest) => Promise<WireAnswer>

/** Something between the caller and the wire: an observer, a recorder, a firewall. */
export type Layer = (next: Transport) => Transport

/** The first layer is the outermost: it sees a request first and an answer last. */
export function layered(transport: Transport, layers: readonly Layer[]): Transport {
  return layers.reduceRight((next, layer) => layer(next), transport)
}

/** The value of a header, several of the same name joined as RFC 9110 §5.3 says. */
export function headerOf(headers: HeaderPairs, name: string): string | undefined {
  const wanted = name.toLowerCase()
  const values = headers.filter(([given]) => given.toLowerCase() === wanted).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}

/** A body that is known as a whole. */
export async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes
}

/** Nothing at all, for answers without a body. */
export async function* noBytes(): AsyncGenerator<Uint8Array> {}

/** All bytes of a body, for those who need it whole and know that it is small. */
export async function bytesOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  const size = chunks.reduce((sum, { length }) => sum + length, 0)
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
