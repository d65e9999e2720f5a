import type { Clock } from '../clock.ts'
import { RateLimitedError } from '../errors.ts'
import type { RequestContext } from '../requests/attempt.ts'
import { type ConnectionTarget, connectionTarget } from './connection-target.ts'
import { type FetchJob, FileFetch } from './file-fetch.ts'
import { MIN_RANGE_BYTES } from './ranges.ts'
import type { Segment } from './segments.ts'
import { etaOf, medianRate, slowest, steal, type Victim } from './steal.ts'

const LATE_MS = 2_000
const LOOK_AGAIN_MS = 500
const MEASURED_BYTES = 64 * 1024
const RATES = 16

interface Work {
  readonly file: FileFetch
  readonly segment: Segment
}

/** The connections of one call, shared by all its files: whoever is idle takes the next piece of any of them. */
export class DownloadPool {
  readonly #clock: Clock
  readonly #target: ConnectionTarget
  readonly #files = new Set<FileFetch>()
  /** Of the last requests that were done, in bytes per millisecond. */
  readonly #rates: number[] = []
  #active = 0
  #most = 0
  #bytes = 0
  #lookAgain: NodeJS.Timeout | undefined

  /** `connections` is how many to use; unless given, as many as make it faster. */
  constructor(clock: Clock, connections?: number) {
    this.#clock = clock
    this.#target = connectionTarget(connections)
  }

  /** The most connections that were at work at the same time. */
  get most(): number {
    return this.#most
  }

  /** Fetches what the job's plan lacks, and gives the request that was sent last. */
  async fetch(job: Omit<FetchJob, 'onDelivered'>): Promise<RequestContext | undefined> {
    const file = new FileFetch({
      ...job,
      onDelivered: (bytes, ms) => this.#delivered(bytes, ms),
      onWritten: (bytes) => {
        job.onWritten(bytes)
        this.#reached(bytes)
      },
      onRetry: (error, delayMs) => {
        if (error instanceof RateLimitedError) this.#target.refused(this.#clock.now())
        job.onRetry(error, delayMs)
      },
    })
    file.onAccepted = () => this.#fill()
    this.#files.add(file)
    this.#fill()
    await file.over
    this.#files.delete(file)
    if (this.#files.size === 0) clearTimeout(this.#lookAgain)
    file.throwIfFailed()
    return file.lastRequest
  }

  #delivered(bytes: number, ms: number): void {
    // Of less nothing can be said; nor on a clock that stands still.
    if (bytes < MEASURED_BYTES || ms === 0) return
    this.#rates.push(bytes / ms)
    if (this.#rates.length > RATES) this.#rates.shift()
  }

  #reached(bytes: number): void {
    this.#bytes += bytes
    if (this.#target.reached(this.#bytes, this.#active, this.#clock.now())) this.#fill()
  }

  #fill(): void {
    while (this.#active < this.#target.count) {
      const work = this.#next()
      if (!work) return void this.#idle()
      this.#active++
      this.#most = Math.max(this.#most, this.#active)
      void work.file.fetch(work.segment, this.#target.count).then(() => {
        this.#active--
        this.#fill()
      })
    }
  }

  /** A connection that stalls tells nobody: those that have nothing to do look again whether one can be helped. */
  #idle(): void {
    clearTimeout(this.#lookAgain)
    if (this.#active === 0) return
    this.#lookAgain = setTimeout(() => this.#fill(), LOOK_AGAIN_MS)
    this.#lookAgain.unref()
  }

  #next(): Work | undefined {
    const share = Math.max(1, Math.floor(this.#target.count / this.#files.size))
    const late = this.#late()
    if (late) return late
    for (const file of [...this.#files].toSorted((a, b) => a.active - b.active)) {
      const segment = file.next(share)
      if (segment) return { file, segment }
    }
    return this.#stolen((victims, minBytes) => slowest(victims, minBytes, medianRate(victims, this.#rates)))
  }

  /** A piece that would still be on its way when everything else is done is helped before anything new begins. */
  #late(): Work | undefined {
    const pending = [...this.#files].reduce((sum, { job }) => sum + job.plan.pendingBytes, 0)
    if (pending === 0) return undefined
    return this.#stolen((victims, minBytes) => {
      const usual = medianRate(victims, this.#rates)
      const worst = slowest(victims, minBytes, usual)
      if (usual === undefined || !worst) return undefined
      const others = pending / (usual * this.#target.count)
      return etaOf(worst) > LATE_MS + 2 * others ? worst : undefined
    })
  }

  #stolen(choose: (victims: Victim[], minBytes: number) => Victim | undefined): Work | undefined {
    const now = this.#clock.now()
    const victims = [...this.#files].flatMap((file) => file.victims(now).map((victim) => ({ file, victim })))
    const all = victims.map(({ victim }) => victim)
    const minBytes = victims[0]?.file.job.minRangeBytes ?? MIN_RANGE_BYTES
    const chosen = choose(all, minBytes)
    const found = victims.find(({ victim }) => victim === chosen)
    return found && { file: found.file, segment: steal(found.victim, medianRate(all, this.#rates)) }
  }
}
