import { setMaxListeners } from 'node:events'
import { aborted } from '../failures.ts'

/** Tasks that succeed or fail together: the first failure stops the others, and is the one that is thrown. */
export class TaskGroup {
  readonly #controller = new AbortController()
  readonly #tasks: Promise<void>[] = []
  readonly #outer: AbortSignal | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(signal?: AbortSignal) {
    // Every task listens to it; Node would take more than ten for a leak.
    setMaxListeners(0, this.#controller.signal)
    this.#outer = signal
    if (signal?.aborted) this.#fail(aborted(signal.reason))
    signal?.addEventListener('abort', this.#onAbort, { once: true })
  }

  /** Aborted when a task has failed, or the signal of the whole. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  run(task: () => Promise<void>): void {
    this.#tasks.push(task().catch((error) => this.#fail(error)))
  }

  /** Resolves when all tasks are over, those included that tasks have added meanwhile. */
  async done(): Promise<void> {
    for (let index = 0; index < this.#tasks.length; index++) await this.#tasks[index]
    this.#outer?.removeEventListener('abort', this.#onAbort)
    if (this.#failure) throw this.#failure.error
  }

  readonly #onAbort = () => {
    this.#fail(aborted(this.#outer?.reason))
  }

  #fail(error: unknown): void {
    this.#failure ??= { error }
    this.#controller.abort(error)
  }
}
