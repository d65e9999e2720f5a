import { readFile } from 'node:fs/promises'
import { AcceptanceError, type AcceptedDifference, parseAcceptances } from '../harness/drift/acceptances.ts'
import { CommandError } from './io.ts'

/** The differences that a file says are accepted; none where no file is named. */
export async function acceptedIn(file: string | undefined): Promise<readonly AcceptedDifference[]> {
  if (file === undefined) return []
  try {
    return parseAcceptances(await readFile(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CommandError(
      error instanceof AcceptanceError ? `${file}: ${why}` : `${file} cannot be read: ${why}`,
    )
  }
}
