import { printableLine } from './printable.ts'

/** How one property of an item is shown. */
export interface Column<Item> {
  readonly title: string
  readonly value: (item: Item) => string | number | boolean | null | undefined
}

const GAP = '  '
// Wide characters of East Asia take two columns of a terminal.
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u

/** Lines of a table: a head, then one line an item. Numbers stand to the right, the last column is not padded. */
export function table<Item>(columns: readonly Column<Item>[], items: readonly Item[]): string[] {
  const rows = items.map((item) => columns.map(({ value }) => value(item)))
  const texts = [
    columns.map(({ title }) => title.toUpperCase()),
    ...rows.map((row) => row.map((cell) => printableLine(textOf(cell)))),
  ]
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => widthOf(row[index] ?? ''))))
  const isNumeric = columns.map((_, index) =>
    rows.every((row) => row[index] === undefined || row[index] === null || typeof row[index] === 'number'),
  )
  return texts.map((row) =>
    row
      .map((cell, index) =>
        padded(cell, widths[index] ?? 0, isNumeric[index] === true, index === row.length - 1),
      )
      .join(GAP)
      .trimEnd(),
  )
}

/** Lines of `name  value`, names aligned. */
export function fields(pairs: readonly (readonly [string, unknown])[]): string[] {
  const width = Math.max(0, ...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `${name.padEnd(width)}${GAP}${printableLine(textOf(value))}`.trimEnd())
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return '-'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function padded(cell: string, width: number, toTheRight: boolean, isLast: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(cell)))
  if (toTheRight) return blanks + cell
  return isLast ? cell : cell + blanks
}

export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += WIDE.test(character) ? 2 : 1
  return width
}
