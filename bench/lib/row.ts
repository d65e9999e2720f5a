import { median } from './statistics.ts'

/** A goal of performance.md §8: `goal` is its right-hand column, `gate` the weaker one on its left. */
export interface Goal {
  readonly better: 'higher' | 'lower'
  readonly goal: number
  readonly gate: number
  readonly unit: Unit
}

export type Unit = 'x' | 'MiB' | 'B' | 'ms' | 'requests'

export type Verdict = 'met' | 'close' | 'missed' | 'skipped' | 'failed' | '–'

/** One line of the table. */
export interface Row {
  /** Number of the goal in performance.md §8, with a letter where one goal is measured in several ways. */
  readonly id: string
  readonly measure: string
  readonly goal: Goal | null
  /** Of the samples, where there is no goal to say it; a ratio unless told otherwise. */
  readonly unit?: Unit
  /** One value per round; their median is what is reached. Empty where nothing was measured. */
  readonly samples: readonly number[]
  readonly note: string
  /** Why there are no samples. */
  readonly absent?: 'skipped' | 'failed'
}

export const atLeast = (goal: number, gate: number, unit: Unit = 'x'): Goal => ({
  better: 'higher',
  goal,
  gate,
  unit,
})

export const atMost = (goal: number, gate: number, unit: Unit = 'x'): Goal => ({
  better: 'lower',
  goal,
  gate,
  unit,
})

export function skipped(id: string, measure: string, goal: Goal | null, why: string): Row {
  return { id, measure, goal, samples: [], note: why, absent: 'skipped' }
}

/** A measure that could not be made; the whole of a long message is on the terminal. */
export function failed(id: string, measure: string, why: string): Row {
  return { id, measure, goal: null, samples: [], note: why.slice(0, 200), absent: 'failed' }
}

/** `close` is what passes the gate but not the goal. */
export function verdictOf(row: Row): Verdict {
  if (row.absent !== undefined) return row.absent
  if (row.goal === null || row.samples.length === 0) return '–'
  const reached = median(row.samples)
  if (satisfies(reached, row.goal, row.goal.goal)) return 'met'
  return satisfies(reached, row.goal, row.goal.gate) ? 'close' : 'missed'
}

function satisfies(reached: number, goal: Goal, limit: number): boolean {
  return goal.better === 'higher' ? reached >= limit : reached <= limit
}
