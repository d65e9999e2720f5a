import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  utimesSync,
  writev,
} from 'node:fs'
import type { HomeFolder } from '../home/home-folder.ts'
import { writeAll } from '../write-all.ts'
import { reasonOf, type ScpLink } from './scp-link.ts'
import { parseScpRecord, type ScpRecord } from './scp-records.ts'

export interface ReceiveOptions {
  readonly recursive: boolean
  readonly preserve: boolean
  readonly folderOnly: boolean
}

type Times = Extract<ScpRecord, { kind: 'times' }>
type FileRecord = Extract<ScpRecord, { kind: 'file' }>
type FolderRecord = Extract<ScpRecord, { kind: 'folder' }>

interface OpenFolder {
  readonly path: string
  readonly times: Times | null
  readonly mode: number
}

/** As much of a file as is written by one call. */
const MAX_WRITE_BYTES = 1024 * 1024

/** `scp -t target`: takes files from the client. */
export const receiveFiles = async (
  link: ScpLink,
  home: HomeFolder,
  target: string,
  options: ReceiveOptions,
): Promise<void> => {
  const folderWanted = options.folderOnly || target.endsWith('/')
  if (folderWanted && !isFolder(home, target)) link.complain(`${target}: Not a directory`)
  else await new Receiver(link, home, target, options).run()
}

class Receiver {
  readonly #link: ScpLink
  readonly #home: HomeFolder
  readonly #target: string
  readonly #options: ReceiveOptions
  readonly #folders: OpenFolder[] = []
  #times: Times | null = null

  constructor(link: ScpLink, home: HomeFolder, target: string, options: ReceiveOptions) {
    this.#link = link
    this.#home = home
    this.#target = target
    this.#options = options
  }

  async run(): Promise<void> {
    this.#link.acknowledge()
    for (let line = await this.#link.line(); line !== null; line = await this.#link.line()) {
      if (!(await this.#take(parseScpRecord(line)))) return
    }
    if (this.#folders.length > 0) this.#link.noteTrouble()
  }

  /** False when nothing sensible can follow. */
  async #take(record: ScpRecord): Promise<boolean> {
    switch (record.kind) {
      case 'times':
        this.#times = record
        this.#link.acknowledge()
        return true
      case 'file':
        await this.#takeFile(record)
        return true
      case 'folder':
        return this.#enterFolder(record)
      case 'folderEnd':
        return this.#leaveFolder()
      case 'trouble':
        this.#link.noteTrouble()
        return !record.fatal
      case 'invalid':
        this.#link.complain(record.reason)
        return false
    }
  }

  #takeTimes(): Times | null {
    const times = this.#times
    this.#times = null
    return times
  }

  /** Into the folder at hand; else the target is the folder to put it into, or the new name itself. */
  #pathFor(name: string): string {
    const folder = this.#folders.at(-1)?.path
    if (folder !== undefined) return `${folder}/${name}`
    return isFolder(this.#home, this.#target) ? `${this.#target}/${name}` : this.#target
  }

  async #takeFile(record: FileRecord): Promise<void> {
    const times = this.#takeTimes()
    const path = this.#pathFor(record.name)
    const fd = this.#tryTo(path, () =>
      this.#home.open(path, constants.O_WRONLY | constants.O_CREAT, record.mode),
    )
    if (fd === undefined) return
    try {
      await this.#fill(fd, path, record, times)
    } finally {
      closeSync(fd)
    }
  }

  async #fill(fd: number, path: string, record: FileRecord, times: Times | null): Promise<void> {
    this.#link.acknowledge()
    const problem = (await this.#copy(fd, record.size)) ?? this.#settle(fd, record, times)
    await this.#link.answer()
    if (problem === null) this.#link.acknowledge()
    else this.#link.complain(`${path}: ${problem}`)
  }

  /** Takes all bytes from the link, also when they cannot be written. Null, or what went wrong. */
  async #copy(fd: number, size: number): Promise<string | null> {
    let problem: string | null = null
    for (let done = 0; done < size; ) {
      const pieces = await this.#link.bytes(Math.min(size - done, MAX_WRITE_BYTES))
      problem ??= await written(fd, pieces, done)
      for (const piece of pieces) done += piece.length
    }
    return problem
  }

  #settle(fd: number, { size, mode }: FileRecord, times: Times | null): string | null {
    try {
      if (fstatSync(fd).size > size) ftruncateSync(fd, size)
      if (this.#options.preserve) fchmodSync(fd, mode)
      if (times !== null) futimesSync(fd, times.accessed, times.modified)
      return null
    } catch (error) {
      return reasonOf(error)
    }
  }

  #enterFolder(record: FolderRecord): boolean {
    const times = this.#takeTimes()
    if (!this.#options.recursive) {
      this.#link.complain(`${record.name}: received directory without -r`)
      return false
    }
    const path = this.#pathFor(record.name)
    const made = this.#tryTo(path, () => makeFolder(this.#home, path, record.mode))
    if (made === undefined) return true
    this.#folders.push({ path, times, mode: record.mode })
    this.#link.acknowledge()
    return true
  }

  #leaveFolder(): boolean {
    const folder = this.#folders.pop()
    if (folder === undefined) return false
    this.#tryTo(folder.path, () => {
      this.#finishFolder(folder)
      this.#link.acknowledge()
      return true
    })
    return true
  }

  /** Times last: each file put into the folder changed them. */
  #finishFolder({ path, times, mode }: OpenFolder): void {
    if (!this.#options.preserve) return
    this.#home.at(path, 'target', ({ node }) => {
      chmodSync(node, mode)
      if (times !== null) utimesSync(node, times.accessed, times.modified)
    })
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

const written = (fd: number, pieces: readonly Buffer[], position: number): Promise<string | null> =>
  new Promise((resolve) => {
    writeAll(writev, fd, pieces, position, (error) => resolve(error === null ? null : reasonOf(error)))
  })

const isFolder = (home: HomeFolder, path: string): boolean => {
  try {
    return home.at(path, 'target', ({ stats }) => stats?.isDirectory() ?? false)
  } catch {
    return false
  }
}

/** The owner may always write while the folder is filled, as with scp. */
const makeFolder = (home: HomeFolder, path: string, mode: number): true =>
  home.at(path, 'target', ({ stats, entry }) => {
    if (stats === null) mkdirSync(entry, mode | 0o700)
    else if (!stats.isDirectory()) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' })
    return true as const
  })
