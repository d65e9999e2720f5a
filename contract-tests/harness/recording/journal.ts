import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { NameEntry } from '../naming/names.ts'
import type { KnownSecrets } from '../redaction/known-secrets.ts'
import { CassetteRefusedError } from './cassette-file.ts'
import type { StoredExchange } from './stored-exchange.ts'

export const JOURNAL_FORMAT = 'localscale-journal'

export interface JournalHead {
  readonly format: typeof JOURNAL_FORMAT
  readonly scenario: string
  readonly marker: string
  /** ISO 8601. */
  readonly begunAt: string
}

/** What one line adds. */
export interface JournalEntry {
  readonly exchange: StoredExchange
  /** Names that were given since the line before. */
  readonly names: Readonly<Record<string, NameEntry>>
}

/**
 * A recording in the making: a line for each exchange, on the disk before its answer is handed on, so that a crash
 * loses nothing that anybody has seen. Costs an fsync for each exchange, some 0.4 ms.
 */
export class Journal {
  readonly path: string
  readonly #file: number
  readonly #secrets: KnownSecrets
  #open = true

  /** Takes the place of an unfinished one, which is kept under another name. */
  constructor(path: string, head: Omit<JournalHead, 'format'>, secrets: KnownSecrets) {
    this.path = path
    this.#secrets = secrets
    mkdirSync(dirname(path), { recursive: true })
    putAside(path, head.begunAt)
    this.#file = openSync(path, 'wx', 0o600)
    this.#write({ format: JOURNAL_FORMAT, ...head })
  }

  append(entry: JournalEntry): void {
    this.#write(entry)
  }

  /** Closes it; its lines stay. */
  close(): void {
    if (this.#open) closeSync(this.#file)
    this.#open = false
  }

  /** Its content stands elsewhere now. */
  remove(): void {
    this.close()
    rmSync(this.path, { force: true })
  }

  #write(line: JournalHead | JournalEntry): void {
    const text = `${JSON.stringify(line)}\n`
    if (this.#secrets.isIn(text)) {
      throw new CassetteRefusedError(
        `${this.path}: an exchange would hold a secret of the profile; not written.`,
      )
    }
    writeSync(this.#file, text)
    fsyncSync(this.#file)
  }
}

function putAside(path: string, now: string): void {
  try {
    renameSync(path, `${path}.${now.replaceAll(/[:.]/g, '-')}.unfinished`)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

export interface ReadJournal {
  readonly head: JournalHead
  readonly entries: readonly JournalEntry[]
  /** Whether the last line was torn: that exchange was never handed on. */
  readonly torn: boolean
}

/** Reads what a crash has left. */
export function readJournal(path: string): ReadJournal {
  const lines = readFileSync(path, 'utf8').split('\n')
  const torn = lines.pop() !== ''
  const [head, ...entries] = lines.map((line) => JSON.parse(line) as unknown)
  if ((head as JournalHead | undefined)?.format !== JOURNAL_FORMAT) {
    throw new CassetteRefusedError(`${path} is no journal of a recording`)
  }
  return { head: head as JournalHead, entries: entries as JournalEntry[], torn }
}
