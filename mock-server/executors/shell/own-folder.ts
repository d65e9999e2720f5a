import { lstatSync, mkdirSync, realpathSync } from 'node:fs'

const writableByOthers = 0o022

/**
 * Makes the folder, or takes it when it is ours alone: what lies in it is started, and ended and removed at the next
 * start. Throws when somebody else could have made it, or put something into it. Answers its real path.
 */
export function ownFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const { mode, uid, ...stats } = statsOf(path)
  if (!stats.isDirectory)
    throw new Error(`${path} is no folder, or only a link to one; runs need one of their own`)
  if (process.getuid && uid !== process.getuid()) throw new Error(`${path} belongs to somebody else`)
  if (process.getuid && (mode & writableByOthers) !== 0)
    throw new Error(`others may write into ${path}; runs need a folder of their own (chmod 700)`)
  return realpathSync(path)
}

function statsOf(path: string) {
  const stats = lstatSync(path)
  return { mode: stats.mode, uid: stats.uid, isDirectory: stats.isDirectory() }
}
