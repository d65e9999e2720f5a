import type { ActiveRun } from './active-run.ts'
import type { Catalogue } from './catalogue.ts'
import { changeFile, deleteFile, fileOf } from './change-files.ts'
import type { Instance } from './cluster.ts'
import { type ClusterLogin, clusterLogin } from './cluster-login.ts'
import { askEnding } from './endings/ask-ending.ts'
import { forgetEnding } from './endings/asked-endings.ts'
import type { EndingWish } from './endings/read-ending.ts'
import type { PlatformEvent } from './events.ts'
import type { Executor } from './executor.ts'
import type { File, FileChanges, FileFilter, NewFile } from './file.ts'
import { found } from './file-shelf.ts'
import type { StoredBytes } from './file-store.ts'
import { happen, liveRunEnded } from './happen.ts'
import type { IdKind } from './ids.ts'
import { instancesOf } from './instances.ts'
import type { Duration, Instant } from './instant.ts'
import type { CustomFieldValue, Job, JobChanges, JobDraft, JobFilter, JobShare, Tag } from './job.ts'
import { forceStop, stop, stopOneRun, waitForCluster } from './job-lifecycle.ts'
import type { JobRegistry } from './job-registry.ts'
import { type Listing, listingOf } from './listing.ts'
import type { CatalogueEntries } from './own-catalogue.ts'
import {
  type FullPlatformOptions,
  makeParts,
  type PlatformOptions,
  type PlatformParts,
  type WorldHooks,
} from './platform-parts.ts'
import { observedQuirks, type Quirks } from './quirks.ts'
import { refuse } from './refusal.ts'
import type { Run } from './run.ts'
import { dropRuns } from './run-ends.ts'
import { addSnapshot, workFolderOf } from './run-files.ts'
import { inputsOf } from './run-order.ts'
import type { ChangedThings } from './saved/change-log.ts'
import { dismantle } from './saved/dismantle.ts'
import { currentState, type SavedChanges, saveChanges, type WorldState } from './saved/save-changes.ts'
import { loadParts, saveParts } from './saved/saved-parts.ts'
import type { SavedPlatform } from './saved/saved-platform.ts'
import type { Appointment } from './scheduler.ts'
import { SharedBytes } from './shared-bytes.ts'
import type { StorageRegistry } from './storage-registry.ts'
import type { StoredJob } from './stored-job.ts'
import type { StoredRun } from './stored-run.ts'
import { submitJob } from './submit-job.ts'
import type { Project, User } from './user.ts'
import type { WorkFolder } from './work-folder.ts'
import { cancelAllOf, type World } from './world.ts'

/**
 * The world of one tenant: its user, jobs, clusters and files, with a time of its own.
 * Methods throw RefusedError where the real platform says no, and change nothing then.
 */
export class Platform {
  readonly tenantId: string
  readonly quirks: Quirks
  readonly #options: FullPlatformOptions
  readonly #hooks: WorldHooks
  #parts: PlatformParts

  constructor(options: PlatformOptions) {
    this.tenantId = options.tenantId
    this.quirks = options.quirks ?? observedQuirks
    this.#options = { ...options, sharedBytes: options.sharedBytes ?? new SharedBytes(options.files) }
    const onLiveRunEnded = options.onLiveRunEnded ?? ((tell: () => void) => tell())
    this.#hooks = {
      eraseJob: (job) => this.#erase(job),
      liveRunEnded: (jobId, active, end) =>
        onLiveRunEnded(() => liveRunEnded(this.#world, jobId, active, end)),
    }
    this.#parts = makeParts(this.#options, this.#hooks, options)
  }

  get user(): User {
    return this.#parts.user
  }

  get projects(): readonly Project[] {
    return this.#parts.ownCatalogue.projects
  }

  /** What its catalogue has besides the server's, or in place of it. */
  get catalogueEntries(): CatalogueEntries {
    return this.#parts.ownCatalogue.entries
  }

  /** Jobs keep what the catalogue said when they were saved. */
  offer(entries: CatalogueEntries): void {
    this.#parts.ownCatalogue.entries = entries
    this.#options.changes?.everything()
  }

  /** The id of an account, a workspace or a project. */
  newAccountId(): string {
    return this.#world.ids.next('account')
  }

  get storage(): StorageRegistry {
    return this.#parts.storage
  }

  get #world(): World {
    return this.#parts.world
  }

