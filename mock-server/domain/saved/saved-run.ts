import type { RunFate, RunOrder, RunPlan } from '../executor.ts'
import type { StoredBytes } from '../file-store.ts'
import type { Duration, Instant } from '../instant.ts'
import type { RunVariable } from '../run.ts'
import type { StoredFile } from '../stored-file.ts'

export interface SavedRun {
  readonly displayOrder: number
  readonly dateStarted: Instant | null
  readonly dateCompleted: Instant | null
  readonly exitCode: number | null
  /** Newest first. */
  readonly outputFiles: readonly StoredFile[]
  readonly results: readonly RunVariable[]
  /** Null for a run that is not under way. */
  readonly active: SavedActiveRun | null
}

/** Of a run under way that is planned. A live one cannot be saved: its commands run in processes of this machine. */
export interface SavedPlannedRun {
  readonly kind: 'planned'
  readonly slot: number
  readonly startedAt: Instant
  readonly isStopping: boolean
  readonly order: SavedOrder
  readonly inputs: readonly StoredBytes[]
  /** Null after it was on a disk: the executor makes it again. */
  readonly plan: RunPlan | null
  readonly amendment: PlanAmendment | null
}

export type SavedActiveRun = SavedPlannedRun | { readonly kind: 'live'; readonly isStopping: boolean }

/** What is plain data of an order, without what the tenant's API key brings into its environment. */
export type SavedOrder = Omit<RunOrder, 'now' | 'random'>

/** How the platform changed the plan that the executor made. */
export type PlanAmendment =
  | { readonly kind: 'endless' }
  | { readonly kind: 'fated'; readonly fate: RunFate; readonly at: Duration }
