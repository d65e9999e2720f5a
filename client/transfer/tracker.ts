import type { Clock } from '../clock.ts'
import { tell } from '../requests/events.ts'
import type { OnTransferEvent, TransferEvent, TransferEventType, TransferItem } from './events.ts'
import { RateMeter } from './rate-meter.ts'

export const PROGRESS_MS = 100

type Details = Pick<TransferEvent, 'error' | 'delayMs'>

/** Tells what happens to the files of one call, each with where the whole stands. */
export class TransferTracker {
  readonly clock: Clock
  readonly #onEvent: OnTransferEvent | undefined
  readonly #meter: RateMeter
  #files = 0
  #finished = 0
  #total = 0
  #bytes = 0
  #moved = 0

  constructor(clock: Clock, onEvent?: OnTransferEvent) {
    this.clock = clock
    this.#onEvent = onEvent
    this.#meter = new RateMeter(clock)
  }

  /** Counts a file into the whole; it may start much later. */
  add(item: Omit<TransferItem, 'bytes' | 'fileId'> & { fileId?: string }): TrackedItem {
    this.#files++
    this.#total += item.total
    return new TrackedItem(this, { fileId: undefined, ...item })
  }

  /** For the files' own use: so many bytes more, of which this call has moved some. */
  count(bytes: number, moved: number): void {
    this.#bytes += bytes
    // What was there already is no achievement of this call: its rate would be absurd.
    this.#moved += moved
  }

  /** For the files' own use. */
  over(): void {
    this.#finished++
  }

  /** For the files' own use. */
  tell(type: TransferEventType, item: TransferItem, details: Details): void {
    if (!this.#onEvent) return
    this.#meter.reached(this.#moved)
    const bytesPerSecond = this.#meter.bytesPerSecond()
    const left = this.#total - this.#bytes
    const all = {
      files: this.#files,
      finished: this.#finished,
      bytes: this.#bytes,
      total: this.#total,
      bytesPerSecond,
      etaMs: bytesPerSecond > 0 ? (left / bytesPerSecond) * 1000 : undefined,
    }
    tell(this.#onEvent, { type, item, all, ...details })
  }
}

/** One file of a call, from its start to its end. */
export class TrackedItem {
  readonly #tracker: TransferTracker
  #item: TransferItem
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(tracker: TransferTracker, item: Omit<TransferItem, 'bytes'>) {
    this.#tracker = tracker
    this.#item = { ...item, bytes: 0 }
  }

  started(): void {
    this.#tell('started')
  }

  /** So many bytes were there from an earlier call. */
  resumed(bytes: number): void {
    this.#set(bytes, { moved: false })
    this.#tell('resumed')
  }

  progress(bytes: number): void {
    this.#set(bytes)
    const now = this.#tracker.clock.now()
    if (now - this.#toldAt < PROGRESS_MS) return
    this.#toldAt = now
    this.#tell('progress')
  }

  retrying(error: Error, delayMs: number): void {
    this.#tell('retrying', { error, delayMs })
  }

  restarted(): void {
    this.#set(0)
    this.#tell('restarted')
  }

  /** `fileId` is undefined for one that was uploaded in parts. */
  finished(fileId: string | undefined): void {
    this.#set(this.#item.total)
    this.#end('finished', fileId)
  }

  /** Nothing had to be moved. */
  skipped(type: 'skipped' | 'reused', fileId: string | undefined): void {
    this.#set(this.#item.total, { moved: false })
    this.#end(type, fileId)
  }

  failed(error: unknown): void {
    this.#tracker.over()
    this.#tell('failed', { error: error instanceof Error ? error : new Error(String(error)) })
  }

  #end(type: TransferEventType, fileId: string | undefined): void {
    this.#item = { ...this.#item, fileId }
    this.#tracker.over()
    this.#tell(type)
  }

  #set(bytes: number, { moved } = { moved: true }): void {
    const more = bytes - this.#item.bytes
    this.#item = { ...this.#item, bytes }
    this.#tracker.count(more, moved ? more : 0)
  }

  #tell(type: TransferEventType, details: Details = {}): void {
    this.#tracker.tell(type, this.#item, details)
  }
}