  get #registry(): JobRegistry {
    return this.#parts.registry
  }

  /** The world as plain data. Whoever keeps it retains the bytes that it holds (`heldBytes`). */
  save(): SavedPlatform {
    return saveParts(this.#parts)
  }

  /** The part of it that changed. */
  saveChanges(changed: ChangedThings): SavedChanges {
    return saveChanges(this.#parts, changed)
  }

  /** What the world is besides the things in it. */
  get state(): WorldState {
    return currentState(this.#parts)
  }

  /**
   * From now on the world is another one, from whichever platform. Live runs of the old one are killed; those of the saved
   * one begin again on new machines. The promise is about the bytes of the old world.
   */
  restore(saved: SavedPlatform, { isKept = false }: { readonly isKept?: boolean } = {}): Promise<void> {
    const old = this.#parts
    const parts = makeParts(this.#options, this.#hooks, { seed: saved.seed, startsAt: saved.clock.now })
    if (!isKept) this.#options.changes?.everything()
    loadParts(parts, saved)
    this.#parts = parts
    this.#moveVolumes(old.storage, saved)
    return dismantle(old.world)
  }

  /** Another platform in the same world, to try something out. Nobody hears of it; to be closed. */
  twin(executor: Executor): Platform {
    const { onLiveRunEnded: _, onRunOver: _over, changes: _changes, ...options } = this.#options
    const twin = new Platform({ ...options, tenantId: `${this.tenantId}-twin`, executor })
    // It held nothing before.
    void twin.restore(this.save())
    return twin
  }

  now(): Instant {
    return this.#world.scheduler.now()
  }

  nextDue(): Instant | null {
    return this.#world.scheduler.nextDue()
  }

  /** Nothing is due but what is optional: the walltimes of runs that last until they are stopped. */
  get isSettled(): boolean {
    return this.#world.scheduler.isSettled
  }

  /** Runs that end by themselves, at an instant that nobody knows: their commands really run. */
  get liveRuns(): number {
    return this.#world.activeRuns.live
  }

  /** Each of them as itself, to be told apart from others. */
  get liveRunsUnderWay(): readonly object[] {
    const runs = [...this.#world.activeRuns.all()].map(([, active]) => active)
    return runs.filter(({ execution }) => execution.kind === 'live')
  }

  /** What is due to happen, in order. */
  upcoming(): readonly Appointment<PlatformEvent>[] {
    return this.#world.scheduler.upcoming()
  }

  advance(duration: Duration): void {
    this.advanceTo(this.now() + duration)
  }

  advanceTo(instant: Instant): void {
    this.#world.scheduler.advanceTo(instant, (event) => happen(this.#parts, event))
  }

  /** Where time is now is kept, although nothing happened. */
  keepTime(): void {
    this.#world.changes?.clock()
  }

  /** Until nothing is due. Runs that are live, or last until somebody stops them, are not waited for. */
  settle(): void {
    this.#world.scheduler.settle((event) => happen(this.#parts, event))
  }

  jobs(filter: JobFilter = {}): Listing<Job> {
    return this.#world.jobs.listing(filter)
  }

  job(jobId: string): Job {
    return this.#registry.get(jobId)
  }

  /** `id` is for jobs whose id others know beforehand; all others get a new one. */
  createJob(draft: JobDraft, catalogue: Catalogue, id?: string): Job {
    return this.#registry.create(draft, catalogue, id)
  }

  /** PATCH. */
  changeJob(jobId: string, changes: JobChanges, catalogue: Catalogue): Job {
    return this.#registry.change(jobId, changes, catalogue)
  }

  /** PUT. */
  replaceJob(jobId: string, draft: JobDraft, catalogue: Catalogue): Job {
    return this.#registry.replace(jobId, draft, catalogue)
  }

  /** The job is gone at once; the promise is about the bytes of its files. */
  deleteJob(
    jobId: string,
    { deleteInputFiles = false }: { deleteInputFiles?: boolean | undefined } = {},
  ): Promise<void> {
    return this.#registry.delete(jobId, deleteInputFiles)
  }

  /** Reads the cases of a job that is to be saved. To be awaited before `createJob`, `changeJob` and `replaceJob`. */
  async prepareDraft({ paramFile }: Pick<JobDraft, 'paramFile'>): Promise<void> {
    if (paramFile) await this.#world.cases.learn(paramFile.id)
  }

  /** Looks into the job's inputs. To be awaited before `submitJob`. */
  async prepareJob(jobId: string): Promise<void> {
    const job = this.#registry.get(jobId)
    if (job.status !== null) return
    const { paramFile } = job.definition
    await this.prepareDraft({ paramFile: paramFile === null ? null : { id: paramFile } })
    await this.#world.executor.prepare?.(inputsOf(this.#world, job))
  }

  submitJob(jobId: string): void {
    submitJob(this.#world, this.#registry.get(jobId), this.quirks)
  }

  stopJob(jobId: string): void {
    const job = this.#registry.get(jobId)
    stop(this.#world, job)
    forgetEnding(this.#world, job)
    this.#world.changes?.job(job)
  }

  forceStopJob(jobId: string): void {
    const job = this.#registry.get(jobId)
    forceStop(this.#world, job)
    forgetEnding(this.#world, job)
    this.#world.changes?.job(job)
  }

  /** A Queued job waits for a cluster. By itself no job does: which do, no source shows. */
  waitForCluster(jobId: string): void {
    const job = this.#registry.get(jobId)
    waitForCluster(this.#world, job)
    this.#world.changes?.job(job)
  }

  shareJob(jobId: string, share: JobShare): void {
    this.#registry.share(jobId, share)
  }

  tagJob(jobId: string, name: string): Tag {
    return this.#registry.tag(jobId, name)
  }

  untagJob(jobId: string, name: string): void {
    this.#registry.untag(jobId, name)
  }

  setCustomFields(jobId: string, changes: readonly (readonly [string, CustomFieldValue])[]): void {
    this.#registry.setFields(jobId, changes)
  }

  /** `organizationCode` is that of the user's company. */
  assignToProject(organizationCode: string, jobId: string, projectId: string): void {
    if (organizationCode !== this.user.company.code)
      refuse({ kind: 'not-found', what: 'organization', id: organizationCode })
    this.#registry.assign(jobId, projectId)
  }

  run(jobId: string, runId: string): Run {
    return this.#run(jobId, runId)
  }

  /** What lies in the run's work folder now; null when the run is not under way. */
  workFolder(jobId: string, runId: string): WorkFolder | null {
    const { id } = this.run(jobId, runId)
    const active = this.#world.activeRuns.get(jobId, id)
    return active ? workFolderOf(this.#world, active) : null
  }

  stopRun(jobId: string, runId: string): void {
    const job = this.#registry.get(jobId)
    stopOneRun(this.#world, job, this.#activeRun(jobId, runId))
    this.#world.changes?.job(job)
  }

  /** A snapshot of the run's work folder becomes an output at once, though the run goes on. */
  addSnapshot(jobId: string, runId: string, bytes: StoredBytes): File {
    this.#activeRun(jobId, runId)
    return addSnapshot(this.#world, this.#registry.get(jobId), this.#run(jobId, runId), bytes)
  }

  /** One per node, while the cluster is up. */
  instances(jobId: string): Listing<Instance> {
    return instancesOf(this.#world, this.#registry.get(jobId), this.#options.ssh)
  }

  /** The cluster that this unix user logs in to, from its start until its last run is over; null otherwise. */
  clusterLogin(username: string): ClusterLogin | null {
    return clusterLogin(this.#world, username)
  }

  /** Of all runs, or of one, newest first: `process_output.log` before all others of its run. */
  outputFiles(
    jobId: string,
    { runId, search }: FileFilter & { readonly runId?: string | undefined } = {},
  ): Listing<File> {
    const runs = runId === undefined ? this.#registry.get(jobId).runs : [this.run(jobId, runId)]
    const files = runs.toReversed().flatMap(({ outputFiles }) => outputFiles)
    return search ? found(files, search) : listingOf(files)
  }

  addFile(file: NewFile): File {
    return this.#world.files.add(file, this.now())
  }

  /** Newest first, deleted ones left out (inferred; rs and the Kotlin client of 2019 skip rows with `isDeleted: true`). */
  files(filter: FileFilter = {}): Listing<File> {
    return this.#world.files.listing(filter)
  }

  file(fileId: string): File {
    return fileOf(this.#world, fileId)
  }

  /** Also a deleted one, as long as a job refers to it. */
  linkedFile(fileId: string): File {
    return this.#world.files.linked(fileId)
  }

  changeFile(fileId: string, changes: FileChanges): File {
    return changeFile(this.#world, fileId, changes)
  }

  /** The file is gone at once; the promise is about its bytes. */
  deleteFile(fileId: string): Promise<void> {
    return deleteFile(this.#world, fileId)
  }

  /** What of this tenant has the id or once had it, deleted things included. */
  kindOfId(id: string): IdKind | null {
    return this.#world.ids.kindOf(id)
  }

  /** How the job is to end, whatever its commands do. For tests of those who watch jobs; the real platform has no such thing. */
  askEnding(jobId: string, wish: EndingWish): void {
    const job = this.#registry.get(jobId)
    askEnding(this.#world, job, wish)
    this.#world.changes?.job(job)
  }

  /** The end of this world: its runs end at once, nothing is due any more, and the bytes of its files are released. */
  async close(): Promise<void> {
    this.#world.scheduler.cancel(() => true)
    await dismantle(this.#world)
  }

  #moveVolumes(old: StorageRegistry, { devices, volumes }: SavedPlatform): void {
    const { executor, tenantId } = this.#world
    const kept = new Set(devices.map(({ id }) => id))
    for (const { id } of old.save())
      if (!kept.has(id)) void executor.releaseVolume?.({ tenantId, deviceId: id })
    executor.loadVolumes?.(tenantId, volumes)
  }

  #erase(job: StoredJob): void {
    cancelAllOf(this.#world, job)
    dropRuns(this.#world, job)
    void this.#registry.erase(job)
  }

  #run(jobId: string, runId: string): StoredRun {
    return this.#registry.get(jobId).run(runId) ?? refuse({ kind: 'not-found', what: 'run', id: runId })
  }

  #activeRun(jobId: string, runId: string): ActiveRun {
    const { id } = this.#run(jobId, runId)
    return this.#world.activeRuns.get(jobId, id) ?? refuse({ kind: 'run-not-active', jobId, runId })
  }
}
