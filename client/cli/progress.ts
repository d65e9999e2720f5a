import type { Progress } from '../transfer/upload.ts'
import { bytes, duration } from './format.ts'
import type { Terminal } from './io.ts'
import { printableLine } from './printable.ts'
import { widthOf } from './table.ts'

const BAR_CELLS = 24
/** Redraws of a terminal, at most; lines elsewhere. */
const REDRAW_MS = 100
const LINE_MS = 10_000
/** The rate is that of the last so many milliseconds. */
const RATE_WINDOW_MS = 5_000
const DEFAULT_COLUMNS = 80

interface Sample {
  readonly at: number
  readonly transferred: number
}

/** Shows how far a transfer is: a bar with rate and ETA on a terminal, a plain line every ten seconds elsewhere. */
export class ProgressDisplay {
  readonly #stream: Terminal
  readonly #label: string
  readonly #now: () => number
  readonly #startedAt: number
  #samples: Sample[] = []
  #last: Progress = { transferred: 0, total: undefined }
  #shownAt: number
  #isDrawn = false

  constructor(stream: Terminal, label: string, now: () => number = () => Date.now()) {
    this.#stream = stream
    this.#label = printableLine(label)
    this.#now = now
    this.#startedAt = now()
    // A transfer that is over in a moment leaves no plain line behind.
    this.#shownAt = stream.isTTY ? 0 : this.#startedAt
  }

  readonly update = (progress: Progress): void => {
    const at = this.#now()
    this.#last = progress
    this.#samples.push({ at, transferred: progress.transferred })
    while ((this.#samples[0]?.at ?? at) < at - RATE_WINDOW_MS) this.#samples.shift()
    if (at - this.#shownAt < (this.#stream.isTTY ? REDRAW_MS : LINE_MS)) return
    this.#shownAt = at
    if (this.#stream.isTTY) this.#draw(at)
    else this.#stream.write(`${this.#label}: ${this.#text(at)}\n`)
  }

  /** The last word, and on a terminal the end of the bar. */
  done(): void {
    const seconds = Math.max(this.#now() - this.#startedAt, 1) / 1000
    const { transferred } = this.#last
    const rate = bytes(Math.round(transferred / seconds))
    const text = `${this.#label}: ${bytes(transferred)} in ${duration(seconds * 1000)}, ${rate}/s`
    this.clear()
    this.#stream.write(`${text}\n`)
  }

  clear(): void {
    if (this.#isDrawn) this.#stream.write('\r\u001b[K')
    this.#isDrawn = false
  }

  #draw(at: number): void {
    const { transferred, total } = this.#last
    const share = total ? Math.min(transferred / total, 1) : 0
    const cells = Math.floor(share * BAR_CELLS)
    const bar = `[${'#'.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}]`
    const rest = ` ${bar} ${this.#text(at)}`
    const room = (this.#stream.columns ?? DEFAULT_COLUMNS) - 1 - widthOf(rest)
    this.#stream.write(`\r\u001b[K${clipped(this.#label, Math.max(room, 8))}${rest}`)
    this.#isDrawn = true
  }

  #text(at: number): string {
    const { transferred, total } = this.#last
    const rate = this.#rate(at)
    const parts = [
      total ? `${Math.floor((transferred / total) * 100)}% of ${bytes(total)}` : bytes(transferred),
      `${bytes(Math.round(rate))}/s`,
    ]
    if (total && rate > 0) parts.push(`ETA ${duration(((total - transferred) / rate) * 1000)}`)
    return parts.join(', ')
  }

  #rate(at: number): number {
    const [first] = this.#samples
    if (!first || at <= first.at) return 0
    return Math.max(0, ((this.#last.transferred - first.transferred) / (at - first.at)) * 1000)
  }
}

function clipped(text: string, columns: number): string {
  return widthOf(text) <= columns ? text : `${[...text].slice(0, Math.max(columns - 1, 1)).join('')}…`
}
