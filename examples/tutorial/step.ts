import type { Context } from './context.ts'

/** One step of the tutorial. Its title says what it does, what it returns says what it asserted. */
export interface Step {
  readonly title: string
  /** Returns what was found to hold, in words; throws when something does not. */
  run(context: Context): Promise<string>
}

export interface StepResult {
  readonly number: number
  readonly title: string
  readonly passed: boolean
  /** What was asserted; or why it failed. */
  readonly outcome: string
  /** ISO 8601. */
  readonly startedAt: string
  readonly seconds: number
}

/** An assertion of the tutorial that did not hold. */
export class TutorialError extends Error {
  override readonly name = 'TutorialError'
}

export function assert(holds: unknown, otherwise: string): asserts holds {
  if (!holds) throw new TutorialError(otherwise)
}

export function assertEqual<Value>(actual: Value, expected: Value, what: string): void {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
  assert(seen === wanted, `${what}: expected ${wanted}, got ${seen}`)
}

/** What a step left for later ones. */
export function need<Value>(value: Value | undefined, what: string): Value {
  assert(value !== undefined, `${what} is missing; an earlier step should have made it`)
  return value
}
