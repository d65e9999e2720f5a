import type { CaseTable } from './case-table.ts'
import type { FileShelf } from './file-shelf.ts'
import type { StoredBytes } from './file-store.ts'
import { readCases } from './read-cases.ts'
import { RecentlyUsed } from './recently-used.ts'

/** Of a CSV file with cases. Inferred: no source shows a limit. */
export const maxCaseFileBytes = 4 * 1024 * 1024

/** Tables that are remembered; jobs of one study share theirs. */
const keptTables = 8

/** The cases in users' files. They are read beforehand, because jobs are made and submitted without waiting. */
export class CaseFiles {
  readonly #files: FileShelf
  /** By the bytes' id: a table, or what is wrong with the file. */
  readonly #known = new RecentlyUsed<string, CaseTable | string>({ most: keptTables })

  constructor(files: FileShelf) {
    this.#files = files
  }

  /** Nothing happens when there is no such file: whoever names it will be told. */
  async learn(fileId: string): Promise<void> {
    const file = this.#files.get(fileId)
    if (!file || this.get(fileId) !== undefined) return
    this.#known.set(file.bytes.id, await this.#read(file.bytes))
  }

  /** Undefined when the file was not read, or so long ago that it is forgotten. */
  get(fileId: string): CaseTable | string | undefined {
    const id = this.#files.get(fileId)?.bytes.id
    return id === undefined ? undefined : this.#known.get(id)
  }

  async #read(bytes: StoredBytes): Promise<CaseTable | string> {
    if (bytes.size > maxCaseFileBytes) return `Ensure this file has no more than ${maxCaseFileBytes} bytes.`
    const decoder = new TextDecoder()
    let text = ''
    for await (const chunk of this.#files.read(bytes, 0, bytes.size))
      text += decoder.decode(chunk, { stream: true })
    return readCases(text + decoder.decode())
  }
}
