import type { PlatformEvent } from '../events.ts'
import type { Appointment } from '../scheduler.ts'
import type { StoredFile } from '../stored-file.ts'
import type { StoredJob } from '../stored-job.ts'
import type { StoredRun } from '../stored-run.ts'
import type { StoredStorageDevice } from '../stored-storage-device.ts'

/** What differs from what was taken before. Things that are gone are among them. */
export interface ChangedThings {
  /** The whole world is another one; then the rest means nothing. */
  readonly everything: boolean
  readonly jobs: ReadonlySet<StoredJob>
  /** Also of jobs that are not among the changed ones. */
  readonly runs: ReadonlyMap<StoredJob, ReadonlySet<StoredRun>>
  readonly files: ReadonlySet<StoredFile>
  readonly devices: ReadonlySet<StoredStorageDevice>
  /** By order; null for what is not due any more. */
  readonly due: ReadonlyMap<number, Appointment<PlatformEvent> | null>
  /** Ids of devices whose files may have changed. */
  readonly volumes: ReadonlySet<string>
}

interface Noted extends ChangedThings {
  everything: boolean
  readonly jobs: Set<StoredJob>
  readonly runs: Map<StoredJob, Set<StoredRun>>
  readonly files: Set<StoredFile>
  readonly devices: Set<StoredStorageDevice>
  readonly due: Map<number, Appointment<PlatformEvent> | null>
  readonly volumes: Set<string>
}

/** Notes what changes in a world, for whoever keeps it on a disk. Worlds in memory have none. */
export class ChangeLog {
  #noted: Noted | null = null
  readonly #onFirst: () => void

  /** `onFirst` is told of the first change after all were taken. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst
  }

  get isEmpty(): boolean {
    return this.#noted === null
  }

  /** Null when nothing changed. */
  take(): ChangedThings | null {
    const noted = this.#noted
    this.#noted = null
    return noted
  }

  everything(): void {
    this.#here().everything = true
  }

  /** The job, its cluster, or what is kept while it is under way. */
  job(job: StoredJob): void {
    this.#here().jobs.add(job)
  }

  run(job: StoredJob, run: StoredRun): void {
    const { runs } = this.#here()
    const known = runs.get(job)
    if (known) known.add(run)
    else runs.set(job, new Set([run]))
  }

  file(file: StoredFile): void {
    this.#here().files.add(file)
  }

  device(device: StoredStorageDevice): void {
    this.#here().devices.add(device)
  }

  booked(appointment: Appointment<PlatformEvent>): void {
    this.#here().due.set(appointment.order, appointment)
  }

  notDue({ order }: Appointment<PlatformEvent>): void {
    this.#here().due.set(order, null)
  }

  /** The clock, which is told along with anything else. */
  clock(): void {
    this.#here()
  }

  volume(deviceId: string): void {
    this.#here().volumes.add(deviceId)
  }

  #here(): Noted {
    if (this.#noted) return this.#noted
    this.#noted = {
      everything: false,
      jobs: new Set(),
      runs: new Map(),
      files: new Set(),
      devices: new Set(),
      due: new Map(),
      volumes: new Set(),
    }
    this.#onFirst()
    return this.#noted
  }
}
