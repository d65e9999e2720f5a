import { loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import { CassetteRefusedError, readCassettes } from '../harness/recording/cassette-file.ts'
import type { Target } from '../harness/target.ts'
import { replayTarget } from '../harness/targets/replay-target.ts'
import { CommandError } from './io.ts'

/** The recordings in a folder. */
export async function openReplay(folder: string): Promise<Target> {
  try {
    const [bodies, cassettes] = await Promise.all([loadDescribedBodies(), readCassettes(folder)])
    if (cassettes.size === 0)
      throw new CommandError(`there are no recordings in ${folder}; --recordings FOLDER names another.`)
    return replayTarget({ cassettes, bodies, folder, now: () => new Date() })
  } catch (error) {
    if (error instanceof CassetteRefusedError) throw new CommandError(error.message)
    throw error
  }
}
