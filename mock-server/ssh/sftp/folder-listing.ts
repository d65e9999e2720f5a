import { closeSync, constants, type Dir, lstatSync, opendirSync, openSync, type Stats } from 'node:fs'
import type { Place } from '../home/home-folder.ts'
import { bytesOf } from '../home/home-path.ts'

export interface FolderEntry {
  /** A byte string. */
  readonly name: string
  readonly stats: Stats
}

/** The entries of a folder, a part at a time: folders of any size take the same memory. */
export class FolderListing {
  readonly #fd: number
  readonly #ref: string
  readonly #dir: Dir
  #own: FolderEntry[]

  /** `parent` is what `..` shows. */
  constructor(place: Place, own: Stats, parent: Stats) {
    this.#fd = openSync(place.node, constants.O_RDONLY | constants.O_DIRECTORY)
    this.#ref = process.platform === 'linux' ? `/proc/self/fd/${this.#fd}` : place.node.toString('latin1')
    this.#dir = opendirSync(bytesOf(this.#ref), { encoding: 'buffer' as BufferEncoding })
    this.#own = [
      { name: '.', stats: own },
      { name: '..', stats: parent },
    ]
  }

  /** The next entries, `.` and `..` first; none at the end. Entries that vanish meanwhile are left out. */
  next(count: number): FolderEntry[] {
    const entries = this.#own
    this.#own = []
    while (entries.length < count) {
      const name = this.#nextName()
      if (name === null) break
      const stats = this.#statsOf(name)
      if (stats !== null) entries.push({ name, stats })
    }
    return entries
  }

  close(): void {
    this.#dir.closeSync()
    closeSync(this.#fd)
  }

  #nextName(): string | null {
    const entry = this.#dir.readSync()
    return entry === null ? null : (entry.name as unknown as Buffer).toString('latin1')
  }

  #statsOf(name: string): Stats | null {
    return lstatSync(bytesOf(`${this.#ref}/${name}`), { throwIfNoEntry: false }) ?? null
  }
}
