import type { JobStatus } from '../../domain/job-status.ts'
import type { CatalogueEntries } from '../../domain/own-catalogue.ts'
import type { SavedFile } from '../../domain/saved/saved-file.ts'
import type { SavedJob } from '../../domain/saved/saved-job.ts'
import type { SavedPlatform } from '../../domain/saved/saved-platform.ts'
import type { SavedRun } from '../../domain/saved/saved-run.ts'
import { filesFrom, shelfOf } from '../../domain/saved/shelf-of.ts'
import { StatusLog } from '../../domain/status-log.ts'
import type { StoredFile } from '../../domain/stored-file.ts'
import { filesOf } from '../../domain/stored-job.ts'
import { catalogueKinds, readAnalysis, readCoreType, readPrice, readProject } from './catalogue-record.ts'
import { MalformedRecordError, type Reader } from './fields.ts'
import { readFile } from './file-record.ts'
import { readJob, runsOfJob } from './job-record.ts'
import { isExecuting, possible } from './mend-due.ts'
import { placeholdersFor, rebuiltState } from './mend-world.ts'
import { readAppointment, readDevice, readState, readVolume } from './other-records.ts'
import { PartsRead } from './parts.ts'
import { readRun } from './run-record.ts'

/** What could not be read, or cannot be without what could not be read. */
export interface Loss {
  /** Of the record, or what else names it. */
  readonly what: string
  readonly why: string
}

export interface ReadWorld {
  readonly saved: SavedPlatform
  readonly losses: readonly Loss[]
}

/**
 * Makes a world of its records, without what cannot be read: a job is whole with its definition and all its runs, or it
 * is left out. `seed` is for worlds whose own is lost.
 */
export function readWorld(records: ReadonlyMap<string, unknown>, seed: string): ReadWorld {
  const losses: Loss[] = []
  const reading = new Reading(records, losses)
  const files = reading.read('file', readFile).sort(bySequence)
  const catalogue = reading.catalogue()
  const stored = reading.state(seed, files)
  const jobs = reading.jobs(stored.seed, files)
  const devices = reading.read('device', readDevice).sort(bySequence)
  const links = linksOf(jobs.saved)
  const placeholders = placeholdersFor(links, files, losses)
  const appointments = possible(reading.read('due', readAppointment), jobs.saved, devices)
  const state = rebuiltState(stored, [...files, ...placeholders], jobs.saved, appointments)
  return {
    losses,
    saved: {
      seed: state.seed,
      ids: state.ids,
      catalogue,
      clock: { now: state.now, booked: state.booked, appointments },
      shelf: shelfOf([...jobs.files, ...filesFrom(state.seed, placeholders)], links),
      statusLog: jobs.log,
      jobs: jobs.saved,
      devices,
      volumes: reading.read('volume', readVolume),
    },
  }
}

const bySequence = (one: { readonly sequence: number }, other: { readonly sequence: number }): number =>
  one.sequence - other.sequence

/** How many jobs name each file. */
function linksOf(jobs: readonly SavedJob[]): Map<string, number> {
  const links = new Map<string, number>()
  for (const { definition } of jobs)
    for (const fileId of filesOf(definition)) links.set(fileId, (links.get(fileId) ?? 0) + 1)
  return links
}

class Reading {
  readonly #records: ReadonlyMap<string, unknown>
  readonly #losses: Loss[]

  constructor(records: ReadonlyMap<string, unknown>, losses: Loss[]) {
    this.#records = records
    this.#losses = losses
  }

  /** All of a kind that can be read. */
  read<Thing>(kind: string, read: (value: unknown) => Thing): Thing[] {
    return this.#of(kind).flatMap(([key, value]) => this.#attempt(key, () => read(value)) ?? [])
  }

  catalogue(): CatalogueEntries {
    const of = <Entry>(kind: string, read: Reader<Entry>) => this.read(kind, (value) => read(value, kind))
    return {
      coreTypes: of(catalogueKinds.coreTypes, readCoreType),
      analyses: of(catalogueKinds.analyses, readAnalysis),
      computePrices: of(catalogueKinds.computePrices, readPrice),
      projects: of(catalogueKinds.projects, readProject),
    }
  }

  state(seed: string, files: readonly SavedFile[]) {
    const [state] = this.read('world', readState)
    if (state) return state
    if (!this.#records.has('world/state')) this.#losses.push({ what: 'world/state', why: 'it is missing' })
    const now = Math.max(0, ...files.map(({ dateUploaded }) => dateUploaded))
    return { seed, now, booked: 0, ids: {} }
  }

  jobs(seed: string, savedFiles: readonly SavedFile[]) {
    const files = filesFrom(seed, savedFiles)
    const byId = new Map(files.map((file) => [file.id, file]))
    const log = new StatusLog()
    const parts = new PartsRead(new Map(this.#of('part').map(([key, value]) => [idIn(key), value])))
    const saved = this.#of('job').flatMap(
      ([key, value]) =>
        this.#attempt(key, () => readJob(value, { parts, log, runs: this.#runsOf(key, value, byId) })) ?? [],
    )
    return { saved: saved.sort(bySequence), files, log }
  }

  #runsOf(key: string, value: unknown, files: ReadonlyMap<string, StoredFile>): SavedRun[] {
    const isOver = !isExecuting(value as { status: JobStatus | null })
    const runs: SavedRun[] = []
    for (let count = runsOfJob(value); runs.length < count; ) {
      const runKey = `run/${idIn(key)}-${runs.length + 1}`
      const run = this.#records.get(runKey)
      if (run === undefined) throw new MalformedRecordError(`${runKey} is missing`)
      const read = readRun(run, (fileId) => files.get(fileId))
      runs.push(isOver ? { ...read, active: null } : read)
    }
    return runs
  }

  #of(kind: string): (readonly [key: string, value: unknown])[] {
    return [...this.#records].filter(([key]) => key.startsWith(`${kind}/`))
  }

  #attempt<Thing>(what: string, read: () => Thing): Thing | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof MalformedRecordError)) throw error
      this.#losses.push({ what, why: error.message })
      return undefined
    }
  }
}

const idIn = (key: string): string => key.slice(key.indexOf('/') + 1)
