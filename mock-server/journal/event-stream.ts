import type { JournalEntry } from './entry.ts'
import { type EntryFilter, isMeant } from './filter.ts'
import type { Journal } from './journal.ts'
import type { Timer } from './verify.ts'

/** Between two signs of life, so that proxies and clients keep the connection. Milliseconds. */
export const HEARTBEAT = 15_000

/** Entries that may wait to be told again, because their body has passed. */
const MOST_COMPLETED = 1_000

export interface EventStreamOptions {
  readonly filter: EntryFilter
  readonly timer: Timer
  readonly signal: AbortSignal
}

/**
 * New entries as server-sent events, from `filter.after` on, until the client leaves. Nothing is queued for slow clients:
 * they read on in the journal where they were, and are told of what had to make room meanwhile.
 */
export async function* journalEvents(
  journal: Journal,
  { filter, timer, signal }: EventStreamOptions,
): AsyncGenerator<Uint8Array> {
  const news = new News(journal, timer, signal)
  let next = (filter.after ?? journal.lastNumber) + 1
  try {
    yield line(': the journal of this key\n\n')
    while (!signal.aborted) {
      const entry = journal.firstFrom(next)
      if (entry) {
        if (entry.number > next) yield droppedEvent(entry.number - next)
        next = entry.number + 1
        yield* told(entry, filter)
      } else {
        for (const number of news.takeCompleted()) yield* told(journal.entry(number), filter)
        if (journal.lastNumber < next && !(await news.some())) yield line(':\n\n')
      }
    }
  } finally {
    news.close()
  }
}

function* told(entry: JournalEntry | undefined, filter: EntryFilter): Generator<Uint8Array> {
  if (entry && isMeant(entry, { ...filter, after: undefined }))
    yield line(`id: ${entry.number}\nevent: entry\ndata: ${JSON.stringify(entry)}\n\n`)
}

const droppedEvent = (count: number): Uint8Array => line(`event: dropped\ndata: {"count":${count}}\n\n`)

const line = (text: string): Uint8Array => Buffer.from(text)

/** Wakes whoever waits, and remembers which entries were completed after they had been told. */
class News {
  readonly #timer: Timer
  readonly #signal: AbortSignal
  readonly #unsubscribe: () => void
  readonly #completed = new Set<number>()
  #wake: (isNew: boolean) => void = () => undefined
  #newest: number

  constructor(journal: Journal, timer: Timer, signal: AbortSignal) {
    this.#timer = timer
    this.#signal = signal
    this.#newest = journal.lastNumber
    this.#unsubscribe = journal.onEntry((number) => this.#note(number))
    signal.addEventListener('abort', this.#stop)
  }

  takeCompleted(): readonly number[] {
    const numbers = [...this.#completed]
    this.#completed.clear()
    return numbers
  }

  /** Resolves when there is something new; false when only time has passed, or the client has left. */
  async some(): Promise<boolean> {
    if (this.#completed.size > 0) return true
    if (this.#signal.aborted) return false
    let cancel = (): void => undefined
    const isNew = await new Promise<boolean>((resolve) => {
      this.#wake = resolve
      cancel = this.#timer.after(HEARTBEAT, () => resolve(false))
    })
    cancel()
    return isNew
  }

  close(): void {
    this.#unsubscribe()
    this.#signal.removeEventListener('abort', this.#stop)
  }

  #note(number: number): void {
    if (number > this.#newest) this.#newest = number
    else if (this.#completed.size < MOST_COMPLETED) this.#completed.add(number)
    this.#wake(true)
  }

  readonly #stop = (): void => this.#wake(false)
}
