import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, type Stats } from 'node:fs'
import { bytesOf } from './home-path.ts'

/** One directory entry, held so that it stays the same thing while its path is walked further. */
export interface Held {
  readonly stats: Stats
  /** A path (byte string) that leads to exactly this thing. */
  readonly ref: string
  release(): void
}

/** How to go from a folder to one of its entries without following a link. */
export interface Descent {
  /** Throws ENOENT and the like. A link is held itself, not what it points to. */
  enter(folderRef: string, name: string): Held
  /** Needed to open a held file by its `ref`. */
  readonly reopenFlags: number
}

/** `O_PATH` of Linux, which Node does not name: the descriptor is a mere place, opening it has no effect on a device or pipe. */
const O_PATH = 0o10000000

/**
 * Each step is an open descriptor, and the next one is looked up below it through `/proc/self/fd`: the same as `openat`.
 * Somebody who swaps a folder for a link meanwhile gains nothing.
 */
const descriptorDescent: Descent = {
  reopenFlags: 0,
  enter(folderRef, name) {
    const fd = openSync(bytesOf(`${folderRef}/${name}`), O_PATH | constants.O_NOFOLLOW)
    return { stats: fstatSync(fd), ref: `/proc/self/fd/${fd}`, release: () => closeSync(fd) }
  },
}

/** Where there is no such `/proc`. A process of the user's own could swap a folder for a link between two steps. */
const pathDescent: Descent = {
  reopenFlags: constants.O_NOFOLLOW,
  enter(folderRef, name) {
    const ref = `${folderRef}/${name}`
    return { stats: lstatSync(bytesOf(ref)), ref, release: () => undefined }
  },
}

export const descents = { descriptor: descriptorDescent, path: pathDescent }

export const bestDescent = (): Descent =>
  process.platform === 'linux' && existsSync('/proc/self/fd') ? descriptorDescent : pathDescent
