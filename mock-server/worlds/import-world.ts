import { createHash, type Hash } from 'node:crypto'
import type { FileStore, StoredBytes } from '../domain/file-store.ts'
import type { SavedPlatform } from '../domain/saved/saved-platform.ts'
import { isStoredBytes, OLDER_WORLD_FORMATS, WORLD_FORMAT } from './export-world.ts'
import { MalformedRecordError } from './records/fields.ts'
import { readWorld } from './records/read-world.ts'
import { readSettings, SETTINGS, type TenantSettings } from './settings-record.ts'
import { LONGEST_LINE, WorldFileReader } from './world-file-reader.ts'

/** This is no world file, or not a whole one. Its message says what is wrong. */
export class WorldFileError extends Error {
  override readonly name = 'WorldFileError'
}

export interface ImportedWorld {
  readonly saved: SavedPlatform
  readonly settings: TenantSettings
  /** Stored once each, for whoever takes the world over. */
  readonly bytes: readonly StoredBytes[]
}

/** Records of one world: 1,000,000 jobs with their runs and files. As many bytes may be announced. */
export const MOST_RECORDS = 10_000_000

/** All of them are in memory at once; a million finished jobs take about as much. Characters. */
export const MOST_RECORD_TEXT = 2 ** 30

const LIMITS = { records: MOST_RECORDS, recordText: MOST_RECORD_TEXT, line: LONGEST_LINE }

/**
 * Reads a world file. Nothing is left in the store when it is refused.
 * @throws {WorldFileError}
 */
export async function importWorld(
  chunks: AsyncIterable<Uint8Array>,
  files: FileStore,
  limits: Partial<typeof LIMITS> = {},
): Promise<ImportedWorld> {
  const reading = new Reading(chunks, files, { ...LIMITS, ...limits })
  try {
    return await reading.world()
  } catch (error) {
    for (const { id } of reading.stored.values()) await files.remove(id)
    if (error instanceof MalformedRecordError || error instanceof SyntaxError)
      throw new WorldFileError(`This is no world that LocalScale exported: ${error.message}.`)
    throw error
  }
}

class Reading {
  readonly stored = new Map<string, StoredBytes>()
  readonly #reader: WorldFileReader
  readonly #files: FileStore
  readonly #limits: typeof LIMITS
  readonly #records = new Map<string, unknown>()
  readonly #hash: Hash = createHash('sha512')
  #text = 0

  constructor(chunks: AsyncIterable<Uint8Array>, files: FileStore, limits: typeof LIMITS) {
    this.#reader = new WorldFileReader(chunks, limits.line)
    this.#files = files
    this.#limits = limits
  }

  async world(): Promise<ImportedWorld> {
    readHeader(await this.#line())
    for (;;) {
      const text = await this.#reader.line()
      if (text === null) throw new WorldFileError('The file ends before its last line: it is cut.')
      const value = JSON.parse(text, (_, part) => this.#withStored(part)) as Readonly<Record<string, unknown>>
      if ('end' in value) {
        this.#checkEnd(value.end)
        return this.#made()
      }
      this.#hash.update(`${text}\n`)
      if ('bytes' in value) await this.#storeBytes(value)
      else this.#keep(value, text.length)
    }
  }

  async #line(): Promise<unknown> {
    const text = (await this.#reader.line()) ?? ''
    this.#hash.update(`${text}\n`)
    return JSON.parse(text) as unknown
  }

  #withStored(part: unknown): unknown {
    return isStoredBytes(part) ? (this.stored.get(part.id) ?? { ...part, id: 'gone' }) : part
  }

  #keep({ key, value }: Readonly<Record<string, unknown>>, length: number): void {
    this.#text += length
    const { records, recordText } = this.#limits
    const isFull = this.#records.size >= records || this.#text > recordText
    if (typeof key !== 'string' || isFull)
      throw new WorldFileError('A line of the file is no record, or there are too many.')
    this.#records.set(key, value)
  }

  async #storeBytes({ bytes, size, sha512 }: Readonly<Record<string, unknown>>): Promise<void> {
    if (typeof bytes !== 'string' || typeof size !== 'number' || this.stored.has(bytes))
      throw new WorldFileError('A line of the file announces bytes, and does not say how many.')
    if (this.stored.size >= this.#limits.records)
      throw new WorldFileError('The file announces bytes too often.')
    const writer = this.#files.writer()
    try {
      for await (const chunk of this.#reader.bytes(size)) {
        this.#hash.update(chunk)
        await writer.write(chunk)
      }
      this.#hash.update('\n')
    } catch (error) {
      await writer.abort()
      throw error
    }
    const stored = await writer.commit()
    this.stored.set(bytes, stored)
    if (stored.sha512 !== sha512) throw new WorldFileError(`Bytes ${bytes} do not have their checksum.`)
  }

  #checkEnd(sha512: unknown): void {
    if (sha512 !== this.#hash.digest('hex'))
      throw new WorldFileError('The file does not have its checksum: it is damaged, or was edited.')
  }

  #made(): ImportedWorld {
    const settings = readSettings(this.#records.get(SETTINGS), 'settings')
    this.#records.delete(SETTINGS)
    if (!this.#records.has('world/state')) throw new WorldFileError('The file has no clock.')
    const { saved, losses } = readWorld(this.#records, '')
    const [loss] = losses
    if (loss) throw new WorldFileError(`${loss.what}: ${loss.why}.`)
    const lost = [...saved.shelf.files.values()].find(
      ({ isDeleted, bytes }) => !isDeleted && bytes.id === 'gone',
    )
    if (lost) throw new WorldFileError(`The content of file ${lost.id} is not in the file.`)
    return { saved, settings, bytes: [...this.stored.values()] }
  }
}

function readHeader(value: unknown): void {
  const { localscale, format } = (value ?? {}) as { localscale?: unknown; format?: unknown }
  if (localscale !== 'world') throw new WorldFileError('This is no world that LocalScale exported.')
  if (format !== WORLD_FORMAT && !OLDER_WORLD_FORMATS.includes(format))
    throw new WorldFileError(
      `The file has format ${String(format)}; this LocalScale reads formats up to ${WORLD_FORMAT}. Export it again with this version.`,
    )
}
