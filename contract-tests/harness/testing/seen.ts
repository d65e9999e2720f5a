import { createHash } from 'node:crypto'
import type { Json } from '../json.ts'
import { operationIdOf } from '../operation-of.ts'
import type { Caller, SeenBody, SeenExchange } from '../seen-exchange.ts'

export const ORIGIN = 'https://rescale.test'

export interface SeenWish {
  readonly seq?: number
  readonly caller?: Caller
  readonly sent?: Json | Uint8Array
  readonly sentHeaders?: Readonly<Record<string, string>>
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or bytes; nothing where it is left out. */
  readonly body?: Json | Uint8Array
}

/** An exchange as it would have been observed; `call` is `METHOD /path`. */
export function seen(call: string, wish: SeenWish = {}): SeenExchange {
  const [method = '', path = ''] = call.split(' ')
  const url = path.startsWith('http') ? path : ORIGIN + path
  const body = bodyOf(wish.body)
  return {
    seq: wish.seq ?? 1,
    scenario: 'test',
    phase: 'scenario',
    caller: wish.caller ?? 'owner',
    operationId: operationIdOf(method, url),
    request: {
      method,
      url,
      headers: Object.entries({ ...typeOf(wish.sent), ...wish.sentHeaders }),
      body: bodyOf(wish.sent),
    },
    response: {
      status: wish.status ?? 200,
      headers: Object.entries({ ...typeOf(wish.body), ...wish.headers }),
      body,
    },
    startedAt: '2026-11-28T12:00:00.000Z',
    durationMs: 1,
  }
}

/** Several in a row, numbered. */
export const sequence = (...exchanges: readonly SeenExchange[]): SeenExchange[] =>
  exchanges.map((exchange, index) => ({ ...exchange, seq: index + 1 }))

export const bytesBody = (bytes: Uint8Array): SeenBody => ({
  kind: 'bytes',
  bytes,
  size: bytes.length,
  sha256: hash('sha256', bytes),
  sha512: hash('sha512', bytes),
})

const hash = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex')

function bodyOf(body: Json | Uint8Array | undefined): SeenBody {
  if (body === undefined) return { kind: 'none' }
  if (body instanceof Uint8Array) return bytesBody(body)
  const text = JSON.stringify(body)
  return {
    kind: 'json',
    value: body,
    size: Buffer.byteLength(text),
    sha256: hash('sha256', Buffer.from(text)),
  }
}

function typeOf(body: Json | Uint8Array | undefined): Record<string, string> {
  if (body === undefined) return {}
  return { 'Content-Type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json' }
}
