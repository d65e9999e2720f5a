import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { createSecureContext, rootCertificates } from 'node:tls'
import type { Dispatcher, Pool } from 'undici'
import { type HeaderPairs, noBytes, type Transport, type WireRequest } from './transport.ts'

export interface UndiciTransport extends AsyncDisposable {
  readonly transport: Transport
  /** Ends all connections. */
  close(): Promise<void>
}

export interface UndiciTransportOptions {
  /** Certificates (PEM) that are trusted besides those of Node. */
  readonly ca?: string | readonly string[]
  /** Where names lead, instead of asking the resolver: tests stand up servers under names that nobody knows. */
  readonly addresses?: Readonly<Record<string, string>>
  readonly connectTimeoutMs?: number
  /** Until the head of an answer, and between two pieces of its body. */
  readonly answerTimeoutMs?: number
}

const CONNECT_TIMEOUT_MS = 10_000
// The platform takes up to a minute for large lists (api-facts §1).
const ANSWER_TIMEOUT_MS = 90_000
const KEEP_ALIVE_MS = 4_000
const CONNECTIONS = 8

/** Real sockets, raw bytes: nothing is added to a request but `Host` and its length, nothing is decoded or followed. */
export async function undiciTransport(options: UndiciTransportOptions = {}): Promise<UndiciTransport> {
  const undici = await import('undici')
  const settings = poolOptions(options)
  // Not undici's Agent: once a connection ends, as after HEAD, that one closes pool after pool (7.30).
  const pools = new Map<string, Pool>()
  const poolTo = (origin: string): Pool => {
    const pool = pools.get(origin) ?? new undici.Pool(origin, settings)
    pools.set(origin, pool)
    return pool
  }
  const transport: Transport = async (wire) => {
    const { origin, pathname, search } = new URL(wire.url)
    const answer = await poolTo(origin).request({
      path: pathname + search,
      method: wire.method as Dispatcher.HttpMethod,
      headers: flat(wire.headers),
      body: bodyOf(wire),
      signal: wire.signal ?? null,
      responseHeaders: 'raw',
    })
    return { status: answer.statusCode, headers: pairs(answer.headers), body: answer.body ?? noBytes() }
  }
  const close = async () => void (await Promise.all([...pools.values()].map((pool) => pool.close())))
  return { transport, close, [Symbol.asyncDispose]: close }
}

function poolOptions({
  ca,
  addresses,
  connectTimeoutMs,
  answerTimeoutMs,
}: UndiciTransportOptions): Pool.Options {
  return {
    connections: CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    headersTimeout: answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
    bodyTimeout: answerTimeoutMs ?? ANSWER_TIMEOUT_MS,
    connect: {
      timeout: connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
      // Once, not for every connection: reading the certificates takes longer than all else of connecting.
      ...(ca === undefined
        ? {}
        : { secureContext: createSecureContext({ ca: [...rootCertificates, ...[ca].flat()] }) }),
      ...(addresses === undefined ? {} : { lookup: lookupIn(addresses) }),
    },
  }
}

function lookupIn(addresses: Readonly<Record<string, string>>): LookupFunction {
  return (name, options, found) => {
    const address = addresses[name]
    if (address === undefined) lookup(name, options, found)
    else found(null, [{ address, family: isIP(address) }])
  }
}

const flat = (headers: HeaderPairs): string[] => headers.flat()

type RequestBody = NonNullable<Dispatcher.RequestOptions['body']> | null

// undici takes any async iterable as a body; its types name streams only.
const bodyOf = ({ body }: WireRequest): RequestBody => body as RequestBody

/** With `responseHeaders: 'raw'` undici gives names and values in turn, though its types say otherwise. */
function pairs(raw: unknown): HeaderPairs {
  if (!Array.isArray(raw)) return []
  const texts = raw.map(String)
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []))
}
