import { relative, sep } from 'node:path'

/** What a room shows of the machine's files. All paths are real and absolute, and exist. */
export interface RoomPlan {
  /** Folders that look empty in the room but for `kept`. */
  readonly covered: readonly Cover[]
  /** Folders that the room has at their own place, though they lie in a covered one. */
  readonly kept: readonly string[]
}

export interface Cover {
  readonly folder: string
  /** The folder that is there instead; null for an empty one in memory. */
  readonly by: string | null
}

/** Where a cover is put together before it is moved to its place. Every Linux has it, and nothing of ours is there. */
const stage = '/sys'

/** The machine's own list of mounts has nothing to do with ours, and an ordinary user may not write to it. */
export const mount = 'mount --no-mtab'

/** Enough for the folders that lead to what is kept; a command cannot fill the machine's memory there. */
const emptyFolder = `${mount} -t tmpfs -o size=1m,nr_inodes=4k,mode=755 tmpfs`

/** Shared memory; the kernel's own limit is half of the machine's. */
const sharedMemory = `${mount} -t tmpfs -o mode=1777 tmpfs`

/** Commands for a shell that has a mount namespace of its own. */
export function mountCommands({ covered, kept }: RoomPlan): string[] {
  const outermost = covered.filter(({ folder }) => !covered.some((other) => isBelow(other.folder, folder)))
  return outermost.flatMap((cover) => commandsOf(cover, keptIn(cover.folder, kept)))
}

const keptIn = (folder: string, kept: readonly string[]): string[] =>
  [...new Set(kept)].filter(
    (one) => isBelow(folder, one) && !kept.some((other) => isBelow(other, one) && isBelow(folder, other)),
  )

function commandsOf({ folder, by }: Cover, kept: readonly string[]): string[] {
  const cover = by === null ? coverOf(folder) : `${mount} --bind ${quoted(by)}`
  if (kept.length === 0) return [`${cover} ${quoted(folder)}`]
  const places = kept.map((one) => ({ one: quoted(one), place: quoted(`${stage}/${relative(folder, one)}`) }))
  return [
    `${cover} ${stage}`,
    `mkdir -p ${places.map(({ place }) => place).join(' ')}`,
    ...places.map(({ one, place }) => `${mount} --rbind ${one} ${place}`),
    `${mount} --move ${stage} ${quoted(folder)}`,
  ]
}

const coverOf = (folder: string): string => (folder === '/dev/shm' ? sharedMemory : emptyFolder)

export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`)
}

export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
