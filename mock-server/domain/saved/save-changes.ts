import type { PlatformEvent } from '../events.ts'
import type { PlatformParts } from '../platform-parts.ts'
import type { Appointment } from '../scheduler.ts'
import type { StatusLog } from '../status-log.ts'
import type { StoredJob } from '../stored-job.ts'
import type { ChangedThings } from './change-log.ts'
import { saveJobAlone, saveRun } from './save-world.ts'
import type { SavedFile } from './saved-file.ts'
import type { SavedJob } from './saved-job.ts'
import type { SavedDevice, SavedPlatform } from './saved-platform.ts'
import type { SavedRun } from './saved-run.ts'
import type { SavedVolume } from './saved-volume.ts'

/** What changed in a world, as plain data. Sequences stand for what is gone. */
export interface SavedChanges {
  readonly state: WorldState
  readonly statusLog: StatusLog
  /** Without their runs. */
  readonly jobs: readonly { readonly job: SavedJob; readonly runs: number }[]
  readonly goneJobs: readonly { readonly sequence: number; readonly runs: number }[]
  readonly runs: readonly { readonly sequence: number; readonly run: SavedRun }[]
  readonly files: readonly SavedFile[]
  readonly goneFiles: readonly number[]
  readonly devices: readonly SavedDevice[]
  readonly due: ReadonlyMap<number, Appointment<PlatformEvent> | null>
  /** Null for devices on which nothing is any more. */
  readonly volumes: ReadonlyMap<string, SavedVolume | null>
}

/** What a world is besides the things in it. */
export interface WorldState extends Pick<SavedPlatform, 'seed' | 'ids'> {
  readonly now: number
  readonly booked: number
}

export const stateOf = ({ seed, ids, clock }: SavedPlatform): WorldState => ({
  seed,
  ids,
  now: clock.now,
  booked: clock.booked,
})

export function saveChanges(parts: PlatformParts, changed: ChangedThings): SavedChanges {
  const { world } = parts
  const isThere = (job: StoredJob): boolean => world.jobs.get(job.id) === job
  const jobs = [...changed.jobs]
  return {
    state: currentState(parts),
    statusLog: world.statusLog,
    jobs: jobs.filter(isThere).map((job) => ({ job: saveJobAlone(world, job), runs: job.runs.length })),
    goneJobs: jobs
      .filter((job) => !isThere(job))
      .map(({ sequence, runs }) => ({ sequence, runs: runs.length })),
    runs: [...changed.runs].flatMap(([job, runs]) =>
      isThere(job) ? [...runs].map((run) => ({ sequence: job.sequence, run: saveRun(world, job, run) })) : [],
    ),
    ...filesOf(parts, changed),
    devices: [...changed.devices].map((device) => device.save()),
    due: changed.due,
    volumes: volumesOf(parts, changed),
  }
}

export const currentState = ({ seed, world: { ids, scheduler } }: PlatformParts): WorldState => ({
  seed,
  ids: ids.taken(),
  now: scheduler.now(),
  booked: scheduler.booked,
})

function filesOf({ world }: PlatformParts, changed: ChangedThings) {
  const files: SavedFile[] = []
  const goneFiles: number[] = []
  for (const { id, sequence } of changed.files) {
    const file = world.files.find(id)
    if (file) files.push(file.save())
    else goneFiles.push(sequence)
  }
  return { files, goneFiles }
}

function volumesOf({ world }: PlatformParts, { volumes }: ChangedThings): Map<string, SavedVolume | null> {
  if (volumes.size === 0) return new Map()
  const all = world.executor.saveVolumes?.(world.tenantId) ?? []
  return new Map([...volumes].map((id) => [id, all.find(({ deviceId }) => deviceId === id) ?? null]))
}
