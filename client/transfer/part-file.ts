import { randomBytes } from 'node:crypto'
import { close, open, writev } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Clock } from '../clock.ts'
import { RescaleError } from '../errors.ts'
import { codeOf, type LocalFs, renamed } from './local-fs.ts'

const openFile = promisify(open)
const closeFile = promisify(close)

/** What to do about a file that must not be replaced. */
export const IS_THERE = 'Remove it, choose another place, or let it be replaced.'

// Of the 255 bytes that a name may have; the rest is for what is added to it.
const MAX_NAME_BYTES = 180

/** Where a download may be found again: next to its target, by the id of its file. */
export function partPath(target: string, fileId: string): string {
  const name = Buffer.byteLength(basename(target)) > MAX_NAME_BYTES ? 'download' : basename(target)
  return join(dirname(target), `${name}.${fileId}.part`)
}

/**
 * A download in the making, next to where it will be: written at any position, and under its final name only once it
 * is whole.
 */
export class PartFile {
  readonly path: string
  readonly #fs: LocalFs
  readonly #fd: number
  #open = true

  private constructor(path: string, fd: number, fs: LocalFs) {
    this.path = path
    this.#fd = fd
    this.#fs = fs
  }

  /** One under a name that is never used twice, so that two downloads of one file do not meet. */
  static async temporary(target: string, fileId: string, fs: LocalFs): Promise<PartFile> {
    const path = partPath(target, `${fileId}-${randomBytes(4).toString('hex')}`)
    return new PartFile(path, await openFile(path, 'wx'), fs)
  }

  /** The one that may be found again; what is in it stays if `keep` says so. */
  static async lasting(target: string, fileId: string, fs: LocalFs, keep: boolean): Promise<PartFile> {
    const path = partPath(target, fileId)
    return new PartFile(path, await openFile(path, keep ? 'r+' : 'w'), fs)
  }

  /** Writes all of `chunks`, one after the other, at `position`. */
  write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      writeAll(this.#fd, chunks, position, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** Has what was written so far on the disk itself. */
  sync(): Promise<void> {
    return this.#fs.syncData(this.#fd)
  }

  /** Gives the file its final name; if it is to be durable, both are on the disk afterwards. */
  async commit(
    target: string,
    clock: Clock,
    options: { overwrite: boolean; durable: boolean },
  ): Promise<void> {
    if (options.durable) await this.sync()
    await this.close()
    if (options.overwrite) await renamed(this.#fs, clock, this.path, target)
    else await this.#linked(target)
    if (options.durable) await this.#fs.syncFolder(dirname(target))
  }

  async #linked(target: string): Promise<void> {
    // Unlike rename, link fails when the name is taken.
    await this.#fs.link(this.path, target).catch((cause) => {
      throw codeOf(cause) === 'EEXIST'
        ? new RescaleError(`${target} is there already`, { cause, hint: IS_THERE })
        : cause
    })
    await this.#fs.remove(this.path)
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    await this.close()
    await this.#fs.remove(this.path)
  }

  // Closing twice could close another file that got the same number meanwhile.
  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await closeFile(this.#fd)
  }
}

type Done = (error: Error | null) => void

// A write may stop short; the rest is written from where it stopped.
function writeAll(fd: number, chunks: readonly Uint8Array[], position: number, done: Done): void {
  writev(fd, chunks, position, (error, written) => {
    if (error) return done(error)
    const rest = after(chunks, written)
    if (rest.length === 0) return done(null)
    writeAll(fd, rest, position + written, done)
  })
}

function after(chunks: readonly Uint8Array[], written: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let skip = written
  for (const chunk of chunks) {
    if (skip < chunk.byteLength) rest.push(chunk.subarray(skip))
    skip = Math.max(0, skip - chunk.byteLength)
  }
  return rest
}
