import type { Execution, RunOrder } from './executor.ts'
import type { StoredBytes } from './file-store.ts'
import type { Instant } from './instant.ts'
import type { PlanAmendment } from './saved/saved-run.ts'
import type { StoredRun } from './stored-run.ts'

/** What is known of a run only while it lasts. */
export interface ActiveRun {
  readonly runId: string
  /** Counted from 0. */
  readonly slot: number
  readonly order: RunOrder
  /** A plan may be replaced by another. */
  execution: Execution
  readonly startedAt: Instant
  /** Bytes of the inputs, which are kept for the run even when their files are deleted. */
  readonly inputs: ReadonlyMap<string, StoredBytes>
  /** How the plan differs from the one that the executor made. */
  amendment: PlanAmendment | null
  /** Its commands have been asked to end. */
  isStopping: boolean
}

/** The runs of a job that have not begun. */
export interface RunQueue {
  /** The next one last. */
  readonly waiting: StoredRun[]
  /** The next one last. */
  readonly freeSlots: number[]
}

/** The runs under way. Nearly all jobs have one, so that one is kept without a list. */
export class ActiveRuns {
  readonly #byJob = new Map<string, ActiveRun | Map<string, ActiveRun>>()
  /** How many really run, outside virtual time. */
  live = 0
  readonly #onOver: ((jobId: string, runId: string) => void) | undefined

  /** `onOver` is told of every run that is not under way any more. */
  constructor(onOver?: (jobId: string, runId: string) => void) {
    this.#onOver = onOver
  }

  of(jobId: string): readonly ActiveRun[] {
    const runs = this.#byJob.get(jobId)
    if (runs === undefined) return []
    return runs instanceof Map ? [...runs.values()] : [runs]
  }

  count(jobId: string): number {
    const runs = this.#byJob.get(jobId)
    return runs instanceof Map ? runs.size : runs === undefined ? 0 : 1
  }

  get(jobId: string, runId: string): ActiveRun | undefined {
    const runs = this.#byJob.get(jobId)
    if (runs instanceof Map) return runs.get(runId)
    return runs?.runId === runId ? runs : undefined
  }

  /** Of all jobs. */
  *all(): Generator<readonly [jobId: string, ActiveRun]> {
    for (const jobId of this.#byJob.keys()) for (const active of this.of(jobId)) yield [jobId, active]
  }

  add(jobId: string, active: ActiveRun): void {
    if (active.execution.kind === 'live') this.live += 1
    const runs = this.#byJob.get(jobId)
    if (runs === undefined) this.#byJob.set(jobId, active)
    else if (runs instanceof Map) runs.set(active.runId, active)
    else this.#byJob.set(jobId, new Map([runs, active].map((run) => [run.runId, run])))
  }

  delete(jobId: string, runId: string): void {
    if (this.get(jobId, runId)?.execution.kind === 'live') this.live -= 1
    const runs = this.#byJob.get(jobId)
    if (runs instanceof Map) runs.delete(runId)
    const isLast = runs instanceof Map ? runs.size === 0 : runs?.runId === runId
    if (isLast) this.#byJob.delete(jobId)
    if (runs !== undefined) this.#onOver?.(jobId, runId)
  }
}
