import type { Instant } from './instant.ts'
import type { Run, RunType, RunVariable } from './run.ts'
import type { StoredFile } from './stored-file.ts'

/** A run as the platform keeps it. Only the run's lifecycle changes it. */
export class StoredRun implements Run {
  readonly displayOrder: number
  readonly dateStarted: Instant
  dateCompleted: Instant | null = null
  exitCode: number | null = null
  /** Newest first. */
  outputFiles: readonly StoredFile[] = noFiles

  constructor(displayOrder: number, dateStarted: Instant) {
    this.displayOrder = displayOrder
    this.dateStarted = dateStarted
  }

  get id(): string {
    return String(this.displayOrder)
  }

  get type(): RunType {
    return 3
  }

  get isOptimal(): boolean {
    return false
  }

  get parent(): string | null {
    return null
  }

  get variables(): readonly RunVariable[] {
    return []
  }
}

const noFiles: readonly StoredFile[] = []
