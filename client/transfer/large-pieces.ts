import { setImmediate } from 'node:timers/promises'
import { READ_BYTES } from './file-chunks.ts'

/**
 * Gathers what comes in small pieces; large ones are passed on as they are. With `reuse`, a piece may be overwritten once
 * the next is asked for, and so may those that are given.
 */
export async function* inLargePieces(
  bytes: AsyncIterable<Uint8Array>,
  { reuse }: { readonly reuse: boolean },
): AsyncGenerator<Uint8Array> {
  let room = Buffer.allocUnsafeSlow(READ_BYTES)
  let filled = 0
  for await (const chunk of bytes) {
    if (filled > 0 && filled + chunk.byteLength > READ_BYTES) {
      // Where nothing comes from a disk or a line, thousands of small pieces would leave nobody else a turn.
      await setImmediate()
      yield room.subarray(0, filled)
      if (!reuse) room = Buffer.allocUnsafeSlow(READ_BYTES)
      filled = 0
    }
    if (chunk.byteLength >= READ_BYTES) yield chunk
    else {
      room.set(chunk, filled)
      filled += chunk.byteLength
    }
  }
  if (filled > 0) yield room.subarray(0, filled)
}
