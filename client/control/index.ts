/**
 * A client for the controls of a mock.
 *
 * ```ts
 * import { createControl } from 'localscale/control'
 *
 * const control = createControl({ baseUrl: 'http://127.0.0.1:8484', apiKey })
 * await control.time.advanceUntil({ job: job.id, status: 'Completed' })
 * ```
 *
 * @module
 */
export { ControlError, type ControlOptions } from './connection.ts'
export { type Control, createControl, type Fidelity } from './control.ts'
export {
  type FaultPlan,
  type FaultPlanOptions,
  type FaultsControl,
  PLAN_HEADER,
  type PlannedFault,
} from './faults.ts'
export type {
  EntryFilter,
  Expectation,
  Journal,
  JournalControl,
  JournalEntry,
  JournalQuery,
  LintReport,
  Times,
  Verification,
} from './journal.ts'
export type { ServerControl, Settings, SettingsChanges, Tenant } from './server.ts'
export type { Throttling, ThrottlingControl } from './throttling.ts'
export type { Time, TimeControl, TimeGoal, WaitGoal, WaitOptions, WaitOutcome } from './time.ts'
export type { Ending, EndingsControl, JobOutcome, SshKey, SshKeysControl } from './world.ts'
export type { Fork, Snapshot, WorldSeed, WorldSummary, WorldsControl } from './worlds.ts'
