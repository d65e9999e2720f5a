import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput } from '../channel-output.ts'
import { byteStringOf, bytesOf } from '../home/home-path.ts'
import { MAX_RECORD_BYTES } from './scp-records.ts'

/** The other side went away, or said that it cannot go on. */
export class ScpEnded extends Error {}

const LINE_FEED = 0x0a

/** Both directions of an SCP transfer: lines, bytes, and the one-byte answers between them. */
export class ScpLink {
  readonly #input: ChannelInput
  readonly #output: ChannelOutput
  #troubles = 0

  constructor(input: ChannelInput, output: ChannelOutput) {
    this.#input = input
    this.#output = output
  }

  /** As scp has it: 1 when anything went wrong on either side. */
  get exitCode(): number {
    return this.#troubles > 0 ? 1 : 0
  }

  acknowledge(): void {
    this.#output.write(Buffer.of(0))
  }

  /** Tells the other side, whose user reads it, and goes on. */
  complain(text: string): void {
    this.#troubles += 1
    this.#output.write(bytesOf(`\x01scp: ${text.replaceAll('\n', ' ')}\n`))
  }

  noteTrouble(): void {
    this.#troubles += 1
  }

  /** A byte string without its line feed; null at the end of the input. */
  async line(): Promise<string | null> {
    const parts: Buffer[] = []
    let length = 0
    for (let chunk = await this.#input.take(); chunk !== null; chunk = await this.#input.take()) {
      const end = chunk.indexOf(LINE_FEED)
      const part = end === -1 ? chunk : chunk.subarray(0, end)
      length += part.length
      if (length > MAX_RECORD_BYTES) throw new ScpEnded('a line without end')
      parts.push(part)
      if (end === -1) continue
      this.#input.giveBack(chunk.subarray(end + 1))
      return Buffer.concat(parts).toString('latin1')
    }
    return null
  }

  /** At least one byte and at most `count`, in the pieces that are there already. */
  async bytes(count: number): Promise<Buffer[]> {
    const pieces: Buffer[] = []
    let left = count
    do {
      const chunk = await this.#input.take()
      if (chunk === null) throw new ScpEnded('the input ended within a file')
      pieces.push(chunk.subarray(0, left))
      this.#input.giveBack(chunk.subarray(left))
      left -= Math.min(chunk.length, left)
    } while (left > 0 && this.#input.ready)
    return pieces
  }

  /** What the other side says to the last line or file: true when it agrees. Throws when it gives up. */
  async answer(): Promise<boolean> {
    const chunk = await this.#input.take()
    if (chunk === null) throw new ScpEnded('no answer')
    this.#input.giveBack(chunk.subarray(1))
    if (chunk[0] === 0) return true
    this.#troubles += 1
    await this.line()
    if (chunk[0] !== 1) throw new ScpEnded('the other side gave up')
    return false
  }

  /** Takes everything; waits while the other side is slow. */
  async send(bytes: Uint8Array | string): Promise<void> {
    this.#output.write(typeof bytes === 'string' ? bytesOf(bytes) : bytes)
    await this.#output.room()
    if (this.#output.closed) throw new ScpEnded('the channel closed')
  }
}

/** The texts of strerror(3) for what can happen here. */
export const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException
  return reasons[code ?? ''] ?? byteStringOf(message)
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EEXIST: 'File exists',
  ENOSPC: 'No space left on device',
  EDQUOT: 'Disk quota exceeded',
  ENAMETOOLONG: 'File name too long',
  ELOOP: 'Too many levels of symbolic links',
  EROFS: 'Read-only file system',
}
