import type { Catalogue } from './catalogue.ts'
import { withFields } from './custom-fields.ts'
import { DefinitionPool } from './definition-pool.ts'
import { ErrorCollector } from './field-errors.ts'
import type { CustomFieldValue, JobChanges, JobDefinition, JobDraft, JobShare, Tag } from './job.ts'
import type { OwnCatalogue } from './own-catalogue.ts'
import { refuse } from './refusal.ts'
import type { Surroundings } from './resolve-analysis.ts'
import { blankDefinition, checkProject, definitionFrom, resolveDefinition } from './resolve-job.ts'
import type { SavedJob } from './saved/saved-job.ts'
import { filesOf, type JobHome, StoredJob } from './stored-job.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

/** What users do with jobs apart from running them. */
export class JobRegistry {
  readonly #world: World
  readonly #user: User
  readonly #ownCatalogue: OwnCatalogue
  readonly #definitions = new DefinitionPool()
  readonly #blank: JobDefinition
  readonly #home: JobHome

  constructor(world: World, user: User, ownCatalogue: OwnCatalogue) {
    this.#world = world
    this.#user = user
    this.#ownCatalogue = ownCatalogue
    this.#blank = blankDefinition(user)
    const { ids, statusLog, files } = world
    this.#home = { ids, statusLog, linkedFile: (fileId) => files.linked(fileId) }
  }

  get(jobId: string): StoredJob {
    return this.#world.jobs.get(jobId) ?? refuse({ kind: 'not-found', what: 'job', id: jobId })
  }

