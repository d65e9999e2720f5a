import type { SFTPWrapper } from 'ssh2'

type Done<T> = (error: Error | null | undefined, value: T) => void

/**
 * One SFTP session. One that ends under way leaves requests without an answer: whoever waits for one here hears of it.
 */
export class FileSession {
  readonly #sftp: SFTPWrapper
  readonly #waiting = new Set<() => void>()
  #isOpen = true

  constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp
    sftp.once('close', () => {
      this.#isOpen = false
      for (const lost of this.#waiting) lost()
    })
  }

  /** What it answers to a request. */
  ask<T = void>(start: (sftp: SFTPWrapper, done: Done<T>) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      const lost = () => reject(new Error('the file session ended'))
      if (!this.#isOpen) return lost()
      this.#waiting.add(lost)
      start(this.#sftp, (error, value) => {
        this.#waiting.delete(lost)
        if (error) reject(error)
        else resolve(value)
      })
    })
  }

  end(): void {
    this.#sftp.end()
  }
}
