import { type FileHandle, open } from 'node:fs/promises'
import { type BufferPool, ioBuffer, ioBytes } from './io-buffer.ts'

/**
 * The bytes of a file from `start` up to `end` or its own end. The next chunk is read while the consumer is
 * busy with the last one. With a pool, a chunk is only good until the next: two buffers take turns.
 */
export async function* fileChunks(
  path: string,
  start: number,
  end: number,
  pool?: BufferPool,
): AsyncGenerator<Buffer> {
  const handle = await open(path)
  const buffers = pool && end - start > ioBytes ? new TwoBuffers(pool) : freshBuffers
  let ahead: Promise<Buffer> | undefined
  try {
    const stop = Math.min(end, (await handle.stat()).size)
    let position = start
    const readOn = () => readFully(handle, buffers.next(Math.min(ioBytes, stop - position)), position)
    if (position < stop) ahead = readOn()
    while (ahead !== undefined) {
      const chunk: Buffer = await ahead
      position += chunk.length
      ahead = position < stop ? readOn() : undefined
      // Handled where it is awaited; a consumer that is slow to come back must not make it an unhandled rejection.
      ahead?.catch(() => undefined)
      yield chunk
    }
  } finally {
    await ahead?.catch(() => undefined)
    buffers.end()
    await handle.close()
  }
}

const freshBuffers = { next: ioBuffer, end: () => undefined }

/** Two buffers of a pool, in turn. */
class TwoBuffers {
  readonly #pool: BufferPool
  readonly #taken: Buffer[] = []
  #reads = 0

  constructor(pool: BufferPool) {
    this.#pool = pool
  }

  next(bytes: number): Buffer {
    const turn = this.#reads % 2
    this.#reads += 1
    this.#taken[turn] ??= this.#pool.take()
    return this.#taken[turn].subarray(0, bytes)
  }

  end(): void {
    for (const buffer of this.#taken) this.#pool.giveBack(buffer)
  }
}

async function readFully(handle: FileHandle, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled)
    if (bytesRead === 0) throw new Error('a stored file became shorter while it was read')
    filled += bytesRead
  }
  return buffer
}
