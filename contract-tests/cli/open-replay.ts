import { loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import { CassetteRefusedError } from '../harness/recording/cassette-file.ts'
import { readCassettes } from '../harness/recording/read-cassettes.ts'
import type { Target } from '../harness/target.ts'
import { replayTarget } from '../harness/targets/replay-target.ts'
import { CommandError, type Io } from './io.ts'
import type { LiveFlags } from './live-flags.ts'
import { secretsOf } from './profile-secrets.ts'

/** The recordings in a folder. Where profiles are named, one that holds a secret of theirs is refused. */
export async function openReplay(flags: LiveFlags, io: Io): Promise<Target> {
  const folder = flags.recordings
  const secrets = await secretsOf(flags, io)
  try {
    const [bodies, cassettes] = await Promise.all([loadDescribedBodies(), readCassettes(folder, secrets)])
    if (cassettes.size === 0)
      throw new CommandError(`there are no recordings in ${folder}; --recordings FOLDER names another.`)
    return replayTarget({ cassettes, bodies, folder, now: () => new Date() })
  } catch (error) {
    if (error instanceof CassetteRefusedError) throw new CommandError(error.message)
    throw error
  }
}
