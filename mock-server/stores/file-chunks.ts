import { type FileHandle, open } from 'node:fs/promises'
import { ioBuffer, ioBytes } from './io-buffer.ts'

/**
 * The bytes of a file from `start` up to `end` or its own end. The next chunk is read while the consumer
 * is busy with the last one. With `lend`, two buffers take turns, so a chunk is only good until the next.
 */
export async function* fileChunks(
  path: string,
  start: number,
  end: number,
  lend: boolean,
): AsyncGenerator<Buffer> {
  const handle = await open(path)
  let ahead: Promise<Buffer> | undefined
  try {
    const stop = Math.min(end, (await handle.stat()).size)
    const bufferFor = lend ? takingTurns() : ioBuffer
    let position = start
    const readOn = () => readFully(handle, bufferFor(Math.min(ioBytes, stop - position)), position)
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
    await handle.close()
  }
}

/** Two buffers in turn, each as large as the first chunk, since no later one is larger. */
function takingTurns(): (bytes: number) => Buffer {
  let idle: Buffer | undefined
  let busy: Buffer | undefined
  return (bytes) => {
    const buffer = idle ?? ioBuffer(bytes)
    idle = busy
    busy = buffer
    return buffer.subarray(0, bytes)
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
