import type { ReadEntry } from 'tar'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import type { ArchiveMember, MemberVisitor } from './archive.ts'

/** Plain and gzipped: the parser sees which by the first bytes. */
export async function readTar(files: FileStore, bytes: StoredBytes, visit: MemberVisitor): Promise<void> {
  const { Parser } = await import('tar')
  const visits = new Visits(visit)
  const parser = new Parser({ strict: true, onReadEntry: (entry) => visits.add(entry) })
  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve)
    parser.on('error', reject)
  })
  // A failure is reported by whoever awaits `parsed`, perhaps only after the loop below.
  parsed.catch((error) => visits.abandon(error))
  for await (const chunk of files.read(bytes.id, 0, bytes.size)) {
    if (!parser.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))) {
      await Promise.race([new Promise((resolve) => parser.once('drain', resolve)), parsed])
    }
    visits.check()
  }
  parser.end()
  await parsed
  await visits.done()
}

/** Members are handed out as the parser meets them; the parser waits while one's content is unread. */
class Visits {
  readonly #visit: MemberVisitor
  #last: Promise<void> = Promise.resolve()
  #open: ReadEntry | null = null
  #failure: unknown

  constructor(visit: MemberVisitor) {
    this.#visit = visit
  }

  add(entry: ReadEntry): void {
    this.#last = this.#last.then(() => this.#one(entry))
  }

  /** The rest of the open member never comes: its reader must not wait for it. */
  abandon(error: unknown): void {
    this.#failure ??= error
    this.#open?.destroy(error)
  }

  /** Throws what a visitor threw. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure
  }

  async done(): Promise<void> {
    await this.#last
    this.check()
  }

  async #one(entry: ReadEntry): Promise<void> {
    this.#open = entry
    try {
      if (this.#failure === undefined) await this.#visit(memberOf(entry), () => entry)
    } catch (error) {
      this.#failure ??= error
    } finally {
      this.#open = null
      entry.resume()
    }
  }
}

const memberOf = (entry: ReadEntry): ArchiveMember => ({
  name: entry.path,
  kind: kindOf(entry.type),
  size: entry.size,
  mode: entry.mode === undefined ? null : entry.mode & 0o777,
})

function kindOf(type: string): ArchiveMember['kind'] {
  if (type === 'Directory') return 'folder'
  if (type === 'File' || type === 'OldFile' || type === 'ContiguousFile') return 'file'
  return type === 'SymbolicLink' || type === 'Link' ? 'link' : 'other'
}
