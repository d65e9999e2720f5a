import { type Goal, type Row, type Unit, verdictOf } from './row.ts'
import { median } from './statistics.ts'

const headings = ['#', 'measure', 'goal', 'reached (min–max)', 'verdict', 'note'] as const

/** The rows as a Markdown table whose columns line up, so that it reads well on a terminal too. */
export function table(rows: readonly Row[]): string {
  const cells = [headings as readonly string[], ...rows.map(cellsOf)].map((row) => row.map(escapeBars))
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)))
  const [head = [], ...body] = cells
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...body].map((row) => lineOf(row, widths)).join('\n')
}

function cellsOf(row: Row): string[] {
  return [row.id, row.measure, goalText(row.goal), reachedText(row), verdictOf(row), row.note]
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  // The last column is prose of any length: padding it would only make long lines longer.
  const padded = cells.map((cell, column) => (column < 5 ? cell.padEnd(widths[column] ?? 0) : cell))
  return `| ${padded.join(' | ')} |`
}

const escapeBars = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function goalText(goal: Goal | null): string {
  if (goal === null) return ''
  return `${goal.better === 'higher' ? '≥' : '≤'} ${quantityText(goal.goal, goal.unit)}`
}

function reachedText(row: Row): string {
  if (row.samples.length === 0) return ''
  const unit = row.goal?.unit ?? row.unit ?? 'x'
  const text = quantityText(median(row.samples), unit)
  if (row.samples.length === 1) return text
  return `${text} (${digits(Math.min(...row.samples), unit)}–${digits(Math.max(...row.samples), unit)})`
}

const quantityText = (value: number, unit: Unit): string =>
  unit === 'x' ? `${digits(value, unit)}x` : `${digits(value, unit)} ${unit}`

function digits(value: number, unit: Unit): string {
  const isFine = unit === 'x' ? Math.abs(value) < 100 : unit === 'ms' && value < 1
  return value.toFixed(isFine ? 2 : 0)
}
