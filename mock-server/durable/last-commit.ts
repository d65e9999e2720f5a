import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { seal, unseal } from './seal.ts'

const KEY = 'last-commit'
/** Bytes; the text is filled up with spaces. */
const LENGTH = 64

/**
 * The number of the last commit, in a file beside the database: an engine that finds its last pages damaged goes back to
 * what it had before, and says nothing. Written after the commit, so that it is never ahead of an undamaged database.
 */
export class LastCommit {
  readonly #file: number

  constructor(path: string) {
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
  }

  /** 0 when there is none yet; null when it cannot be read. */
  read(): number | null {
    const buffer = Buffer.alloc(LENGTH)
    const length = readSync(this.#file, buffer, 0, LENGTH, 0)
    if (length === 0) return 0
    const value = unseal(KEY, buffer.toString('utf8', 0, length).trimEnd())?.value
    return typeof value === 'number' ? value : null
  }

  write(commit: number): void {
    writeSync(this.#file, seal(KEY, commit).text.padEnd(LENGTH), 0)
  }

  close(): void {
    closeSync(this.#file)
  }
}
