import { stat } from 'node:fs/promises'
import type { TransferContext } from './context.ts'
import { PartFile, partPath } from './part-file.ts'
import { journalRecord, type PartIdentity, PartJournal, RESET_RECORD, readJournal } from './part-journal.ts'
import { PartLease } from './part-lease.ts'
import type { ByteRange } from './ranges.ts'
import type { Segment, SegmentPlan } from './segments.ts'

// A crash costs what is not in the journal yet: this, and what is being written.
const JOURNAL_BYTES = 8 * 1024 * 1024
const JOURNAL_MS = 1_000
// With nothing to check the bytes against, they must be on the disk before the journal says so: rarer, since it waits.
const SYNCED_JOURNAL_BYTES = 32 * 1024 * 1024
// A crash never costs more than client.md's 64 MiB: writers wait for the journal before that.
export const MOST_UNJOURNALED = 48 * 1024 * 1024
/** Less than that is fetched again sooner than it is kept. */
export const RESUMED_FROM_BYTES = 8 * 1024 * 1024

/** A part file with its journal, to be gone on with after a crash. */
export interface ResumablePart {
  readonly file: PartFile
  /** What is there already, from an earlier download. */
  readonly done: readonly ByteRange[]
  write(chunks: readonly Uint8Array[], position: number): Promise<void>
  /** What is written is not to be trusted any more. */
  restarted(): void
  /** Leaves it for a later download. */
  keep(): Promise<void>
  commit(target: string, options: { overwrite: boolean; durable: boolean }): Promise<void>
  discard(): Promise<void>
}

/** Opens what an earlier download left for this target, or begins anew. */
export async function openPart(
  context: TransferContext,
  target: string,
  identity: PartIdentity,
  { resume, verify }: { resume: boolean; verify: boolean },
): Promise<ResumablePart & { follow(plan: SegmentPlan): void }> {
  const path = partPath(target, identity.fileId)
  const lease =
    resume && identity.size >= RESUMED_FROM_BYTES ? await PartLease.take(`${path}.lock`) : undefined
  if (!lease) return new PlainPart(context, await PartFile.temporary(target, identity.fileId, context.fs))
  try {
    const journalPath = `${path}.journal`
    const done = await usable(path, await readJournal(journalPath, identity))
    const file = await PartFile.lasting(target, identity.fileId, context.fs, done.length > 0)
    const journal = await PartJournal.continued(journalPath, identity, done)
    return new JournaledPart(context, file, journal, lease, done, verify && identity.sha512 !== undefined)
  } catch (error) {
    await lease.release()
    throw error
  }
}

async function usable(path: string, done: readonly ByteRange[] | undefined): Promise<ByteRange[]> {
  const size = (await stat(path).catch(() => undefined))?.size ?? 0
  return (done ?? []).filter(({ end }) => end < size)
}

/** One that nobody goes on with. */
class PlainPart implements ResumablePart {
  readonly done = []
  readonly file: PartFile
  readonly #context: TransferContext

  constructor(context: TransferContext, file: PartFile) {
    this.#context = context
    this.file = file
  }

  follow(): void {}

  write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    return this.file.write(chunks, position)
  }

  restarted(): void {}

  keep(): Promise<void> {
    return this.discard()
  }

  commit(target: string, options: { overwrite: boolean; durable: boolean }): Promise<void> {
    return this.file.commit(target, this.#context.clock, options)
  }

  discard(): Promise<void> {
    return this.file.discard()
  }
}

class JournaledPart implements ResumablePart {
  readonly file: PartFile
  readonly done: readonly ByteRange[]
  readonly #context: TransferContext
  readonly #journal: PartJournal
  readonly #lease: PartLease
  readonly #verifiable: boolean
  readonly #journaled = new Map<Segment, number>()
  #plan: SegmentPlan | undefined
  #unjournaled = 0
  /** Not in the journal either, before the flush that is under way has ended. */
  #beingJournaled = 0
  #flushedAt: number
  #flushing: Promise<void> | undefined
  #reset = false

  constructor(
    context: TransferContext,
    file: PartFile,
    journal: PartJournal,
    lease: PartLease,
    done: readonly ByteRange[],
    verifiable: boolean,
  ) {
    this.#context = context
    this.file = file
    this.#journal = journal
    this.#lease = lease
    this.done = done
    this.#verifiable = verifiable
    this.#flushedAt = context.clock.now()
  }

  /** Journals what the plan says is written. */
  follow(plan: SegmentPlan): void {
    this.#plan = plan
    for (const segment of plan.segments()) this.#journaled.set(segment, segment.next)
  }

  async write(chunks: readonly Uint8Array[], position: number): Promise<void> {
    await this.file.write(chunks, position)
    this.#unjournaled += chunks.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (this.#isDue()) this.#startFlush()
    if (this.#unjournaled + this.#beingJournaled > MOST_UNJOURNALED) await this.#flushing
  }

  restarted(): void {
    this.#reset = true
    this.#journaled.clear()
  }

  async keep(): Promise<void> {
    try {
      await this.#flushing
      await this.#flush()
    } finally {
      await this.#close()
    }
  }

  async commit(target: string, options: { overwrite: boolean; durable: boolean }): Promise<void> {
    await this.#flushing
    await this.file.commit(target, this.#context.clock, options)
    await this.#context.fs.remove(this.#journal.path)
    await this.#close()
  }

  async discard(): Promise<void> {
    await this.#flushing
    // The journal first: a part file without one counts for nothing.
    await this.#context.fs.remove(this.#journal.path)
    await this.file.discard()
    await this.#close()
  }

  async #close(): Promise<void> {
    await this.file.close()
    await this.#journal.close()
    await this.#lease.release()
  }

  #isDue(): boolean {
    if (this.#flushing) return false
    const most = this.#verifiable ? JOURNAL_BYTES : SYNCED_JOURNAL_BYTES
    return this.#unjournaled >= most || this.#context.clock.now() - this.#flushedAt >= JOURNAL_MS
  }

  #startFlush(): void {
    // What cannot be journaled is only fetched again after a crash; the next write will tell of a full disk.
    this.#flushing = this.#flush()
      .catch(() => {})
      .finally(() => {
        this.#flushing = undefined
      })
  }

  async #flush(): Promise<void> {
    this.#flushedAt = this.#context.clock.now()
    this.#beingJournaled = this.#unjournaled
    this.#unjournaled = 0
    const text = this.#news()
    try {
      // The SHA-512 finds bytes that a power failure has lost; where there is none, they must be on the disk before.
      if (text !== '' && !this.#verifiable) await this.file.sync()
      await this.#journal.append(text)
    } finally {
      this.#beingJournaled = 0
    }
    await this.#lease.beat()
  }

  #news(): string {
    const records = this.#reset ? [RESET_RECORD] : []
    this.#reset = false
    for (const segment of this.#plan?.segments() ?? []) {
      const from = this.#journaled.get(segment) ?? segment.start
      if (segment.next <= from) continue
      records.push(journalRecord({ start: from, end: segment.next - 1 }))
      this.#journaled.set(segment, segment.next)
    }
    return records.join('')
  }
}
