import { ending } from './ending.ts'
import type { Io } from './io.ts'
import { parse } from './parse.ts'
import { Session } from './session.ts'

const COMPLETE = '__complete'

/** One call of `rescale`, from its words to its exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const session = new Session(io)
  return ending(session, () =>
    args[0] === COMPLETE ? complete(args.slice(1), session) : parse(args, session),
  )
}

/** Ends a call whose words did not get to stdout. */
export async function withoutStdout(error: unknown, io: Io): Promise<number> {
  const session = new Session(io)
  return ending(session, async () => session.loseOutput(error))
}

/** Asked by completion scripts: a shell, then the words so far, taken as they are. */
async function complete([shell = '', ...words]: readonly string[], session: Session): Promise<void> {
  const { complete: answer } = await import('./completion/complete.ts')
  await answer(shell, words, session)
}
