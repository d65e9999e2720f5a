/** What is wrong with a seed, in words. */
export class SeedError extends Error {
  override readonly name = 'SeedError'
}

/** Files and jobs that a world is to have besides those that it has. */
export interface WorldSeed {
  readonly files?: readonly SeededFile[] | undefined
  readonly jobs?: readonly SeededJob[] | undefined
}

export interface SeededFile {
  readonly name: string
  readonly text?: string | undefined
  /** In place of text. */
  readonly base64?: string | undefined
}

/** As it is posted to `/api/v2/jobs/`; inputs may have the `name` of a seeded file in place of an `id`. */
export interface SeededJob {
  readonly [field: string]: unknown
  /** Which it is to have in the end, e.g. `Executing`; without it, the job is only saved. */
  readonly status?: string | null | undefined
}
