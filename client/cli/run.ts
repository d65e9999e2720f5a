import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import type { Io } from './io.ts'
import { programFor } from './program.ts'
import { reportError } from './report-error.ts'
import { Session } from './session.ts'

/** One call of `rescale`, from its words to its exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const session = new Session(io)
  try {
    const program = await programFor(args, session)
    await program.parseAsync(args, { from: 'user' })
    return EXIT[session.exit]
  } catch (error) {
    // Commander has said what was wrong, or shown its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return reportError(error, session)
  } finally {
    await session.close()
  }
}
