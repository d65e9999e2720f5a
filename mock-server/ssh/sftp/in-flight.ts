/** Bytes that were asked for and not answered, or taken and not written yet. Bounds the memory of one SFTP session. */
export const MAX_IN_FLIGHT_BYTES = 4 * 1024 * 1024

/** Counts the reads and writes under way, so that others can wait for room or for silence. */
export class InFlight {
  #bytes = 0
  #count = 0
  #wakers: (() => void)[] = []

  start(bytes: number): void {
    this.#bytes += bytes
    this.#count += 1
  }

  finish(bytes: number): void {
    this.#bytes -= bytes
    this.#count -= 1
    const wakers = this.#wakers
    this.#wakers = []
    for (const wake of wakers) wake()
  }

  async room(): Promise<void> {
    while (this.#bytes > MAX_IN_FLIGHT_BYTES) await this.#change()
  }

  async silence(): Promise<void> {
    while (this.#count > 0) await this.#change()
  }

  get crowded(): boolean {
    return this.#bytes > MAX_IN_FLIGHT_BYTES
  }

  get silent(): boolean {
    return this.#count === 0
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#wakers.push(resolve))
  }
}
