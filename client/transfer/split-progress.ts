import type { TransferEvent } from './events.ts'
import type { TrackedItem } from './tracker.ts'
import type { Progress, UploadOptions } from './upload.ts'

/** How far a file is whose parts are uploaded for it: bytes of the file, whatever its parts were compressed to. */
export class SplitProgress {
  readonly #item: TrackedItem
  readonly #size: number
  readonly #onProgress: ((progress: Progress) => void) | undefined
  readonly #parts = new Map<string, number>()

  constructor(item: TrackedItem, size: number, onProgress: ((progress: Progress) => void) | undefined) {
    this.#item = item
    this.#size = size
    this.#onProgress = onProgress
  }

  /** What the upload of a part, which stands for so many bytes of the file, tells. */
  of(part: string, bytes: number): Required<Pick<UploadOptions, 'onProgress' | 'onEvent'>> {
    return {
      onProgress: ({ transferred, total }) =>
        this.#reached(part, total ? (bytes * transferred) / total : bytes),
      onEvent: ({ type, error, delayMs = 0 }: TransferEvent) => {
        if (type === 'retrying' && error) this.#item.retrying(error, delayMs)
      },
    }
  }

  /** The part is there, sent or not. */
  done(part: string, bytes: number): void {
    this.#reached(part, bytes)
  }

  #reached(part: string, bytes: number): void {
    if (this.#parts.get(part) === bytes) return
    this.#parts.set(part, bytes)
    const sum = [...this.#parts.values()].reduce((all, one) => all + one, 0)
    const transferred = Math.min(Math.round(sum), this.#size)
    this.#item.progress(transferred)
    this.#onProgress?.({ transferred, total: this.#size })
  }
}
