import type { Clock } from '../clock.ts'
import type { ScopeState } from './scopes.ts'
import type { TokenBucket } from './token-bucket.ts'

/** How a request waits at a gate. */
export interface GateWait {
  readonly waitMs: number
  /** The next to go is 1. */
  readonly position: number
  /** `retry-after`: the platform asked for it. `limit`: the client keeps below the platform's limit. */
  readonly reason: 'limit' | 'retry-after'
}

interface Waiter {
  pass(): void
  refuse(blockedMs: number): void
}

/**
 * Where requests of one scope wait for their turn, first come, first served: for a token of the bucket, and for
 * the end of a pause that the platform asked for.
 */
export class Gate {
  readonly #clock: Clock
  readonly #bucket: TokenBucket | undefined
  readonly #maxBlockedMs: number
  readonly #queue: Waiter[] = []
  #blockedUntil = 0
  #pumping = false
  #sleep = new AbortController()

  /** Without a bucket only the platform's own pauses hold requests up. */
  constructor(clock: Clock, bucket: TokenBucket | undefined, maxBlockedMs: number) {
    this.#clock = clock
    this.#bucket = bucket
    this.#maxBlockedMs = maxBlockedMs
  }

  /**
   * Resolves with undefined when it is the caller's turn, or at once with the rest of a pause that is longer than
   * anyone should wait. Rejects with the signal's reason.
   */
  enter(
    signal: AbortSignal | undefined,
    onWait: (wait: GateWait) => void = () => {},
  ): Promise<number | undefined> {
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#blockedMs() > this.#maxBlockedMs) return Promise.resolve(this.#blockedMs())
    if (this.#queue.length === 0 && this.#take()) return Promise.resolve(undefined)
    const wait = this.#waitOfNext()
    if (wait.waitMs > 0) onWait(wait)
    return this.#enqueue(signal)
  }

  /** Nobody of this scope sends anything for so long. */
  block(ms: number): void {
    const now = this.#clock.now()
    // Requests that were on their way together are refused together: that is one refusal.
    if (this.#blockedMs() === 0) this.#bucket?.refused(now)
    this.#blockedUntil = Math.max(this.#blockedUntil, now + ms)
    if (this.#blockedMs() <= this.#maxBlockedMs) return
    for (const waiter of this.#queue.splice(0)) waiter.refuse(this.#blockedMs())
    this.#sleep.abort()
  }

  accepted(): void {
    this.#bucket?.accepted()
  }

  get state(): Omit<ScopeState, 'scope' | 'limit'> {
    return {
      perSecond: this.#bucket?.perSecond,
      atOnce: this.#bucket?.atOnce(this.#clock.now()),
      pausedMs: this.#blockedMs(),
      waiting: this.#queue.length,
    }
  }

  #enqueue(signal: AbortSignal | undefined): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const settle = (settled: () => void) => {
        signal?.removeEventListener('abort', leave)
        settled()
      }
      const waiter: Waiter = {
        pass: () => settle(() => resolve(undefined)),
        refuse: (blockedMs) => settle(() => resolve(blockedMs)),
      }
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1)
        // Nobody is left to wait: a timer would only keep the process alive.
        if (this.#queue.length === 0) this.#sleep.abort()
        settle(() => reject(signal?.reason))
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#queue.push(waiter)
      void this.#pump()
    })
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    while (this.#queue.length > 0) {
      if (this.#take()) this.#queue.shift()?.pass()
      else await this.#rest(this.#waitMs(1))
    }
    this.#pumping = false
  }

  async #rest(ms: number): Promise<void> {
    this.#sleep = new AbortController()
    await this.#clock.sleep(ms, this.#sleep.signal).catch(() => {})
  }

  #take(): boolean {
    return this.#blockedMs() === 0 && (this.#bucket?.take(this.#clock.now()) ?? true)
  }

  #blockedMs(): number {
    return Math.max(0, this.#blockedUntil - this.#clock.now())
  }

  #waitMs(tokens: number): number {
    const blocked = this.#blockedMs()
    return Math.max(blocked, this.#bucket?.waitMs(tokens, this.#clock.now()) ?? 0)
  }

  #waitOfNext(): GateWait {
    const position = this.#queue.length + 1
    const reason = this.#blockedMs() > 0 ? 'retry-after' : 'limit'
    return { waitMs: this.#waitMs(position), position, reason }
  }
}
