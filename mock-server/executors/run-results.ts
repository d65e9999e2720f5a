import type { RunResult } from '../domain/executor.ts'

/** Of one run. Inferred: a script may write anything. */
const maxResults = 1_000
const longestLine = 4_096

/**
 * Collects what a post-processing script found: each line of a name, a tab and a value is a result (Rescale's help on
 * post-processing). Of several lines with one name the last counts (inferred).
 */
export class RunResults {
  readonly #values = new Map<string, string>()

  add(line: string): void {
    if (line.length > longestLine) return
    const [, name, value] = /^\s*([^\t]*[^\t\s])\s*\t\s*([^\t]*[^\t\s])\s*$/.exec(line) ?? []
    if (name === undefined || value === undefined) return
    if (this.#values.size < maxResults || this.#values.has(name)) this.#values.set(name, value)
  }

  all(): readonly RunResult[] {
    return [...this.#values].map(([name, value]) => ({ name, value }))
  }
}
