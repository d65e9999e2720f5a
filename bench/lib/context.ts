import type { Row } from './row.ts'
import type { Tools } from './tools.ts'

/** What every measure gets. */
export interface BenchContext {
  /** Short rounds and small files: shows that everything runs, says nothing about speed. */
  readonly quick: boolean
  /** Temporary folder, removed at the end. */
  readonly folder: string
  /** The built CLI that is measured. */
  readonly product: string
  readonly tools: Tools
  say(line: string): void
}

/** Rounds before those that count; a quick run judges nothing, and does without. */
export const warmUpRounds = ({ quick }: BenchContext): number => (quick ? 0 : 1)

/** One file of `bench/`: what it measures, and how. */
export interface Measure {
  readonly name: string
  /** The goals of performance.md §8 that it reports on. */
  readonly goals: string
  run(context: BenchContext): Promise<Row[]>
}

export const mebibyte = 1024 * 1024
export const gibibyte = 1024 * mebibyte
