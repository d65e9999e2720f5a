import { realpath } from 'node:fs/promises'
import { dirname, isAbsolute, relative, sep } from 'node:path'
import { RescaleError } from '../errors.ts'

/**
 * Refuses a path below `folder`, made of a name that a server sent, where a link in the folder leads out of it: the
 * name alone says nothing of that. A link that is the last part of the path is replaced, not followed.
 */
export async function checkContained(folder: string, path: string): Promise<void> {
  const root = await realpath(folder).catch(() => undefined)
  // Nothing is there yet, so neither are links.
  if (root === undefined) return
  const below = relative(root, await realParent(path, folder))
  if (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below)) return
  throw new RescaleError(`${path} is not in ${folder}: a link leads out of it`, {
    hint: 'Remove the link, or choose another folder.',
  })
}

/** Where the nearest folder above `path` that exists really is. */
async function realParent(path: string, folder: string): Promise<string> {
  for (let parent = dirname(path); ; parent = dirname(parent)) {
    const real = await realpath(parent).catch(() => undefined)
    if (real !== undefined) return real
    if (parent === dirname(parent)) return realpath(folder)
  }
}
