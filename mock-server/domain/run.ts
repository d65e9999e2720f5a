import type { File } from './file.ts'
import type { Instant } from './instant.ts'

/** 1 optimization, 2 iteration, 3 case. A basic job has one case. */
export type RunType = 1 | 2 | 3

export interface RunVariable {
  readonly name: string
  readonly value: number | string
  readonly displayValue: string
  readonly isRelative: boolean
}

/** One execution of a job's commands. */
export interface Run {
  /** The 1-based number as a string. */
  readonly id: string
  /** Null while it waits for a slot. */
  readonly dateStarted: Instant | null
  /** Null until it ends; a run that never started stays so. */
  readonly dateCompleted: Instant | null
  readonly displayOrder: number
  readonly isOptimal: boolean
  readonly parent: string | null
  readonly type: RunType
  readonly variables: readonly RunVariable[]
  /** Newest first, `process_output.log` before all others. Empty while it runs. */
  readonly outputFiles: readonly File[]
  /** Of the last command; null while it runs. Not on the wire. */
  readonly exitCode: number | null
}
