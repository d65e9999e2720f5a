import type { Clock } from '../clock.ts'
import { RateLimitedError } from '../errors.ts'
import { type ConnectionTarget, connectionTarget } from './connection-target.ts'
import { type FetchJob, FileFetch } from './file-fetch.ts'
import { MIN_RANGE_BYTES } from './ranges.ts'
import type { Segment } from './segments.ts'
import { etaOf, medianRate, slowest, steal, type Victim } from './steal.ts'

interface Work {
  readonly file: FileFetch
  readonly segment: Segment
}

/** The connections of one call, shared by all its files: whoever is idle takes the next piece of any of them. */
export class DownloadPool {
  readonly #clock: Clock
  readonly #target: ConnectionTarget
  readonly #files = new Set<FileFetch>()
  #active = 0
  #most = 0
  #bytes = 0

  /** `connections` is how many to use; unless given, as many as make it faster. */
  constructor(clock: Clock, connections?: number) {
    this.#clock = clock
    this.#target = connectionTarget(connections)
  }

  /** The most connections that were at work at the same time. */
  get most(): number {
    return this.#most
  }

  /** Fetches what the job's plan lacks. */
  async fetch(job: FetchJob): Promise<void> {
    const file = new FileFetch({
      ...job,
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
    file.throwIfFailed()
  }

  #reached(bytes: number): void {
    this.#bytes += bytes
    if (this.#target.reached(this.#bytes, this.#active, this.#clock.now())) this.#fill()
  }

  #fill(): void {
    while (this.#active < this.#target.count) {
      const work = this.#next()
      if (!work) return
      this.#active++
      this.#most = Math.max(this.#most, this.#active)
      void work.file.fetch(work.segment, this.#target.count).then(() => {
        this.#active--
        this.#fill()
      })
    }
  }

  #next(): Work | undefined {
    const share = Math.max(1, Math.floor(this.#target.count / this.#files.size))
    const late = this.#late()
    if (late) return late
    for (const file of [...this.#files].toSorted((a, b) => a.active - b.active)) {
      const segment = file.next(share)
      if (segment) return { file, segment }
    }
    return this.#stolen((victims, minBytes) => slowest(victims, minBytes))
  }

  /** A piece that would still be on its way when everything else is done is helped before anything new begins. */
  #late(): Work | undefined {
    const pending = [...this.#files].reduce((sum, { job }) => sum + job.plan.pendingBytes, 0)
    if (pending === 0) return undefined
    return this.#stolen((victims, minBytes) => {
      const usual = medianRate(victims)
      const worst = slowest(victims, minBytes)
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
    return found && { file: found.file, segment: steal(found.victim, medianRate(all)) }
  }
}

const LATE_MS = 2_000
