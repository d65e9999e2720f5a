import type { Readable } from 'node:stream'

/** More than this is not taken from the channel before somebody asks; ssh2's window does the rest. */
const MAX_QUEUED_BYTES = 1024 * 1024

/** The bytes that a client sends on a channel, in the pieces in which they came. */
export class ChannelInput {
  readonly #channel: Readable
  #queue: Buffer[] = []
  #queuedBytes = 0
  #ended = false
  #waker: (() => void) | null = null

  constructor(channel: Readable) {
    this.#channel = channel
    channel.on('data', (chunk: Buffer) => this.#add(chunk))
    channel.on('end', () => this.close())
  }

  /** Whether `take` answers at once with a piece. */
  get ready(): boolean {
    return this.#queue.length > 0
  }

  /** The next piece, at once where there is one; null at the end. One caller at a time. */
  take(): Buffer | null | Promise<Buffer | null> {
    const chunk = this.#queue.shift()
    if (chunk !== undefined) return this.#give(chunk)
    if (this.#ended) return null
    return new Promise((resolve) => {
      this.#waker = () => resolve(this.take())
    })
  }

  /** Puts the unused rest of a piece back in front. */
  giveBack(chunk: Buffer): void {
    if (chunk.length === 0) return
    this.#queue.unshift(chunk)
    this.#queuedBytes += chunk.length
  }

  /** Nothing more will come. What is queued can still be taken. */
  close(): void {
    this.#ended = true
    this.#wake()
  }

  #add(chunk: Buffer): void {
    this.#queue.push(chunk)
    this.#queuedBytes += chunk.length
    if (this.#queuedBytes > MAX_QUEUED_BYTES) this.#channel.pause()
    this.#wake()
  }

  #give(chunk: Buffer): Buffer {
    this.#queuedBytes -= chunk.length
    if (this.#queuedBytes <= MAX_QUEUED_BYTES / 2 && this.#channel.isPaused()) this.#channel.resume()
    return chunk
  }

  #wake(): void {
    const wake = this.#waker
    this.#waker = null
    wake?.()
  }
}
