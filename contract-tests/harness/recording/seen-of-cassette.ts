import { createHash } from 'node:crypto'
import type { Json } from '../json.ts'
import { madeUpNames } from '../naming/made-up-values.ts'
import { BodyNotKeptError, Renderer } from '../replay/render.ts'
import type { SeenBody, SeenExchange } from '../seen-exchange.ts'
import type { Cassette } from './cassette.ts'
import type { StoredBody, StoredExchange, StoredHeaders } from './stored-exchange.ts'

/** What stands for the platform where a recording is looked at and not replayed (RFC 2606). */
export const RECORDED_ORIGIN = 'https://platform.recorded.example'

/**
 * A recording as if it had just been seen, for checks, comparisons and exports: made-up values stand for names, the
 * same for the same name. Bodies that were not kept are bytes without content: nothing can be said of them.
 */
export function seenOfCassette(cassette: Cassette, origin: string = RECORDED_ORIGIN): SeenExchange[] {
  const names = madeUpNames(cassette.names)
  const render = new Renderer({ names, origin, supplied: () => undefined })
  return cassette.exchanges.map((exchange) => seenOf(exchange, cassette.scenario, render))
}

function seenOf(exchange: StoredExchange, scenario: string, render: Renderer): SeenExchange {
  const { seq, operationId, phase, caller, request, response, startedAt, durationMs } = exchange
  return {
    seq,
    scenario,
    phase,
    caller,
    operationId,
    startedAt,
    durationMs,
    request: {
      method: render.text(request.method),
      url: render.url(request.url),
      headers: headersOf(request.headers, render),
      body: bodyOf(request.body, render),
    },
    response:
      'failure' in response
        ? response
        : {
            status: response.status,
            headers: [
              ...headersOf(response.headers, render),
              ...(response.otherHeaders ?? []).map((name) => [render.text(name), ''] as const),
            ],
            body: bodyOf(response.body, render),
          },
  }
}

const headersOf = (headers: StoredHeaders, render: Renderer): [string, string][] =>
  headers.map(([name, value]) => [name, render.header(name, value)])

function bodyOf(stored: StoredBody, render: Renderer): SeenBody {
  if (stored === null) return { kind: 'none' }
  if ('json' in stored) return jsonBody(render.json(stored.json))
  if ('text' in stored) {
    const text = render.text(stored.text)
    return { kind: 'text', text, ...measured(Buffer.from(text)) }
  }
  if ('withheld' in stored) return { kind: 'bytes', size: stored.size, sha256: '', sha512: '' }
  if ('parts' in stored) return { kind: 'bytes', size: 0, sha256: '', sha512: '' }
  return bytesBody(stored, render)
}

function jsonBody(value: Json): SeenBody {
  return { kind: 'json', value, ...measured(Buffer.from(JSON.stringify(value))) }
}

function bytesBody(stored: Extract<StoredBody, { bytes: unknown }>, render: Renderer): SeenBody {
  const { size, sha256 } = stored.bytes
  try {
    const bytes = render.body(stored)
    return { kind: 'bytes', size, sha256, sha512: createHash('sha512').update(bytes).digest('hex'), bytes }
  } catch (error) {
    if (!(error instanceof BodyNotKeptError)) throw error
    return { kind: 'bytes', size, sha256, sha512: '' }
  }
}

const measured = (bytes: Buffer): { size: number; sha256: string } => ({
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})
