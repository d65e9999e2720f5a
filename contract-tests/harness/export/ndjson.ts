import type { SeenBody, SeenExchange } from '../seen-exchange.ts'
import { hasAnswer } from '../seen-exchange.ts'
import type { HeaderPairs } from '../transport.ts'

/**
 * A line for each exchange that got an answer, in the shape that `redocly drift` reads. Give it what was redacted
 * already: it looks at nothing.
 */
export function ndjsonOf(exchanges: readonly SeenExchange[]): string {
  return exchanges
    .filter(hasAnswer)
    .map(({ seq, scenario, operationId, request, response, startedAt, durationMs }) => {
      const { method, url, headers, body } = request
      const row = {
        request: { method, url, headers: asObject(headers), ...asBody(body) },
        response: { status: response.status, headers: asObject(response.headers), ...asBody(response.body) },
        seq,
        scenario,
        operationId,
        startedAt,
        durationMs,
      }
      return `${JSON.stringify(row)}\n`
    })
    .join('')
}

function asObject(headers: HeaderPairs): Record<string, string> {
  const all: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    all[key] = all[key] === undefined ? value : `${all[key]}, ${value}`
  }
  return all
}

/** Bytes are told by what is known of them: that there was a body, readers of the file have to see. */
function asBody(body: SeenBody): { body?: unknown } {
  switch (body.kind) {
    case 'json':
      return { body: body.value }
    case 'text':
      return { body: body.text }
    case 'bytes':
      return { body: `${body.size} bytes, SHA-256 ${body.sha256}` }
    case 'none':
      return {}
  }
}
