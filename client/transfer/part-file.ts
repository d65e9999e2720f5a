import { randomBytes } from 'node:crypto'
import { close, fsync, open, writev } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const openFile = promisify(open)
const closeFile = promisify(close)
const syncFile = promisify(fsync)

// Of the 255 bytes that a name may have; the rest is for what is added to it.
const MAX_NAME_BYTES = 200

/**
 * A download in the making, next to where it will be: written at any position, and under its final name only
 * once it is whole. Its own name is never used twice, so that two downloads of one file do not meet.
 */
export class PartFile {
  readonly path: string
  readonly #target: string
  readonly #fd: number
  #open = true

  private constructor(path: string, target: string, fd: number) {
    this.path = path
    this.#target = target
    this.#fd = fd
  }

  static async create(target: string, fileId: string): Promise<PartFile> {
    const name = Buffer.byteLength(basename(target)) > MAX_NAME_BYTES ? 'download' : basename(target)
    const path = join(dirname(target), `${name}.${fileId}-${randomBytes(4).toString('hex')}.part`)
    return new PartFile(path, target, await openFile(path, 'wx'))
  }

  /** Writes all of `chunks`, one after the other, at `position`. */
  write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      writeAll(this.#fd, chunks, position, (error) => (error ? reject(error) : resolve()))
    })
  }

  /** Gives the file its final name. */
  async commit(options: { overwrite: boolean; durable: boolean }): Promise<void> {
    if (options.durable) await syncFile(this.#fd)
    await this.#close()
    if (options.overwrite) return rename(this.path, this.#target)
    // Unlike rename, link fails when the name is taken.
    await link(this.path, this.#target)
    await rm(this.path)
  }

  /** Removes what was written so far. */
  async discard(): Promise<void> {
    await this.#close()
    await rm(this.path, { force: true })
  }

  // Closing twice could close another file that got the same number meanwhile.
  async #close(): Promise<void> {
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
