/** Waits without keeping the process alive; ends early when aborted. */
export type IdleSleep = (ms: number, signal: AbortSignal) => Promise<void>

export const idleSleep: IdleSleep = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, ms)
    timer.unref()
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })

export interface HeartbeatOptions {
  readonly everyMs: number
  readonly beat: () => Promise<void>
  readonly onProblem: (error: unknown) => void
  readonly sleep?: IdleSleep
}

/** Beats every `everyMs` until it is stopped. A beat that fails is reported, and the next one tried. */
export class Heartbeat {
  readonly #stopped = new AbortController()

  constructor(options: HeartbeatOptions) {
    void this.#run(options)
  }

  stop(): void {
    this.#stopped.abort()
  }

  async #run({ everyMs, beat, onProblem, sleep = idleSleep }: HeartbeatOptions): Promise<void> {
    const { signal } = this.#stopped
    for (;;) {
      await sleep(everyMs, signal)
      if (signal.aborted) return
      try {
        await beat()
      } catch (error) {
        if (!signal.aborted) onProblem(error)
      }
    }
  }
}
