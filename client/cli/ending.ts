import { EXIT } from './exit-codes.ts'
import { reportError } from './report-error.ts'
import type { Session } from './session.ts'

/** Does a call's work, says on stderr what went wrong, and gives its exit code. */
export async function ending(session: Session, work: () => Promise<void>): Promise<number> {
  try {
    await work()
    if (session.lostOutput) throw session.lostOutput
    return session.remoteExit ?? EXIT[session.exit]
  } catch (error) {
    const { lostOutput, isFollowing } = session
    // Whoever has seen enough of a list (`| head -1`) needs no words; of a job it may be the end that was not seen.
    if (lostOutput?.exit === 'unread') return isFollowing ? EXIT.unread : EXIT.ok
    return reportError(lostOutput ?? error, session)
  } finally {
    await session.close()
  }
}
