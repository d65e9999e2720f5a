import { execFile } from 'node:child_process'
import { mkdir, rm, rmdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { RunOrder } from '../../domain/executor.ts'
import { isBelow } from '../../rooms/room-plan.ts'
import { folderName } from './folder-name.ts'
import type { JobFolders } from './job-folders.ts'

/** `{root}/{tenant}/{job}/run{n}/enc/{username}/work`: seen from `run{n}`, the paths of a real cluster (api-facts §9.1). */
export interface RunFolder {
  readonly marker: string
  readonly root: string
  /** Everything of the run is below it. */
  readonly top: string
  readonly home: string
  /** All that is saved afterwards. */
  readonly work: string
  /** Where inputs are placed: `work`, or `work/shared` where that is a folder of its own. */
  readonly inputs: string
  readonly temporary: string
  /** The executor's own: scripts, pipes, files on their way to the store. */
  readonly scratch: string
}

export async function createRunFolder(
  root: string,
  order: RunOrder,
  marker: string,
  jobs: JobFolders,
): Promise<RunFolder> {
  const top = await createTop(order, marker, jobs)
  const home = join(top, 'enc', folderName(order.username))
  const work = join(home, 'work')
  const temporary = join(top, 'tmp')
  const scratch = join(top, 'scratch')
  for (const path of [work, temporary, scratch]) await mkdir(path, { recursive: true, mode: 0o700 })
  await createShared(order, work)
  const inputs = order.sharedFolder === 'own' ? sharedIn(work) : work
  return { marker, root, top, home, work, inputs, temporary, scratch }
}

/** `work` by another name is a link, which is not followed when outputs are saved: each file comes back once. */
async function createShared({ sharedFolder }: RunOrder, work: string): Promise<void> {
  if (sharedFolder === 'own') await mkdir(sharedIn(work), { mode: 0o700 })
  if (sharedFolder === 'same') await symlink('.', sharedIn(work))
}

export const sharedIn = (work: string): string => join(work, 'shared')

/** A restart may begin before the files of the run before are removed: then the marker makes the name different. */
async function createTop(order: RunOrder, marker: string, jobs: JobFolders): Promise<string> {
  const name = folderName(`run${order.runId}`)
  for (const candidate of [name, name, `${name}-${marker}`]) {
    const top = join(await jobs.of(order), candidate)
    // Also fails when another run's end has just removed the job's folder, empty as it was: hence the second try.
    if (await succeeds(mkdir(top, { mode: 0o700 }))) return top
  }
  throw new Error(`no folder could be made for job ${order.jobId}`)
}

/** Removes it with the folders above that are empty then. */
export async function removeRunFolder(root: string, top: string): Promise<void> {
  await removeTree(top)
  for (let above = dirname(top); isBelow(root, above); above = dirname(above)) {
    try {
      await rmdir(above)
    } catch {
      return
    }
  }
}

/** Commands may leave folders without permissions, and trees too deep for a path. */
export async function removeTree(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch {
    await promisify(execFile)('sh', ['-c', 'chmod -R u+rwX "$0"; rm -rf "$0"', path]).catch(() => {})
  }
}

const succeeds = (attempt: Promise<unknown>): Promise<boolean> =>
  attempt.then(
    () => true,
    () => false,
  )
