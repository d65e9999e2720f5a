import { type FileHandle, link, open } from 'node:fs/promises'
import type { Instant } from '../../domain/instant.ts'
import { formatLogLine } from '../../domain/process-output.ts'
import type { ShellLimits } from './limits.ts'
import { LogLines } from './log-lines.ts'

const newline = 0x0a

/** `process_output.log` while it is written: readable at any time, up to the last line that ended. */
export class ProcessLog {
  readonly #file: FileHandle
  readonly #now: () => Instant
  readonly #limits: ShellLimits
  readonly #lines: LogLines
  #room: number

  readonly #path: string
  #isOpen = true
  /** Is shown each line that a command writes. */
  onLine: ((line: Uint8Array) => void) | null = null

  private constructor(path: string, file: FileHandle, now: () => Instant, limits: ShellLimits) {
    this.#path = path
    this.#file = file
    this.#now = now
    this.#limits = limits
    this.#lines = new LogLines(limits.logLineBytes)
    this.#room = limits.logBytes
  }

  static async open(path: string, now: () => Instant, limits: ShellLimits): Promise<ProcessLog> {
    return new ProcessLog(path, await open(path, 'a', 0o644), now, limits)
  }

  /** Adds a line of the platform's own, whatever the size of the log. */
  async line(text: string): Promise<void> {
    await this.#file.write(formatLogLine(this.#now(), text))
  }

  /** Adds what a command wrote. */
  async output(chunk: Uint8Array): Promise<void> {
    await this.#add(this.#lines.take(chunk))
  }

  /** Ends a line that the command left open. */
  async endLine(): Promise<void> {
    await this.#add(this.#lines.rest())
  }

  /** Gives the log a second name, where commands expect it; theirs to remove. Left out where there are no hard links. */
  async showIn(path: string): Promise<void> {
    await link(this.#path, path).catch(() => {})
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.#file.close()
  }

  async #add(lines: readonly Uint8Array[]): Promise<void> {
    for (const line of lines) this.onLine?.(line)
    if (lines.length === 0 || this.#room <= 0) return
    const bytes = dated(lines, this.#now())
    this.#room -= bytes.length
    await this.#file.write(this.#room < 0 ? wholeLines(bytes, bytes.length + this.#room) : bytes)
    if (this.#room <= 0) {
      this.#room = 0
      await this.line(
        `LocalScale: the log reached its limit of ${this.#limits.logBytes} bytes, the rest is left out`,
      )
    }
  }
}

/** One block of bytes for many lines: a command may write millions of them. */
function dated(lines: readonly Uint8Array[], at: Instant): Buffer {
  const prefix = Buffer.from(formatLogLine(at, '').slice(0, -1))
  const size = lines.reduce((sum, line) => sum + prefix.length + line.length + 1, 0)
  const bytes = Buffer.allocUnsafe(size)
  let position = 0
  for (const line of lines) {
    bytes.set(prefix, position)
    bytes.set(line, position + prefix.length)
    position += prefix.length + line.length
    bytes[position++] = newline
  }
  return bytes
}

const wholeLines = (bytes: Buffer, size: number): Buffer =>
  bytes.subarray(0, bytes.lastIndexOf(newline, size - 1) + 1)
