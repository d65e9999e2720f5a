import { close, open, write } from 'node:fs'
import { readFile, truncate as truncateFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import type { ByteRange } from './ranges.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const writeFile = promisify(write)

/** What makes bytes of an earlier download good for this one. */
export interface PartIdentity {
  readonly fileId: string
  readonly size: number
  /** The platform's; undefined where it has none. */
  readonly sha512: string | undefined
}

const VERSION = 1

/** A journal's first line. */
export function journalHeader(identity: PartIdentity): string {
  return `${JSON.stringify({ v: VERSION, ...identity, sha512: identity.sha512 ?? null })}\n`
}

/** Says that bytes `start` to `end`, both included, are in the part file. */
export function journalRecord({ start, end }: ByteRange): string {
  const text = `${start} ${end}`
  return `${text} ${crc32(text).toString(16)}\n`
}

/** Takes back everything before it: the bytes are fetched again. */
export const RESET_RECORD = `reset ${crc32('reset').toString(16)}\n`

/**
 * The ranges that a journal vouches for, merged and in order; undefined if it belongs to another file. A record that
 * a crash has torn, and whatever follows it, counts for nothing.
 */
export function readRecords(text: string, identity: PartIdentity): ByteRange[] | undefined {
  return soundPart(text, identity)?.ranges
}

/** How far a journal can be believed: so many bytes of it, and what they say. */
function soundPart(text: string, identity: PartIdentity): { ranges: ByteRange[]; bytes: number } | undefined {
  const header = journalHeader(identity)
  if (!text.startsWith(header)) return undefined
  let ranges: ByteRange[] = []
  let bytes = Buffer.byteLength(header)
  // The last line has no end of line, or is empty.
  for (const line of text.slice(header.length).split('\n').slice(0, -1)) {
    const range = rangeOf(line, identity.size)
    if (`${line}\n` === RESET_RECORD) ranges = []
    else if (range) ranges.push(range)
    else break
    bytes += line.length + 1
  }
  return { ranges: merged(ranges), bytes }
}

function rangeOf(line: string, size: number): ByteRange | undefined {
  const match = /^(\d+) (\d+) [0-9a-f]+$/.exec(line)
  const [start, end] = [Number(match?.[1]), Number(match?.[2])]
  const isGood = match && start <= end && end < size && `${line}\n` === journalRecord({ start, end })
  return isGood ? { start, end } : undefined
}

function merged(ranges: readonly ByteRange[]): ByteRange[] {
  const result: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last && start <= last.end + 1) last.end = Math.max(last.end, end)
    else result.push({ start, end })
  }
  return result
}

/** What an earlier download left at `path`. */
export async function readJournal(path: string, identity: PartIdentity): Promise<ByteRange[] | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : readRecords(text, identity)
}

/** An append-only journal, open for writing. */
export class PartJournal {
  readonly path: string
  readonly #fd: number
  #open = true

  private constructor(path: string, fd: number) {
    this.path = path
    this.#fd = fd
  }

  static async create(path: string, identity: PartIdentity): Promise<PartJournal> {
    const journal = new PartJournal(path, await openFile(path, 'w'))
    await journal.append(journalHeader(identity))
    return journal
  }

  /**
   * Goes on where the journal ended, without a moment in which a crash would find less of it than `kept`, what there is
   * still of what it vouched for. A torn record at its end is cut off.
   */
  static async continued(
    path: string,
    identity: PartIdentity,
    kept: readonly ByteRange[],
  ): Promise<PartJournal> {
    const text = await readFile(path, 'utf8').catch(() => '')
    const sound = soundPart(text, identity)
    if (!sound) return PartJournal.create(path, identity)
    const journal = new PartJournal(path, await openFile(path, 'a'))
    await truncateFile(path, sound.bytes)
    const isAll = JSON.stringify(kept) === JSON.stringify(sound.ranges)
    if (!isAll) await journal.append([RESET_RECORD, ...kept.map(journalRecord)].join(''))
    return journal
  }

  async append(text: string): Promise<void> {
    if (text !== '') await writeFile(this.#fd, text)
  }

  async close(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await closeFile(this.#fd)
  }
}
