import type { TransferEvent } from '../transfer/events.ts'
import { bytes, duration } from './format.ts'
import type { Terminal } from './io.ts'
import { printableLine } from './printable.ts'
import { widthOf } from './table.ts'

/** How far something is. */
export interface Standing {
  readonly label: string
  readonly bytes: number
  readonly total: number | undefined
  readonly bytesPerSecond: number
  readonly etaMs: number | undefined
}

const BAR_CELLS = 24
/** Redraws of a terminal, at most; lines elsewhere. */
const REDRAW_MS = 100
export const LINE_MS = 10_000
/** The same words within so long are said once. */
const REPEATED_MS = 5_000
const DEFAULT_COLUMNS = 80

/** Shows how far a transfer is: a bar with rate and ETA on a terminal, a plain line every ten seconds elsewhere. */
export class ProgressDisplay {
  readonly #stream: Terminal
  readonly #now: () => number
  readonly #startedAt: number
  #last: Standing | undefined
  #shownAt: number
  #isDrawn = false
  #said: { readonly text: string; readonly at: number } | undefined

  constructor(stream: Terminal, now: () => number = () => Date.now()) {
    this.#stream = stream
    this.#now = now
    this.#startedAt = now()
    // A transfer that is over in a moment leaves no plain line behind.
    this.#shownAt = stream.isTTY ? 0 : this.#startedAt
  }

  show(standing: Standing): void {
    const at = this.#now()
    this.#last = standing
    if (at - this.#shownAt < (this.#stream.isTTY ? REDRAW_MS : LINE_MS)) return
    this.#shownAt = at
    if (this.#stream.isTTY) this.#draw(standing)
    else this.#stream.write(`${printableLine(standing.label)}: ${textOf(standing)}\n`)
  }

  /** For the events of a call that transfers files. */
  readonly onEvent = (event: TransferEvent): void => {
    const { item, all, type, error, delayMs } = event
    if (type === 'retrying') this.#sayOnce(`${item.name}: ${error?.message}; again ${when(delayMs ?? 0)}`)
    this.show({
      label:
        all.files === 1
          ? `${item.direction} ${item.name}`
          : `${item.direction} ${all.finished}/${all.files} files`,
      bytes: all.bytes,
      total: all.total,
      bytesPerSecond: all.bytesPerSecond,
      etaMs: all.etaMs,
    })
  }

  /** For calls that only tell bytes. */
  onProgress(label: string): (progress: { transferred: number; total: number | undefined }) => void {
    return ({ transferred, total }) => {
      const seconds = (this.#now() - this.#startedAt) / 1000
      const bytesPerSecond = seconds > 0 ? transferred / seconds : 0
      const isKnown = total !== undefined && bytesPerSecond > 0
      const etaMs = isKnown ? ((total - transferred) / bytesPerSecond) * 1000 : undefined
      this.show({ label, bytes: transferred, total, bytesPerSecond, etaMs })
    }
  }

  /** The last word, and on a terminal the end of the bar. */
  done(): void {
    this.clear()
    const isWorthAWord = this.#stream.isTTY || this.#now() - this.#startedAt >= LINE_MS
    if (!this.#last || !isWorthAWord) return
    const ms = Math.max(this.#now() - this.#startedAt, 1)
    const rate = bytes(Math.round((this.#last.bytes / ms) * 1000))
    const text = `${bytes(this.#last.bytes)} in ${duration(ms)}, ${rate}/s`
    this.#stream.write(`${printableLine(this.#last.label)}: ${text}\n`)
  }

  clear(): void {
    if (this.#isDrawn) this.#stream.write('\r\u001b[K')
    this.#isDrawn = false
  }

  /** Several connections of a file fail together: that is one thing to tell. */
  #sayOnce(text: string): void {
    const at = this.#now()
    if (text === this.#said?.text && at - this.#said.at < REPEATED_MS) return
    this.#said = { text, at }
    this.clear()
    this.#stream.write(`${printableLine(text)}\n`)
  }

  #draw(standing: Standing): void {
    const { bytes: there, total } = standing
    const cells = Math.floor(share(there, total) * BAR_CELLS)
    const bar = `[${'#'.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}]`
    const rest = ` ${bar} ${textOf(standing)}`
    const room = (this.#stream.columns || DEFAULT_COLUMNS) - 1 - widthOf(rest)
    this.#stream.write(`\r\u001b[K${clipped(printableLine(standing.label), Math.max(room, 8))}${rest}`)
    this.#isDrawn = true
  }
}

const when = (ms: number): string => (ms < 1_000 ? 'at once' : `in ${duration(ms)}`)

function textOf({ bytes: there, total, bytesPerSecond, etaMs }: Standing): string {
  const rate = `${bytes(Math.round(bytesPerSecond))}/s`
  const parts = [total ? `${Math.floor(share(there, total) * 100)}% of ${bytes(total)}` : bytes(there), rate]
  if (etaMs !== undefined && bytesPerSecond > 0) parts.push(`ETA ${duration(etaMs)}`)
  return parts.join(', ')
}

function share(there: number, total: number | undefined): number {
  return total ? Math.min(there / total, 1) : 0
}

function clipped(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${[...text].slice(0, Math.max(columns - 1, 1)).join('')}…`
}
