/**
 * A local Rescale, in process or served.
 *
 * ```ts
 * await using rescale = createRescale()
 * const answer = await rescale.fetch('http://localhost/api/v2/users/me/', {
 *   headers: { authorization: `Token ${rescale.apiKey}` },
 * })
 * ```
 * @module
 */
export type { Finding } from '../openapi/check-answer.ts'
export { sharedCatalogues } from './catalogue/shared-catalogues.ts'
export type { Catalogue } from './domain/catalogue.ts'
export type { Executor } from './domain/executor.ts'
export type { FileStore } from './domain/file-store.ts'
export { announcedQuirks, observedQuirks, type Quirks } from './domain/quirks.ts'
export type { DataFolder } from './durable/data-folder.ts'
export type { Exchange, ExchangeAnswer, ExchangeRequest } from './exchange/http.ts'
export type { Fault, FaultKind, FaultTarget, PlannedFault, SingleFault } from './faults/fault.ts'
export type { FaultPlans, PlanOptions } from './faults/fault-plans.ts'
export type { FaultReport, PlanReport } from './faults/plan-report.ts'
export { type Listening, type ListenOptions, listen } from './listen.ts'
export { type ListeningSsh, type ListenSshOptions, listenSsh } from './listen-ssh.ts'
export { type OpenDataFolderOptions, openDataFolder } from './open-data-folder.ts'
export { createRescale, DEFAULT_API_KEY, type Rescale, type RescaleOptions } from './rescale.ts'
export type { Limits, ScopeReport } from './throttling/throttle.ts'
export type { WaitForOptions, World } from './world.ts'
export type { TimeGoal } from './world-time.ts'
export type { WaitGoal, WaitOutcome } from './world-wait.ts'
export { WorldFileError } from './worlds/import-world.ts'
export { SeedError, type SeededFile, type SeededJob, type WorldSeed } from './worlds/world-seed.ts'
