import { loadChecks } from './checks/load-checks.ts'
import { fetchOver } from './fetch-over.ts'
import type { Finding } from './finding.ts'
import { realClock } from './harness-clock.ts'
import { observing } from './observe.ts'
import type { SeenExchange } from './seen-exchange.ts'
import { layered, noBytes, type Transport, type WireRequest } from './transport.ts'

/** A `fetch` under watch. */
export interface WatchedFetch {
  readonly fetch: typeof globalThis.fetch
  readonly exchanges: readonly SeenExchange[]
  /** What was said so far and disagrees with the description, or with what was said before. */
  findings(): Finding[]
}

/**
 * Watches what your own client says and is told: hand it the `fetch` that comes back. Answers come as they would without,
 * but for redirects, which are never followed. An exchange is seen once its body was read.
 */
export async function watchFetch(fetch: typeof globalThis.fetch = globalThis.fetch): Promise<WatchedFetch> {
  const { check } = await loadChecks()
  const exchanges: SeenExchange[] = []
  let seq = 0
  const layer = observing({
    scenario: 'watched',
    clock: realClock,
    phase: () => 'scenario',
    callerOf: (authorization) => (authorization === undefined ? 'nobody' : 'owner'),
    nextSeq: () => ++seq,
    onExchange: (exchange) => exchanges.push(exchange),
  })
  return {
    fetch: fetchOver(layered(transportOf(fetch), [layer])),
    exchanges,
    findings: () => check(exchanges.toSorted((one, other) => one.seq - other.seq)),
  }
}

/** A transport that sends by a given `fetch`. */
export function transportOf(fetch: typeof globalThis.fetch): Transport {
  return async ({ method, url, headers, body, signal }) => {
    const response = await fetch(url, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      redirect: 'manual',
      ...(body === null ? {} : { body: bodyInit(body), duplex: 'half' }),
      ...(signal === undefined ? {} : { signal }),
    } as RequestInit)
    return { status: response.status, headers: [...response.headers], body: response.body ?? noBytes() }
  }
}

const bodyInit = (body: NonNullable<WireRequest['body']>): RequestInit['body'] =>
  body instanceof Uint8Array ? new Uint8Array(body) : ReadableStream.from(body)
