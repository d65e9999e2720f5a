import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it; gives the topmost that it made. Not Node's own, which never ends where a folder
 * that is there lets none be made in it and says that it is not there, as /proc does (Node 20).
 */
export async function makeFolder(path: string, mode?: number): Promise<string | undefined> {
  const error = await made(path, mode)
  if (!error) return path
  if (error.code !== 'ENOENT' || dirname(path) === path) return thereOr(path, error)
  const above = await makeFolder(dirname(path), mode)
  const again = await made(path, mode)
  if (again) await thereOr(path, again)
  return above ?? (again ? undefined : path)
}

async function made(path: string, mode: number | undefined): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path, { mode })
    return undefined
  } catch (error) {
    return error as NodeJS.ErrnoException
  }
}

// Drives and file systems that cannot be written to say other things than EEXIST of what is there.
async function thereOr(path: string, error: Error): Promise<undefined> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isDirectory()) throw error
}
