import type { DescribedBodies } from '../naming/described-bodies.ts'
import { madeUpNames } from '../naming/made-up-values.ts'
import { type Names, partsOf } from '../naming/names.ts'
import { operationIdOf } from '../operation-of.ts'
import type { Cassette } from '../recording/cassette.ts'
import { type Flat, flatRequest, flatResponse, namesInFlat } from '../recording/flat-exchange.ts'
import type { SeenPart } from '../recording/multipart-parts.ts'
import type { StoredExchange } from '../recording/stored-exchange.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { Redactor } from '../redaction/redactor.ts'
import type { Caller, SeenRequest } from '../seen-exchange.ts'
import { type Comparison, compareRequests } from './compare-requests.ts'
import { type Candidate, describeMiss, LeftoversError, type MissError } from './misses.ts'
import { polledOperations } from './polled-operations.ts'
import { isCollection, resourceOf, showsIn } from './resource-of.ts'

export interface ReplayOptions {
  readonly bodies: DescribedBodies
  /** What stands for the platform: clients send their requests there. */
  readonly origin: string
  /** Names in lower case of operations whose last answer may be given again. Default: those that clients poll. */
  readonly repeatLast?: typeof polledOperations
}

interface Recorded {
  readonly exchange: StoredExchange
  readonly flat: Flat
  used: boolean
}

/**
 * Gives recorded answers to the requests that were recorded, each once, and to no others. A request matches when its
 * operation, path, parameters, described headers and body are the recorded ones; the order of keys and parameters,
 * boundaries and places that are known to be volatile do not matter. What was recorded after a change is not given
 * before that change was made again.
 */
export class Replay {
  readonly cassette: Cassette
  readonly names: Names
  readonly #options: ReplayOptions
  readonly #redactor: Redactor
  readonly #recorded: readonly Recorded[]
  /** Names that first stood in a request: whatever is sent there next is what they stand for. */
  readonly #open: Set<string>
  readonly #misses: MissError[] = []
  readonly #volatile: ReadonlySet<string>
  #answered = 0

  constructor(cassette: Cassette, options: ReplayOptions) {
    this.cassette = cassette
    this.#options = options
    this.names = madeUpNames(cassette.names)
    this.#redactor = new Redactor({
      bodies: options.bodies,
      secrets: new KnownSecrets([]),
      origin: options.origin,
      marker: cassette.marker,
      names: this.names,
    })
    this.#recorded = cassette.exchanges.map((exchange) => ({ exchange, flat: flat(exchange), used: false }))
    this.#open = namesOfRequests(cassette.exchanges)
    this.#volatile = new Set(
      cassette.volatile
        .filter(({ side }) => side === 'request')
        .map(({ operationId, place }) => `${operationId} ${place}`),
    )
  }

  /** The exchange that answers a request. Throws MissError. */
  match(request: SeenRequest, caller: Caller, parts?: readonly SeenPart[]): StoredExchange {
    const operationId = operationIdOf(request.method, request.url)
    const asked = this.#redactor.request(request, operationId, parts)
    const received = flatRequest(asked).set('caller', caller)
    const candidates = this.#recorded.map((recorded) => this.#candidate(recorded, received))
    const found =
      candidates.find((one) => one.comparison.distance === 0 && !one.used && one.waitsFor === undefined) ??
      this.#repeated(candidates)
    if (!found) throw this.#miss(asked.method, asked.url, candidates)
    this.#use(found)
    return found.exchange
  }

  /** Requests that nothing was recorded for, whatever their callers made of it. */
  get misses(): readonly MissError[] {
    return this.#misses
  }

  get leftovers(): readonly StoredExchange[] {
    return this.#recorded.filter(({ used }) => !used).map(({ exchange }) => exchange)
  }

  /** Throws when something was asked that was not recorded, or not everything was asked that was. */
  finish(): void {
    const [miss] = this.#misses
    if (miss) throw miss
    const { leftovers } = this
    if (leftovers.length > 0) throw new LeftoversError(this.cassette.scenario, leftovers, this.#answered)
  }

  #candidate({ exchange, flat: recorded, used }: Recorded, received: Flat): Candidate {
    const comparison = compareRequests(recorded, received, {
      isVolatile: (place) => this.#volatile.has(`${exchange.operationId} ${place}`),
      mayBind: (left, right) =>
        this.#open.has(left) && partsOf(left).type === partsOf(right).type && !(right in this.cassette.names),
    })
    return { exchange, comparison, used, waitsFor: used ? undefined : this.#waitsFor(exchange) }
  }

  /** A change that was made before this was asked, shows in what it answers, and has not been made again yet. */
  #waitsFor({ seq, request }: StoredExchange): StoredExchange | undefined {
    const asked = resourceOf(request.url)
    // Two uploads, or two saved jobs, may come in either order.
    const mayOvertake = !SAFE.has(request.method) && isCollection(asked)
    const earlier = this.#recorded.find(({ exchange, used }) => {
      if (used || exchange.seq >= seq || SAFE.has(exchange.request.method)) return false
      const changed = resourceOf(exchange.request.url)
      return showsIn(changed, asked) && !(mayOvertake && changed === asked)
    })
    return earlier?.exchange
  }

  #repeated(candidates: readonly Candidate[]): Candidate | undefined {
    const { repeatLast = polledOperations } = this.#options
    const matching = candidates.filter(({ comparison }) => comparison.distance === 0)
    const last = matching.at(-1)
    return last?.used && repeatLast.has(last.exchange.operationId) ? last : undefined
  }

  #use({ exchange, comparison }: Candidate): void {
    this.#answered += 1
    for (const recorded of this.#recorded) if (recorded.exchange === exchange) recorded.used = true
    this.#bind(comparison)
    for (const name of [...namesInFlat(flatRequest(exchange.request)), ...namesOfAnswer(exchange)])
      this.#open.delete(name)
  }

  #bind({ bindings }: Comparison): void {
    for (const [recorded, received] of bindings) {
      const value = this.names.valueOf(received)
      if (typeof value === 'string' || typeof value === 'number') this.names.bind(recorded, value)
    }
  }

  #miss(method: string, url: string, candidates: readonly Candidate[]): MissError {
    const { scenario, recorded } = this.cassette
    const miss = describeMiss({
      scenario,
      request: `${method} ${url}`,
      candidates,
      descriptionChanged: recorded.description !== this.#options.bodies.hash,
      recordedTwice: recorded.runs > 1,
    })
    this.#misses.push(miss)
    return miss
  }
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

const flat = ({ request, caller }: StoredExchange): Flat => flatRequest(request).set('caller', caller)

function namesOfAnswer({ response }: StoredExchange): string[] {
  return 'failure' in response ? [] : namesInFlat(flatResponse(response))
}

function namesOfRequests(exchanges: readonly StoredExchange[]): Set<string> {
  const open = new Set<string>()
  const answered = new Set<string>()
  for (const exchange of exchanges) {
    for (const name of namesInFlat(flatRequest(exchange.request))) if (!answered.has(name)) open.add(name)
    for (const name of namesOfAnswer(exchange)) answered.add(name)
  }
  return open
}
