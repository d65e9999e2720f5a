import type { CaseTable } from './case-table.ts'
import type { Instant } from './instant.ts'
import type { Run, RunType, RunVariable } from './run.ts'
import type { SavedRun } from './saved/saved-run.ts'
import type { StoredFile } from './stored-file.ts'

/** A run as the platform keeps it. Only the run's lifecycle changes it. */
export class StoredRun implements Run {
  readonly displayOrder: number
  dateStarted: Instant | null = null
  dateCompleted: Instant | null = null
  exitCode: number | null = null
  /** Newest first. */
  outputFiles: readonly StoredFile[] = noFiles
  /** What a post-processing script found. */
  results: readonly RunVariable[] = noVariables
  /** Of a design of experiments; the run's own case is the row of its number. */
  readonly #cases: CaseTable | null

  constructor(displayOrder: number, cases: CaseTable | null) {
    this.displayOrder = displayOrder
    this.#cases = cases
  }

  static load(saved: SavedRun, cases: CaseTable | null): StoredRun {
    const run = new StoredRun(saved.displayOrder, cases)
    run.dateStarted = saved.dateStarted
    run.dateCompleted = saved.dateCompleted
    run.exitCode = saved.exitCode
    run.outputFiles = saved.outputFiles
    run.results = saved.results
    return run
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
    const given = this.#cases?.variables(this.displayOrder - 1) ?? noVariables
    return this.results.length === 0 ? given : [...given, ...this.results]
  }
}

const noFiles: readonly StoredFile[] = []
const noVariables: readonly RunVariable[] = []
