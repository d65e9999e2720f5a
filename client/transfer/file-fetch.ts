import { aborted } from '../failures.ts'
import type { RequestContext } from '../requests/attempt.ts'
import { attributed } from '../requests/attributed.ts'
import { AttemptHistory } from './attempt-history.ts'
import { fetchRange, fetchWhole, type RangeSource, type RangeState, RangesIgnored } from './fetch-range.ts'
import { MAX_REQUESTS, pieceBytes } from './piece-size.ts'
import { PROGRESS_BYTES, pauseAfter } from './range-retries.ts'
import { connectionsFor } from './ranges.ts'
import type { Segment, SegmentPlan } from './segments.ts'
import { shared } from './shared-signal.ts'
import { rateOf, type Victim } from './steal.ts'

/** One file's bytes on their way into a sink. */
export interface FetchJob extends RangeSource {
  readonly plan: SegmentPlan
  readonly minRangeBytes: number
  /** Requests that the file has cost already, such as the one for its metadata. */
  readonly spentRequests: number
  readonly signal: AbortSignal | undefined
  readonly onRetry: (error: Error, delayMs: number) => void
  /** Called before bytes that are written already are fetched again; throws where that is impossible. */
  readonly onRestart: () => void
}

/** The fetching of one file by connections that it shares with others. */
export class FileFetch {
  readonly job: FetchJob
  readonly #state: RangeState = { etag: undefined, knowsRanges: false }
  readonly #controller = new AbortController()
  readonly #atFirst: number
  readonly #maxPieces: number
  #pieces = 0
  #active = 0
  #accepted = false
  #failure: { readonly error: unknown } | undefined
  #restarting = false
  #last: AttemptHistory | undefined
  #over: () => void = () => {}
  /** Resolves when nothing of it is under way any more, well or not. */
  readonly over: Promise<void>

  constructor(job: FetchJob) {
    this.job = job
    this.#atFirst = job.plan.pendingBytes
    // After a crash there may be many gaps; each needs a request.
    this.#maxPieces = Math.max(MAX_REQUESTS - job.spentRequests, job.plan.gaps)
    this.over = new Promise((resolve) => {
      this.#over = resolve
    })
    shared(this.#controller.signal)
    if (job.signal?.aborted) this.#fail(aborted(job.signal.reason))
    job.signal?.addEventListener('abort', this.#onAbort, { once: true })
    this.#settle()
  }

  /** Connections that work on it. */
  get active(): number {
    return this.#active
  }

  /** The request that was sent last. */
  get lastRequest(): RequestContext | undefined {
    return this.#last?.request
  }

  throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error
  }

  /** Another piece for an idle connection of `connections`, cut off what nobody fetches yet. */
  next(connections: number): Segment | undefined {
    // The first answer is waited for: a server that ignores ranges would send the whole file to each connection.
    if (this.#failure || this.#restarting || (this.#active > 0 && !this.#accepted)) return undefined
    const { plan, size, minRangeBytes } = this.job
    const pending = plan.pendingBytes
    if (pending === 0) return undefined
    const mine = connectionsFor(size, connections, minRangeBytes)
    const state = { pieces: this.#pieces, maxPieces: this.#maxPieces, atFirst: this.#atFirst, pending }
    const bytes = pieceBytes({ connections: mine, ...state })
    return plan.take(Math.max(bytes, minRangeBytes), minRangeBytes)
  }

  /** What an idle connection could share. */
  victims(now: number): Victim[] {
    const { plan } = this.job
    if (this.#failure || this.#restarting || !this.#state.knowsRanges) return []
    if (this.#pieces >= this.#maxPieces - plan.gaps) return []
    return plan.open().map((segment) => ({ plan, segment, rate: rateOf(segment, now) }))
  }

  /** Fetches a piece, however often its connection breaks. Never rejects: the whole file fails then. */
  async fetch(segment: Segment, connections: number): Promise<void> {
    this.#active++
    this.#pieces++
    try {
      await this.#resumed(segment, (signal, history) => this.#attempt(segment, connections, signal, history))
    } catch (error) {
      if (error instanceof RangesIgnored) this.#restarting = true
      this.#fail(error)
    }
    this.#active--
    this.#settle()
  }

  /** The file as one stream, from its first byte. */
  async #fetchAsOne(): Promise<void> {
    const { plan, signal, onRestart } = this.job
    const controller = new AbortController()
    const stop = () => controller.abort(signal?.reason)
    signal?.addEventListener('abort', stop, { once: true })
    try {
      // Nobody may take over a part of what comes now.
      this.#state.knowsRanges = false
      if (plan.written() > 0) onRestart()
      const segment = plan.restartAsOne()
      await this.#resumed(
        segment,
        async (attempt, history) => {
          if (segment.next > 0) onRestart()
          segment.next = 0
          await fetchWhole(this.job, segment, attempt, history)
        },
        controller.signal,
      )
    } catch (error) {
      this.#failure = { error: signal?.aborted ? aborted(signal.reason, this.lastRequest) : error }
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }

  #attempt(
    segment: Segment,
    connections: number,
    signal: AbortSignal,
    history: AttemptHistory,
  ): Promise<void> {
    return fetchRange(this.job, segment, {
      signal,
      history,
      state: this.#state,
      alwaysRange: connectionsFor(this.job.size, connections, this.job.minRangeBytes) > 1,
      onAccepted: () => {
        this.#accepted = true
        this.onAccepted()
      },
    })
  }

  /** Set by the pool, which may now put more connections to work. */
  onAccepted: () => void = () => {}

  async #resumed(
    segment: Segment,
    attempt: (signal: AbortSignal, history: AttemptHistory) => Promise<void>,
    outer: AbortSignal = this.#controller.signal,
  ): Promise<void> {
    const history = new AttemptHistory()
    this.#last = history
    for (let failures = 0; ; ) {
      const before = segment.next
      const own = new AbortController()
      const stop = () => own.abort(outer.reason)
      if (outer.aborted) stop()
      outer.addEventListener('abort', stop, { once: true })
      segment.cancel = () => own.abort('another connection has taken it over')
      try {
        return await attempt(own.signal, history)
      } catch (error) {
        if (segment.next > segment.end) return
        failures = segment.next - before >= PROGRESS_BYTES ? 1 : failures + 1
        const { maxRetryAfterMs } = this.job.context
        const pause = outer.aborted ? undefined : pauseAfter(error, failures, maxRetryAfterMs)
        if (pause === undefined) throw attributed(error, history.request)
        if (error instanceof Error) this.job.onRetry(error, pause)
        await this.job.context.clock.sleep(pause, outer)
      } finally {
        segment.cancel = undefined
        outer.removeEventListener('abort', stop)
      }
    }
  }

  readonly #onAbort = () => {
    this.#fail(aborted(this.job.signal?.reason, this.lastRequest))
    this.#settle()
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
    this.#controller.abort(error)
  }

  #settle(): void {
    if (this.#active > 0) return
    if (this.#restarting && !this.job.signal?.aborted) {
      this.#restarting = false
      this.#failure = undefined
      this.#active++
      void this.#fetchAsOne().then(() => this.#end())
      return
    }
    if (this.#failure || this.job.plan.isComplete) this.#end()
  }

  #end(): void {
    this.job.signal?.removeEventListener('abort', this.#onAbort)
    this.#over()
  }
}
