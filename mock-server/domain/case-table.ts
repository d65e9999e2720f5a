import type { RunVariable } from './run.ts'

/** The cases of a design of experiments: a row for each run, a value for each variable. */
export class CaseTable {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]

  constructor(names: readonly string[], rows: readonly (readonly string[])[]) {
    this.names = names
    this.rows = rows
  }

  /** Empty beyond the last row. */
  variables(row: number): readonly RunVariable[] {
    const values = this.rows[row] ?? []
    return this.names.map((name, column) => runVariable(name, values[column] ?? ''))
  }
}

/**
 * `displayValue` is what templates get, `value` the number that it stands for (api-docs of 2016: "the floating point
 * representation"). Text that is no number stays text (inferred: the documentation lets CSV files hold text as well).
 */
export function runVariable(name: string, text: string): RunVariable {
  const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN
  return { name, value: Number.isFinite(number) ? number : text, displayValue: text, isRelative: false }
}