  create(draft: JobDraft, catalogue: Catalogue, id?: string): StoredJob {
    const { ids, scheduler, files, jobs } = this.#world
    const definition = this.#resolve(this.#blank, draft, catalogue)
    const facts = { sequence: ids.take('job'), name: draft.name, dateInserted: scheduler.now(), definition }
    const job = new StoredJob(this.#home, id === undefined ? facts : { ...facts, id })
    files.link(filesOf(definition))
    jobs.add(job)
    this.#world.changes?.job(job)
    return job
  }

  /** A job as it was saved, except for what is under way. Its files and its history are there already. */
  load(saved: SavedJob): StoredJob {
    const job = StoredJob.load(this.#home, saved)
    this.#world.jobs.add(job)
    return job
  }

  /** PATCH; what is left out stays. */
  change(jobId: string, changes: JobChanges, catalogue: Catalogue): StoredJob {
    const job = this.get(jobId)
    if (job.status !== null) return this.#changeSubmitted(job, changes, job.status)
    return this.#redefine(job, this.#resolve(job.definition, changes, catalogue), changes.name)
  }

  /** PUT; what is left out returns to its default (DRF). */
  replace(jobId: string, draft: JobDraft, catalogue: Catalogue): StoredJob {
    const job = this.get(jobId)
    if (job.status !== null) return this.#changeSubmitted(job, draft, job.status)
    return this.#redefine(job, this.#resolve(this.#blank, draft, catalogue), draft.name)
  }

  async delete(jobId: string, deleteInputFiles: boolean): Promise<void> {
    const job = this.get(jobId)
    this.#refuseUnlessDeletable(job)
    await this.erase(job, deleteInputFiles)
  }

  /** Nothing may be due for the job. */
  async erase(job: StoredJob, deleteInputFiles = false): Promise<void> {
    const { files, jobs, statusLog, askedEndings, restarts, withStoppedRun, attachedStorage } = this.#world
    attachedStorage.delete(job.id)
    askedEndings.delete(job.id)
    withStoppedRun.delete(job.id)
    restarts.delete(job.id)
    jobs.remove(job)
    this.#world.changes?.job(job)
    statusLog.release(job.lastRow)
    statusLog.release(job.lastClusterRow)
    const inputs = filesOf(job.definition)
    files.unlink(inputs)
    const unneeded = job.runs.flatMap(({ outputFiles }) => outputFiles)
    if (deleteInputFiles) unneeded.push(...[...inputs].flatMap((fileId) => files.get(fileId) ?? []))
    await Promise.all(unneeded.filter(({ isDeleted }) => !isDeleted).map((file) => files.delete(file)))
  }

  share(jobId: string, { recipient }: JobShare): void {
    const job = this.get(jobId)
    if (job.sharedWith.includes(recipient)) return
    job.shares = [...job.sharedWith, recipient]
    this.#touch(job)
  }

  setFields(jobId: string, changes: readonly (readonly [string, CustomFieldValue])[]): void {
    const job = this.get(jobId)
    job.fields = withFields(job, changes)
    this.#touch(job)
  }

  /** Whatever has become of the job. */
  assign(jobId: string, projectId: string): void {
    const job = this.get(jobId)
    const errors = new ErrorCollector()
    checkProject(projectId, this.#ownCatalogue, errors)
    errors.refuseIfAny()
    this.#move(job, { projectId })
  }

  /** Tags are one by their normalized name (api-samples, v3). */
  tag(jobId: string, name: string): Tag {
    const job = this.get(jobId)
    const tag = { name, normalizedName: name.toLowerCase() }
    const known = job.tags.find(({ normalizedName }) => normalizedName === tag.normalizedName)
    if (known) return known
    job.tagList = [...job.tags, tag]
    this.#touch(job)
    return tag
  }

  untag(jobId: string, name: string): void {
    const job = this.get(jobId)
    const kept = job.tags.filter(({ normalizedName }) => normalizedName !== name.toLowerCase())
    if (kept.length === job.tags.length) refuse({ kind: 'not-found', what: 'tag', id: name })
    job.tagList = kept.length === 0 ? null : kept
    this.#touch(job)
  }

  #touch(job: StoredJob): void {
    job.version += 1
    this.#world.changes?.job(job)
  }

  /** The project and the folder can always be changed (rescalepy, mclaren-crash); the rest is as it was submitted. */
  #changeSubmitted(job: StoredJob, changes: JobChanges, status: NonNullable<StoredJob['status']>): StoredJob {
    const { projectId, folderId, ...definition } = changes
    const changesDefinition = Object.values(definition).some((value) => value !== undefined)
    if (changesDefinition && this.#world.quirks.patchCompleted === 'refused')
      refuse({ kind: 'not-editable', jobId: job.id, status })
    const errors = new ErrorCollector()
    checkProject(projectId, this.#ownCatalogue, errors)
    errors.refuseIfAny()
    return this.#move(job, { projectId, folderId })
  }

  #move(job: StoredJob, place: Pick<JobChanges, 'projectId' | 'folderId'>): StoredJob {
    const moved = definitionFrom(job.definition, place, job.definition.jobanalyses)
    return this.#redefine(job, this.#definitions.shared(moved))
  }

  #redefine(job: StoredJob, definition: JobDefinition, name = job.name): StoredJob {
    const { files } = this.#world
    files.link(filesOf(definition))
    files.unlink(filesOf(job.definition))
    job.name = name
    job.definition = definition
    this.#touch(job)
    return job
  }

  #resolve(base: JobDefinition, changes: JobChanges, catalogue: Catalogue): JobDefinition {
    const around: Surroundings = {
      catalogue,
      user: this.#user,
      projects: this.#ownCatalogue.projects,
      hasFile: (fileId) => this.#world.files.get(fileId) !== undefined,
      casesIn: (fileId) => this.#world.cases.get(fileId),
    }
    return this.#definitions.shared(resolveDefinition(base, changes, around))
  }

  /** Saved jobs always; others when nothing happens to them any more and their cluster has stopped. */
  #refuseUnlessDeletable({ id, status, ended, clusterStatus }: StoredJob): void {
    const hasStopped = ended && (clusterStatus === null || clusterStatus === 'Stopped')
    if (status !== null && !hasStopped) refuse({ kind: 'cluster-not-stopped', jobId: id, clusterStatus })
  }
}
