import type { SavedChanges, WorldState } from '../../domain/saved/save-changes.ts'
import { stateOf } from '../../domain/saved/save-changes.ts'
import type { SavedJob } from '../../domain/saved/saved-job.ts'
import type { SavedPlatform } from '../../domain/saved/saved-platform.ts'
import type { StatusLog } from '../../domain/status-log.ts'
import { catalogueKinds, entryId } from './catalogue-record.ts'
import { tellJob } from './job-record.ts'
import { tellVolume } from './other-records.ts'
import { PartsTold } from './parts.ts'
import { tellRun } from './run-record.ts'

type CatalogueKind = keyof typeof catalogueKinds

/** Kinds of records: `job/3`, `run/3-1` and so on; there is one `world`. */
export type RecordKind =
  | (typeof catalogueKinds)[CatalogueKind]
  | 'part'
  | 'file'
  | 'job'
  | 'run'
  | 'due'
  | 'device'
  | 'volume'
  | 'world'

/** One thing of a world as JSON. */
export interface ToldRecord {
  readonly key: string
  /** Undefined when the thing is gone. */
  readonly value: unknown
}

const told = (kind: RecordKind, id: string | number, value?: unknown): ToldRecord => ({
  key: `${kind}/${id}`,
  value,
})

/** Tells a world as records, each thing once. */
export class WorldTeller {
  readonly #parts = new PartsTold()

  #job(job: SavedJob, runs: number, log: StatusLog): ToldRecord {
    return told('job', job.sequence, tellJob(job, runs, log, this.#parts))
  }

  /** Parts before those that name them. */
  *all(saved: SavedPlatform): Generator<ToldRecord> {
    const { shelf, statusLog, jobs, devices, volumes, clock } = saved
    yield* tellCatalogue(saved)
    for (const file of shelf.files.values()) yield told('file', file.sequence, file.save())
    for (const job of jobs) yield* this.#withParts(this.#job(job, job.runs.length, statusLog))
    for (const { sequence, runs } of jobs)
      for (const run of runs) yield told('run', `${sequence}-${run.displayOrder}`, tellRun(run))
    for (const device of devices) yield told('device', device.sequence, device)
    for (const volume of volumes) yield told('volume', volume.deviceId, tellVolume(volume))
    for (const appointment of clock.appointments) yield told('due', appointment.order, appointment)
    yield tellState(stateOf(saved))
  }

  /** Catalogues change with everything else only. */
  *changed(changes: SavedChanges): Generator<ToldRecord> {
    const { jobs, goneJobs, runs, files, goneFiles, devices, due, volumes, statusLog, state } = changes
    for (const file of files) yield told('file', file.sequence, file)
    for (const sequence of goneFiles) yield told('file', sequence)
    for (const { job, runs: count } of jobs) yield* this.#withParts(this.#job(job, count, statusLog))
    for (const gone of goneJobs) yield* tellGone(gone)
    for (const { sequence, run } of runs) yield told('run', `${sequence}-${run.displayOrder}`, tellRun(run))
    for (const device of devices) yield told('device', device.sequence, device)
    for (const [order, appointment] of due) yield told('due', order, appointment ?? undefined)
    for (const [id, volume] of volumes) yield told('volume', id, volume ? tellVolume(volume) : undefined)
    yield tellState(state)
  }

  *#withParts(record: ToldRecord): Generator<ToldRecord> {
    for (const [id, value] of this.#parts.take()) yield told('part', id, value)
    yield record
  }
}

function* tellCatalogue({ catalogue }: SavedPlatform): Generator<ToldRecord> {
  for (const kind of Object.keys(catalogueKinds) as CatalogueKind[])
    for (const [place, entry] of catalogue[kind].entries())
      yield told(catalogueKinds[kind], entryId(place), entry)
}

function* tellGone({ sequence, runs }: SavedChanges['goneJobs'][number]): Generator<ToldRecord> {
  yield told('job', sequence)
  for (let run = 1; run <= runs; run += 1) yield told('run', `${sequence}-${run}`)
}

const tellState = (state: WorldState): ToldRecord => told('world', 'state', state)
