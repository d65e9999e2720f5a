import type { SFTPWrapper, Stats } from 'ssh2'
import { answered, type Done } from './answered.ts'

const NO_SUCH_FILE = 2

/**
 * One SFTP session. One that ends under way leaves requests without an answer: whoever waits for one here hears of it.
 */
export class FileSession {
  readonly #sftp: SFTPWrapper
  #isOpen = true

  constructor(sftp: SFTPWrapper) {
    this.#sftp = sftp
    sftp.once('close', () => {
      this.#isOpen = false
    })
  }

  /** What it answers to a request. */
  async ask<T = void>(start: (sftp: SFTPWrapper, done: Done<T>) => unknown): Promise<T> {
    const lost = () => new Error('the file session ended')
    if (!this.#isOpen) throw lost()
    return answered<T>(this.#sftp, lost, (done) => start(this.#sftp, done))
  }

  /** What is at a path or, with `lstat`, whether a link is; undefined only where the answer is that nothing is there. */
  async find(path: string, way: 'stat' | 'lstat' = 'stat'): Promise<Stats | undefined> {
    try {
      return await this.ask<Stats>((sftp, done) => sftp[way](path, done))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === NO_SUCH_FILE) return undefined
      throw error
    }
  }

  end(): void {
    this.#sftp.end()
  }
}
