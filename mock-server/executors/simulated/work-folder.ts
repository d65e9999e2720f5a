import { posix } from 'node:path'
import type { SharedFolder } from '../../domain/executor.ts'
import type { StoredBytes } from '../../domain/file-store.ts'
import type { Duration } from '../../domain/instant.ts'

/** What a simulated file holds. */
export type Content =
  | { readonly kind: 'stored'; readonly bytes: StoredBytes; readonly text: string | null }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'seeded'; readonly size: number; readonly seed: string; readonly isText: boolean }
  /** A member of an archive that is too large to be kept: it is there, but not among the outputs. */
  | { readonly kind: 'unkept'; readonly size: number }

export interface SimulatedFile {
  readonly content: Content
  readonly after: Duration
  /** When it began to grow; absent when it appeared complete. */
  readonly from?: Duration
}

/** Files and folders of a user's home on a cluster, as far as a run knows them. Paths are absolute. */
export class WorkFolder {
  /** Of `work`. */
  readonly path: string
  readonly home: string
  readonly #alias: string | null
  readonly #files = new Map<string, SimulatedFile>()
  readonly #folders = new Set<string>()
  /** True when an archive could not be looked into: then whatever is asked for is taken to be there. */
  holdsUnknown = false

  constructor(path: string, sharedFolder: SharedFolder | null = null) {
    this.path = path
    this.home = posix.dirname(path)
    this.#alias = sharedFolder === 'same' ? posix.join(path, 'shared') : null
    for (const folder of [this.home, path]) this.#folders.add(folder)
    if (sharedFolder === 'own') this.#folders.add(posix.join(path, 'shared'))
  }

  /** False for what belongs to the system; nothing is known of it. */
  isOurs(path: string): boolean {
    return isWithin(path, this.home)
  }

  file(path: string): SimulatedFile | null {
    return this.#files.get(this.#plain(path)) ?? null
  }

  isFolder(path: string): boolean {
    return this.#folders.has(this.#plain(path))
  }

  /** Also true for what nothing is known of. */
  mayExist(path: string): boolean {
    return !this.isOurs(path) || this.file(path) !== null || this.isFolder(path) || this.holdsUnknown
  }

  /** Nothing outside is written; a folder is not replaced by a file. */
  write(path: string, file: SimulatedFile): boolean {
    if (!this.isOurs(path) || this.isFolder(path)) return !this.isOurs(path)
    this.#files.set(this.#plain(path), file)
    this.makeFolder(posix.dirname(path))
    return true
  }

  makeFolder(path: string): void {
    for (
      let folder = this.#plain(path);
      this.isOurs(folder) && !this.#folders.has(folder);
      folder = posix.dirname(folder)
    ) {
      this.#folders.add(folder)
    }
  }

  remove(path: string): boolean {
    return this.#files.delete(this.#plain(path))
  }

  removeTree(path: string): void {
    const top = this.#plain(path)
    for (const file of [...this.#files.keys()].filter((other) => isWithin(other, top)))
      this.#files.delete(file)
    for (const folder of [...this.#folders].filter((other) => isWithin(other, top)))
      if (!isWithin(this.path, folder)) this.#folders.delete(folder)
  }

  /** Names of what lies directly in a folder, in order. */
  names(path: string): string[] {
    const folder = this.#plain(path)
    const inside = [...this.#files.keys(), ...this.#folders].filter(
      (other) => posix.dirname(other) === folder && other !== folder,
    )
    return inside.map((other) => posix.basename(other)).sort()
  }

  /** All files below a folder, by their paths from there. */
  *entries(top = this.path): Generator<readonly [string, SimulatedFile]> {
    for (const [path, file] of this.#files)
      if (path !== top && isWithin(path, top)) yield [path.slice(top.length + 1), file]
  }

  /** By the one name that each file is known by: `work/shared` may be `work` by another name. */
  #plain(path: string): string {
    const alias = this.#alias
    let plain = path
    while (alias !== null && isWithin(plain, alias)) plain = this.path + plain.slice(alias.length)
    return plain
  }
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

export function sizeOf(content: Content): number {
  return content.kind === 'stored' || content.kind === 'bytes' ? lengthOf(content.bytes) : content.size
}

const lengthOf = (bytes: StoredBytes | Uint8Array): number =>
  bytes instanceof Uint8Array ? bytes.length : bytes.size

/** The text of a small file, null when it is not known. */
export function textOf(content: Content): string | null {
  if (content.kind === 'stored') return content.text
  return content.kind === 'bytes' ? Buffer.from(content.bytes).toString() : null
}
