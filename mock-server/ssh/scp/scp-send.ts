import { closeSync, constants, fstatSync, read, type Stats } from 'node:fs'
import type { HomeFolder } from '../home/home-folder.ts'
import { secondsOf } from '../sftp/attributes.ts'
import { FolderListing } from '../sftp/folder-listing.ts'
import { reasonOf, type ScpLink } from './scp-link.ts'
import { fileRecord, folderEndRecord, folderRecord, timesRecord } from './scp-records.ts'

export interface SendOptions {
  readonly recursive: boolean
  readonly preserve: boolean
}

const READ_BYTES = 256 * 1024

/** Folders within folders, at most; links are followed, and a link to a folder above itself never ends. */
const MAX_DEPTH = 64

const NAMES_AT_ONCE = 100

/** `scp -f paths…`: gives files to the client. Returns when the client has answered the last of them. */
export const sendFiles = async (
  link: ScpLink,
  home: HomeFolder,
  paths: readonly string[],
  options: SendOptions,
): Promise<void> => {
  const sender = new Sender(link, home, options)
  await link.answer()
  for (const path of paths) await sender.send(path, 0)
}

class Sender {
  readonly #link: ScpLink
  readonly #home: HomeFolder
  readonly #options: SendOptions

  constructor(link: ScpLink, home: HomeFolder, options: SendOptions) {
    this.#link = link
    this.#home = home
    this.#options = options
  }

  async send(path: string, depth: number): Promise<void> {
    const stats = this.#statsOf(path)
    if (stats === null) return
    if (stats.isFile()) await this.#sendFile(path)
    else if (stats.isDirectory() && this.#options.recursive) await this.#sendFolder(path, stats, depth)
    else this.#link.complain(`${path}: not a regular file`)
  }

  #statsOf(path: string): Stats | null {
    try {
      const stats = this.#home.at(path, 'target', (place) => place.stats)
      if (stats === null) this.#link.complain(`${path}: No such file or directory`)
      return stats
    } catch (error) {
      this.#link.complain(`${path}: ${reasonOf(error)}`)
      return null
    }
  }

  async #sendFile(path: string): Promise<void> {
    const fd = this.#tryTo(path, () => this.#home.open(path, constants.O_RDONLY, 0))
    if (fd === undefined) return
    try {
      const stats = fstatSync(fd)
      const record = fileRecord({ mode: stats.mode, size: stats.size, name: lastName(path) })
      if ((await this.#announce(record, stats)) && (await this.#sendBytes(fd, path, stats.size))) {
        await this.#link.send(Buffer.of(0))
        await this.#link.answer()
      }
    } finally {
      closeSync(fd)
    }
  }

  /** False when the client does not want it. */
  async #announce(record: string, stats: Stats): Promise<boolean> {
    if (this.#options.preserve) {
      await this.#link.send(timesRecord(secondsOf(stats.mtimeMs), secondsOf(stats.atimeMs)))
      if (!(await this.#link.answer())) return false
    }
    await this.#link.send(record)
    return this.#link.answer()
  }

  /**
   * Exactly `size` bytes, as they were announced. A file that shrank meanwhile, or cannot be read on, is filled
   * up with zeros and the client told so. The next piece is read while the last one is encrypted.
   */
  async #sendBytes(fd: number, path: string, size: number): Promise<boolean> {
    let next = readPiece(fd, 0, size)
    try {
      for (let done = 0; done < size; ) {
        const piece = await next
        if (typeof piece === 'string') return await this.#giveUp(path, piece, size - done)
        done += piece.length
        next = readPiece(fd, done, size)
        await this.#link.send(piece)
      }
      return true
    } finally {
      // The file may be closed only when nothing is read from it any more.
      await next
    }
  }

  async #giveUp(path: string, reason: string, missing: number): Promise<false> {
    const zeros = Buffer.alloc(READ_BYTES)
    for (let left = missing; left > 0; left -= READ_BYTES) await this.#link.send(zeros.subarray(0, left))
    this.#link.complain(`${path}: ${reason}`)
    await this.#link.answer()
    return false
  }

  async #sendFolder(path: string, stats: Stats, depth: number): Promise<void> {
    if (depth >= MAX_DEPTH) return this.#link.complain(`${path}: Too many levels of directories`)
    const listing = this.#tryTo(path, () =>
      this.#home.at(path, 'target', (place) => new FolderListing(place, stats, stats)),
    )
    if (listing === undefined) return
    try {
      if (!(await this.#announce(folderRecord({ mode: stats.mode, name: lastName(path) }), stats))) return
      await this.#sendEntries(path, listing, depth)
    } finally {
      listing.close()
    }
    await this.#link.send(folderEndRecord)
    await this.#link.answer()
  }

  async #sendEntries(path: string, listing: FolderListing, depth: number): Promise<void> {
    for (let part = listing.next(NAMES_AT_ONCE); part.length > 0; part = listing.next(NAMES_AT_ONCE)) {
      for (const { name } of part) {
        if (name !== '.' && name !== '..') await this.send(`${path}/${name}`, depth + 1)
      }
    }
  }

  #tryTo<T>(path: string, action: () => T): T | undefined {
    try {
      return action()
    } catch (error) {
      this.#link.complain(`${path}: ${reasonOf(error)}`)
      return undefined
    }
  }
}

/** The bytes at `position`; a text says why there are none. */
const readPiece = (fd: number, position: number, size: number): Promise<Buffer | string> =>
  new Promise((resolve) => {
    const length = Math.min(size - position, READ_BYTES)
    read(fd, Buffer.allocUnsafeSlow(length), 0, length, position, (error, count, buffer) => {
      if (error !== null) resolve(reasonOf(error))
      else resolve(count > 0 || length === 0 ? buffer.subarray(0, count) : 'file changed size')
    })
  })

/** What scp names an entry: whatever stands behind the last slash. */
const lastName = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? path
