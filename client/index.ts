/**
 * A client for the Rescale User API.
 *
 * ```ts
 * import { createClient } from 'localscale/client'
 *
 * const client = createClient({ profile: 'mock' })
 * const job = await client.jobs.create({ name: 'airfoil', jobanalyses: [...] })
 * await client.jobs.submit(job.id)
 * await client.jobs.waitFor(job.id, 'Completed')
 * const { verdict, reason } = await client.jobs.outcome(job.id)
 * ```
 *
 * @module
 */
export { type Apiconfig, parseApiconfig } from './apiconfig.ts'
export { ApiconfigError, type ApiconfigErrorKind } from './apiconfig-errors.ts'
export { type ClientOptions, createClient, type RescaleClient } from './client.ts'
export { type Clock, systemClock } from './clock.ts'
export type { Cluster } from './clusters/cluster.ts'
export { ClusterError } from './clusters/errors.ts'
export type { ExecOptions, ExecResult } from './clusters/exec.ts'
export type { Copied, CopyOptions } from './clusters/files.ts'
export type { Credentials } from './clusters/login.ts'
export type { ClusterOptions } from './clusters/start-cluster.ts'
export type { RawRequestOptions } from './connection.ts'
export { parseDate } from './dates.ts'
export { type DrfErrors, parseDrfErrors } from './drf.ts'
export * from './errors.ts'
export { type ProfileValues, writeProfile, zipFolder } from './files-only.ts'
export type { JobOutcome } from './outcome.ts'
export type { Page, PagedList } from './pages.ts'
export type { RetryOptions } from './pipeline.ts'
export { type LoggedAnalysis, parseProcessLog, withoutTime } from './process-log.ts'
export type {
  Hooks,
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  ThrottleEvent,
} from './requests/events.ts'
export type { FetchLike } from './requests/exchange.ts'
export type { Limits, Scope, ScopeLimit, ScopeState } from './requests/scopes.ts'
export type { Timeouts } from './requests/timeouts.ts'
export type { ProcessLog } from './resources/job-logs.ts'
export type { JobCost, Preflight, PreflightProblem } from './resources/preflight.ts'
export { Secret } from './secret.ts'
export type { Settings } from './settings.ts'
export type { Downloadable, Downloaded, DownloadOptions } from './transfer/download.ts'
export type { DownloadAllOptions, DownloadResult } from './transfer/download-all.ts'
export type {
  OnTransferEvent,
  TransferEvent,
  TransferEventType,
  TransferItem,
  TransferTotals,
} from './transfer/events.ts'
export type { Selection } from './transfer/selection.ts'
export type { SevenZip } from './transfer/seven-zip.ts'
export type { UploadSource } from './transfer/sources.ts'
export { readChecksum, type SplitVerdict } from './transfer/split-command.ts'
export type { SplitUpload, SplitUploadOptions } from './transfer/split-upload.ts'
export type { SyncOptions, SyncResult } from './transfer/sync-job.ts'
export type { Progress, UploadOptions } from './transfer/upload.ts'
export type { UploadAllOptions, UploadItem, UploadResult } from './transfer/upload-all.ts'
export type { UploadFolderOptions } from './transfer/upload-folder.ts'
export type { ZipOptions } from './transfer/zip.ts'
export type { ZipArchive } from './transfer/zip-archive.ts'
export * from './transfer-errors.ts'
export type * from './types.ts'
export { type WaitOptions, type WaitResult, WaitTimeoutError } from './waiters.ts'
