import { closeSync, openSync, writeSync } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'

/** Content that looks as it did is hashed again at a start, up to about a second's worth. Bytes; ours. */
export const HASHED_AGAIN = 512 << 20
/** Notes that are written between two starts, some 100 MiB of them: content beyond is hashed at the next start. Ours. */
const MOST_NOTES = 1_000_000

/** How a file looks from outside: nobody can change it without another `ctime`, but for the disk itself. */
export interface Look {
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
  readonly ino: bigint
}

const lookOf = (path: string): Promise<Look> => stat(path, { bigint: true })

interface Note {
  readonly look: string
  readonly size: number
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface CheckedContentOptions {
  readonly path: string
  /** Milliseconds since 1970. */
  now(): number
  /** Bytes. Default: `HASHED_AGAIN`. */
  readonly hashedAgain?: number
}

/**
 * How content looked when it was known to be whole, in a file beside the database, so that a start hashes what may have
 * changed and of the rest only a part: what was hashed the longest ago. A note that is lost or damaged costs a hash. No note
 * is forced to the disk, and none has a checksum: it would have to be damaged into the look that damaged content has.
 */
export class CheckedContent {
  readonly #options: CheckedContentOptions
  readonly #notes: Map<string, Note>
  readonly #due: ReadonlySet<string>
  #file: number | null = null
  #written = 0

  private constructor(options: CheckedContentOptions, notes: Map<string, Note>) {
    this.#options = options
    this.#notes = notes
    this.#due = longestAgo(notes, options.hashedAgain ?? HASHED_AGAIN)
  }

  static async read(options: CheckedContentOptions): Promise<CheckedContent> {
    const text = await readFile(options.path, 'latin1').catch(() => '')
    return new CheckedContent(options, new Map(text.split('\n').flatMap(noteIn)))
  }

  /** Whether content has not to be hashed at this start. */
  trusts(id: string, look: Look): boolean {
    return this.#notes.get(id)?.look === told(look) && !this.#due.has(id)
  }

  /** Content that looked so when its hashing began is whole. */
  confirm(id: string, look: Look): void {
    this.#notes.set(id, { look: told(look), size: Number(look.size), at: this.#options.now() })
  }

  /** From now on notes are added to those of the content that is needed. */
  async begin(needed: ReadonlySet<string>): Promise<void> {
    const { path } = this.#options
    const lines = [...this.#notes].filter(([id]) => needed.has(id)).map(([id, note]) => lineOf(id, note))
    await writeFile(`${path}.new`, lines.join(''), { mode: 0o600 })
    await rename(`${path}.new`, path)
    this.#notes.clear()
    this.#file = openSync(path, 'a', 0o600)
  }

  /** Content has just been stored, and hashed on its way in. */
  async add(stored: readonly { readonly id: string; readonly path: string }[]): Promise<void> {
    const room = MOST_NOTES - this.#written
    const lines = await Promise.all(stored.slice(0, room).map((one) => this.#lineOf(one)))
    if (this.#file === null || lines.length === 0) return
    this.#written += lines.length
    try {
      writeSync(this.#file, lines.join(''))
    } catch {
      // Nothing is lost but the time that hashing them takes at the next start.
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file)
    this.#file = null
  }

  async #lineOf({ id, path }: { readonly id: string; readonly path: string }): Promise<string> {
    const look = await lookOf(path).catch(() => null)
    if (!look) return ''
    return lineOf(id, { look: told(look), size: Number(look.size), at: this.#options.now() })
  }
}

/** As many as fit, each whole: one that is larger than that is trusted as long as it looks as it did. */
function longestAgo(notes: ReadonlyMap<string, Note>, bytes: number): Set<string> {
  const due = new Set<string>()
  let left = bytes
  for (const [id, { size }] of [...notes].sort(([, one], [, other]) => one.at - other.at)) {
    if (size > left) continue
    left -= size
    due.add(id)
  }
  return due
}

const told = ({ size, mtimeNs, ctimeNs, ino }: Look): string => `${size} ${mtimeNs} ${ctimeNs} ${ino}`

const lineOf = (id: string, { look, at }: Note): string => `${id} ${look} ${at}\n`

function noteIn(line: string): [id: string, note: Note][] {
  const [, id, look, size, at] = /^([0-9a-f]{32}) ((\d{1,16}) \d+ \d+ \d+) (\d{1,16})$/.exec(line) ?? []
  return id && look ? [[id, { look, size: Number(size), at: Number(at) }]] : []
}
