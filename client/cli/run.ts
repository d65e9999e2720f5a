import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import type { Io } from './io.ts'
import { programFor } from './program.ts'
import { reportError } from './report-error.ts'
import { Session } from './session.ts'

const COMPLETE = '__complete'

/** One call of `rescale`, from its words to its exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const session = new Session(io)
  try {
    if (args[0] === COMPLETE) {
      await complete(args.slice(1), session)
      return EXIT.ok
    }
    const program = await programFor(args, session)
    await program.parseAsync(args, { from: 'user' })
    return session.remoteExit ?? EXIT[session.exit]
  } catch (error) {
    // Commander has said what was wrong, or shown its help.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    return reportError(error, session)
  } finally {
    await session.close()
  }
}

/** Asked by completion scripts: a shell, then the words so far, taken as they are. */
async function complete([shell = '', ...words]: readonly string[], session: Session): Promise<void> {
  const { complete: answer } = await import('./completion/complete.ts')
  await answer(shell, words, session)
}
