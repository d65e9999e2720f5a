import type { Catalogue } from './catalogue.ts'
import type { Instance } from './cluster.ts'
import type { Executor, RunEnd } from './executor.ts'
import type { File, FileChanges, FileFilter, NewFile } from './file.ts'
import type { FileStore } from './file-store.ts'
import type { Duration, Instant } from './instant.ts'
import type { Job, JobChanges, JobDraft, JobFilter, JobShare, Tag } from './job.ts'
import type { Listing } from './listing.ts'
import type { Quirks } from './quirks.ts'
import type { Run } from './run.ts'
import type { Project, User } from './user.ts'

export interface PlatformOptions {
  /** Opaque, safe as a folder name. */
  readonly tenantId: string
  /** Ids, names and times follow from it. */
  readonly seed: string
  /** Virtual time at the beginning. */
  readonly startsAt: Instant
  readonly files: FileStore
  readonly executor: Executor
  readonly quirks?: Quirks | undefined
  /** Environment variables for every run, besides those of the job and its hardware (`RESCALE_API_KEY`, say). */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Where clusters can be reached by SSH; without it their addresses are made up. */
  readonly ssh?:
    | { readonly publicIp: string; readonly publicHostname: string; readonly sshPort: number }
    | undefined
  /** Called when a live run has ended, with what tells the platform so: the place to bring time up to date before, and to settle after. */
  readonly onLiveRunEnded?: ((tell: () => void) => void) | undefined
}

/**
 * The world of one tenant: its user, jobs, clusters and files, with a time of its own.
 * Methods throw RefusedError where the real platform says no.
 */
export declare class Platform {
  readonly tenantId: string
  readonly user: User
  readonly projects: readonly Project[]
  readonly quirks: Quirks

  constructor(options: PlatformOptions)

  now(): Instant
  nextDue(): Instant | null
  advance(duration: Duration): void
  advanceTo(instant: Instant): void
  /** Until nothing is due. Runs that are live, or last until somebody stops them, are not waited for. */
  settle(): void

  jobs(filter?: JobFilter): Listing<Job>
  job(jobId: string): Job
  createJob(draft: JobDraft, catalogue: Catalogue): Job
  /** PATCH. */
  changeJob(jobId: string, changes: JobChanges, catalogue: Catalogue): Job
  /** PUT. */
  replaceJob(jobId: string, draft: JobDraft, catalogue: Catalogue): Job
  /** The job is gone when this returns; the promise is about the bytes of its files. */
  deleteJob(jobId: string, options?: { readonly deleteInputFiles?: boolean | undefined }): Promise<void>
  /** Lets the executor look into the job's inputs. To be awaited before `submitJob`. */
  prepareJob(jobId: string): Promise<void>
  submitJob(jobId: string): void
  stopJob(jobId: string): void
  forceStopJob(jobId: string): void
  shareJob(jobId: string, share: JobShare): void
  tagJob(jobId: string, name: string): Tag
  untagJob(jobId: string, name: string): void
  run(jobId: string, runId: string): Run
  /** One per node, while the cluster is up. */
  instances(jobId: string): Listing<Instance>
  /** Of all runs, newest first; within a run `process_output.log` first. */
  outputFiles(jobId: string, filter?: FileFilter & { readonly runId?: string | undefined }): Listing<File>

  addFile(file: NewFile): File
  files(filter?: FileFilter): Listing<File>
  file(fileId: string): File
  /** Also a deleted one, as long as a job refers to it. */
  linkedFile(fileId: string): File
  changeFile(fileId: string, changes: FileChanges): File
  /** The file is gone when this returns; the promise is about its bytes. */
  deleteFile(fileId: string): Promise<void>

  /** A live run has ended. */
  runEnded(jobId: string, runId: string, end: RunEnd): void
}
