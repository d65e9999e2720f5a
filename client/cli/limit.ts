import type { Command } from 'commander'
import { wholeNumber } from './option-values.ts'
import type { Session } from './session.ts'
import type { Column } from './table.ts'

/** Option values of a list. */
export interface LimitOptions {
  readonly limit?: number
}

/** Adds `--limit`; 0 is no limit. */
export function withLimit(command: Command, fallback = 0): Command {
  const what = fallback === 0 ? 'so many at most' : 'so many at most; 0 for all'
  return command.option('--limit <number>', what, wholeNumber, fallback)
}

/** Shows a list up to its limit, and says so when there was more. */
export async function limited<Item>(
  session: Session,
  items: AsyncIterable<Item>,
  { limit = 0 }: LimitOptions,
  columns: readonly Column<Item>[],
): Promise<number> {
  let hasMore = false
  async function* first() {
    let count = 0
    for await (const item of items) {
      if (limit > 0 && count++ >= limit) {
        hasMore = true
        return
      }
      yield item
    }
  }
  const count = await session.out.list(first(), columns)
  if (count === 0) session.out.note('nothing found')
  if (hasMore) session.out.note(`the first ${limit}; --limit 0 shows all`)
  return count
}
