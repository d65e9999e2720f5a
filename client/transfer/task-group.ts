import { AbortedError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { shared } from './shared-signal.ts'

/** Tasks that succeed or fail together: the first failure stops the others, and is the one that is thrown. */
export class TaskGroup {
  readonly #controller = new AbortController()
  readonly #tasks: Promise<void>[] = []
  readonly #outer: AbortSignal | undefined
  #failure: { readonly error: unknown } | undefined

  constructor(signal?: AbortSignal) {
    shared(this.#controller.signal)
    shared(signal)
    this.#outer = signal
    if (signal?.aborted) this.#onAbort()
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
    this.#failure ??= { error: aborted(this.#outer?.reason) }
    this.#controller.abort(this.#outer?.reason)
  }

  #fail(error: unknown): void {
    // Of an abort, whoever had a request under way knows more than the signal.
    const knowsMore = isAbortWith(error, true) && isAbortWith(this.#failure?.error, false)
    if (!this.#failure || knowsMore) this.#failure = { error }
    this.#controller.abort(error)
  }
}

function isAbortWith(error: unknown, hasRequest: boolean): boolean {
  return error instanceof AbortedError && (error.requestId !== undefined) === hasRequest
}

/** What two tasks give that go on at the same time. The first failure stops the other, which is waited for. */
export async function together<A, B>(
  signal: AbortSignal | undefined,
  one: (signal: AbortSignal) => Promise<A>,
  other: (signal: AbortSignal) => Promise<B>,
): Promise<[A, B]> {
  const group = new TaskGroup(signal)
  const results = [one(group.signal), other(group.signal)] as const
  for (const result of results) group.run(async () => void (await result))
  await group.done()
  return Promise.all(results)
}

/** Runs `task` for every item, at most `parallel` at a time, in their order. The first failure stops the others. */
export async function inGroup<T>(
  items: readonly T[],
  parallel: number,
  signal: AbortSignal | undefined,
  task: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const group = new TaskGroup(signal)
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) {
      if (group.signal.aborted) return
      await task(item, group.signal)
    }
  }
  for (let count = Math.max(1, Math.min(parallel, items.length)); count > 0; count--) group.run(worker)
  await group.done()
}
