/** Lets so many of each kind go on at once; the others wait in line. */
export class Turns {
  readonly #atOnce: number
  readonly #lines = new Map<string, { free: number; readonly waiting: (() => void)[] }>()

  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** Answers what ends the turn; null when the wait was given up. */
  async take(kind: string, signal: AbortSignal): Promise<(() => void) | null> {
    const line = this.#lines.get(kind) ?? { free: this.#atOnce, waiting: [] }
    this.#lines.set(kind, line)
    if (line.free > 0) line.free -= 1
    else if (!(await isCalled(line.waiting, signal))) return null
    return () => this.#end(kind, line)
  }

  #end(kind: string, line: { free: number; readonly waiting: (() => void)[] }): void {
    const next = line.waiting.shift()
    if (next) next()
    else line.free += 1
    if (line.free === this.#atOnce) this.#lines.delete(kind)
  }
}

/** False when the signal comes first; then somebody else is called. */
function isCalled(waiting: (() => void)[], signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false)
  return new Promise((resolve) => {
    const call = (): void => {
      signal.removeEventListener('abort', giveUp)
      resolve(true)
    }
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(call), 1)
      resolve(false)
    }
    waiting.push(call)
    signal.addEventListener('abort', giveUp, { once: true })
  })
}
