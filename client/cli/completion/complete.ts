import { printableLine } from '../printable.ts'
import type { Session } from '../session.ts'
import { candidatesFor } from './candidates.ts'

/** Writes what may stand for the last word: a word a line, with a tab and what it means where the shell shows that. */
export async function complete(shell: string, words: readonly string[], session: Session): Promise<void> {
  // PowerShell drops empty arguments, so its script quotes them.
  const typed = words.map((word) => (word === '""' ? '' : word))
  for (const { value, description } of await candidatesFor(typed, session)) {
    const shown = printableLine(value)
    await session.out.painted(shell === 'bash' ? `${shown}\n` : `${shown}\t${printableLine(description)}\n`)
  }
}
