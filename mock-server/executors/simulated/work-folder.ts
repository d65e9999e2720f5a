import { posix } from 'node:path'
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

/** Files and folders of a cluster as far as a run knows them. Paths are absolute. */
export class WorkFolder {
  readonly path: string
  readonly #files = new Map<string, SimulatedFile>()
  readonly #folders = new Set<string>()
  /** True when an archive could not be looked into: then whatever is asked for is taken to be there. */
  holdsUnknown = false

  constructor(path: string) {
    this.path = path
    this.#folders.add(path)
  }

  /** False for what belongs to the system; nothing is known of it. */
  isOurs(path: string): boolean {
    return path === this.path || path.startsWith(`${this.path}/`)
  }

  file(path: string): SimulatedFile | null {
    return this.#files.get(path) ?? null
  }

  isFolder(path: string): boolean {
    return this.#folders.has(path)
  }

  /** Also true for what nothing is known of. */
  mayExist(path: string): boolean {
    return !this.isOurs(path) || this.#files.has(path) || this.#folders.has(path) || this.holdsUnknown
  }

  /** Nothing outside is written; a folder is not replaced by a file. */
  write(path: string, file: SimulatedFile): boolean {
    if (!this.isOurs(path) || this.#folders.has(path)) return !this.isOurs(path)
    this.#files.set(path, file)
    this.makeFolder(posix.dirname(path))
    return true
  }

  makeFolder(path: string): void {
    for (
      let folder = path;
      this.isOurs(folder) && !this.#folders.has(folder);
      folder = posix.dirname(folder)
    ) {
      this.#folders.add(folder)
    }
  }

  remove(path: string): boolean {
    return this.#files.delete(path)
  }

  removeTree(path: string): void {
    const below = (other: string) => other === path || other.startsWith(`${path}/`)
    for (const file of [...this.#files.keys()].filter(below)) this.#files.delete(file)
    for (const folder of [...this.#folders].filter(below))
      if (folder !== this.path) this.#folders.delete(folder)
  }

  /** Names of what lies directly in a folder, in order. */
  names(folder: string): string[] {
    const inside = [...this.#files.keys(), ...this.#folders].filter(
      (path) => posix.dirname(path) === folder && path !== folder,
    )
    return inside.map((path) => posix.basename(path)).sort()
  }

  /** All files with paths relative to the work folder. */
  *entries(): Generator<readonly [string, SimulatedFile]> {
    for (const [path, file] of this.#files) yield [path.slice(this.path.length + 1), file]
  }
}

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
