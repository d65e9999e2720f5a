import { BodyTap } from './body-tap.ts'
import { isDescribedAsJson } from './described-json.ts'
import type { HarnessClock } from './harness-clock.ts'
import { operationIdOf } from './operation-of.ts'
import type { Caller, ExchangePhase, SeenBody, SeenExchange } from './seen-exchange.ts'
import { headerOf, type Layer, type WireAnswer, type WireRequest } from './transport.ts'

export interface ObserveOptions {
  readonly scenario: string
  readonly clock: HarnessClock
  /** Asked when a request is sent. */
  readonly phase: () => ExchangePhase
  readonly callerOf: (authorization: string | undefined) => Caller
  /** Numbers of exchanges, shared by all layers of one scenario. */
  readonly nextSeq: () => number
  /** Called once per exchange, when the answer's body has ended, was given up, or never came. Must not throw. */
  readonly onExchange: (exchange: SeenExchange) => void
}

/** Lets everything through unchanged, and tells what passed. Costs two hashes of each body; keeps only small ones. */
export function observing(options: ObserveOptions): Layer {
  return (next) => async (request) => {
    const started = begin(request, options)
    const sent = new BodyTap(headerOf(request.headers, 'content-type'))
    try {
      const answer = await next({ ...request, body: tapped(request.body, sent) })
      return { ...answer, body: observed(answer, receiving(request, answer), { sent, started }) }
    } catch (error) {
      started.end(sent.seen(), { failure: textOf(error) })
      throw error
    }
  }
}

interface Started {
  end(body: SeenBody, response: SeenExchange['response']): void
}

function begin(request: WireRequest, options: ObserveOptions): Started {
  const { scenario, clock, phase, callerOf, nextSeq, onExchange } = options
  const { method, url, headers } = request
  const startedAt = clock.now()
  const before = clock.elapsedMs()
  const head = {
    seq: nextSeq(),
    scenario,
    phase: phase(),
    caller: callerOf(headerOf(headers, 'authorization')),
    operationId: operationIdOf(method, url),
  }
  return {
    end: (body, response) =>
      onExchange({
        ...head,
        request: { method, url, headers, body },
        response,
        startedAt: startedAt.toISOString(),
        durationMs: clock.elapsedMs() - before,
      }),
  }
}

/** JSON where the description says that it is, so that an uploaded file's id is seen for one. */
function receiving(request: WireRequest, { status, headers }: WireAnswer): BodyTap {
  const contentType = headerOf(headers, 'content-type')
  return new BodyTap(contentType, { holdsJson: isDescribedAsJson(request, status, contentType) })
}

async function* observed(
  answer: WireAnswer,
  received: BodyTap,
  { sent, started }: { readonly sent: BodyTap; readonly started: Started },
): AsyncGenerator<Uint8Array> {
  const { status, headers } = answer
  let broken: unknown
  try {
    yield* received.through(answer.body)
  } catch (error) {
    broken = error
    throw error
  } finally {
    const response =
      broken === undefined ? { status, headers, body: received.seen() } : { failure: textOf(broken), status }
    started.end(sent.seen(), response)
  }
}

function tapped(body: WireRequest['body'], tap: BodyTap): WireRequest['body'] {
  if (body === null) return null
  if (!(body instanceof Uint8Array)) return tap.through(body)
  tap.whole(body)
  return body
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  return `${code}${error.message}`
}
