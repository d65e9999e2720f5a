import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// On Windows, who looks for viruses may hold what has just been written.
const REMOVE_TRIES = 5

const removed = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: REMOVE_TRIES })

/**
 * Runs `task` with a new folder (readable by its owner only), and removes it afterwards. Its path begins with `prefix`;
 * it is among the system's temporary ones unless told otherwise. What `task` throws comes before what removing does.
 */
export async function withTemporaryFolder<T>(
  task: (folder: string) => Promise<T>,
  prefix = join(tmpdir(), 'localscale-'),
  remove: (folder: string) => Promise<void> = removed,
): Promise<T> {
  const folder = await mkdtemp(prefix)
  let result: T
  try {
    result = await task(folder)
  } catch (error) {
    await remove(folder).catch(() => {})
    throw error
  }
  await remove(folder)
  return result
}
