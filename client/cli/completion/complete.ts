import { printableLine } from '../printable.ts'
import type { Session } from '../session.ts'
import { candidatesFor } from './candidates.ts'
import type { Candidate } from './live-values.ts'
import { LINE_VARIABLE, resultOf, wordsBefore } from './powershell.ts'

/**
 * Writes what may stand for the last of the words: a word a line, with a tab and what it means where the shell shows
 * that. PowerShell's script gives the cursor's place in the line instead of words.
 */
export async function complete(shell: string, words: readonly string[], session: Session): Promise<void> {
  const typed = shell === 'powershell' ? typedInPowershell(words, session) : words
  for (const candidate of await candidatesFor(typed, session))
    await session.out.painted(`${lineOf(shell, candidate)}\n`)
}

function typedInPowershell([cursor = '']: readonly string[], { io }: Session): string[] {
  return wordsBefore(io.env[LINE_VARIABLE] ?? '', Number(cursor))
}

function lineOf(shell: string, candidate: Candidate): string {
  if (shell === 'powershell') return resultOf(candidate)
  const shown = printableLine(candidate.value)
  return shell === 'bash' ? shown : `${shown}\t${printableLine(candidate.description)}`
}
