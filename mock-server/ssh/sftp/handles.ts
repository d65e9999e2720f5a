import { uint32 } from '../wire.ts'
import type { FolderListing } from './folder-listing.ts'
import type { OpenFile } from './open-file.ts'
import { SftpError } from './protocol.ts'

/** What a client may hold open. */
export class Handles {
  readonly #limit: number
  readonly #files = new Map<number, OpenFile>()
  readonly #folders = new Map<number, FolderListing>()
  #last = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.#files.size + this.#folders.size >= this.#limit
  }

  addFile(file: OpenFile): Buffer {
    this.#files.set(++this.#last, file)
    return uint32(this.#last)
  }

  addFolder(folder: FolderListing): Buffer {
    this.#folders.set(++this.#last, folder)
    return uint32(this.#last)
  }

  file(handle: Buffer): OpenFile {
    return found(this.#files.get(numberOf(handle)))
  }

  folder(handle: Buffer): FolderListing {
    return found(this.#folders.get(numberOf(handle)))
  }

  async close(handle: Buffer): Promise<void> {
    const number = numberOf(handle)
    const thing = found(this.#files.get(number) ?? this.#folders.get(number))
    this.#files.delete(number)
    this.#folders.delete(number)
    await thing.close()
  }

  async closeAll(): Promise<void> {
    const things = [...this.#files.values(), ...this.#folders.values()]
    this.#files.clear()
    this.#folders.clear()
    await Promise.allSettled(things.map((thing) => thing.close()))
  }
}

const numberOf = (handle: Buffer): number => (handle.length === 4 ? handle.readUInt32BE() : 0)

/** OpenSSH answers a handle that is none with a plain failure. */
const found = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new SftpError('FAILURE')
  return thing
}
