/**
 * Contract tests of the Rescale User API: scenarios as values, told to a mock, a real platform or a recording, every
 * exchange checked against the description and against the exchanges before it.
 *
 * ```ts
 * import { expectThat, scenario } from 'localscale/contract'
 *
 * export const scenarios = [
 *   scenario({
 *     id: 'ours/has-granite', title: 'granite is to be had', needs: [], covers: [['listCoreTypes', 200]], cost: 'free',
 *     async run(t) {
 *       const { body } = await t.call('listCoreTypes', { query: { page_size: 200 }, expect: 200 })
 *       expectThat(body.results.some(({ code }) => code === 'granite'), 'granite is among the core types')
 *     },
 *   }),
 * ]
 * ```
 * @module
 */
export type { Called, CallOptions, StatusOf } from './call-types.ts'
export { type Checks, loadChecks } from './checks/load-checks.ts'
export { collectPages } from './collect-pages.ts'
export {
  logOf,
  saveJob,
  submitJob,
  untilClusterWas,
  untilJobWas,
  uploadFile,
} from './conduct.ts'
export {
  type CellState,
  coverageGrid,
  type GridCell,
  type GridSources,
  type KnownReason,
  type TargetCell,
} from './coverage-grid.ts'
export { fetchOver } from './fetch-over.ts'
export type { Finding, FindingClass, FindingSeverity, RelationRule } from './finding.ts'
export { type HarnessClock, realClock } from './harness-clock.ts'
export { type JobWish, jobRequest, uploadForm } from './job-requests.ts'
export { loadDescribedBodies } from './naming/described-bodies.ts'
export { CannotRunError, type NeverOnLive, type Reason, type ReasonKind } from './not-run.ts'
export { type ObserveOptions, observing } from './observe.ts'
export type { Cassette, Recorded, RecordedFrom } from './recording/cassette.ts'
export { CassetteRefusedError } from './recording/cassette-file.ts'
export { generatedBuffer, generatedBytes } from './recording/generated-bytes.ts'
export { readCassette, readCassettes } from './recording/read-cassettes.ts'
export { seenOfCassette } from './recording/seen-of-cassette.ts'
export { KnownSecrets } from './redaction/known-secrets.ts'
export { type Age, ageOf } from './replay/age.ts'
export { LeftoversError, MissError } from './replay/misses.ts'
export { NetworkLockError } from './replay/network-lock.ts'
export {
  type ReplayServer,
  type ReplayServerOptions,
  replayServer,
} from './replay/replay-server.ts'
export { type ServedReplay, type ServeReplayOptions, serveReplay } from './replay/serve-replay.ts'
export { type RunReport, runScenarios } from './run-report.ts'
export { type RunOptions, runScenario } from './run-scenario.ts'
export { type Cell, type Deliberate, type Scenario, type ScenarioCost, scenario } from './scenario.ts'
export {
  ExpectationError,
  expectEqual,
  expectThat,
  type RawAnswer,
  type RawRequest,
  type ScenarioContext,
  type Speaker,
} from './scenario-context.ts'
export {
  countsAsFinding,
  type ExitCode,
  exitCodeOf,
  type Outcome,
  type RunSummary,
  type ScenarioResult,
  summaryOf,
} from './scenario-result.ts'
export type { Caller, SeenBody, SeenExchange } from './seen-exchange.ts'
export { selectScenarios } from './select-scenarios.ts'
export type { Given, StateName, StateValues } from './states.ts'
export type { Stage, Target, TargetKind } from './target.ts'
export { type MockHttpOptions, mockHttpTarget } from './targets/mock-http-target.ts'
export { mockTarget } from './targets/mock-target.ts'
export { type ReplayTargetOptions, replayTarget } from './targets/replay-target.ts'
export { type Layer, layered, type Transport, type WireAnswer, type WireRequest } from './transport.ts'
export { type UndiciTransportOptions, undiciTransport } from './undici-transport.ts'
export { transportOf, type WatchedFetch, watchFetch } from './watch-fetch.ts'
