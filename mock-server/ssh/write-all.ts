import type { writev } from 'node:fs'

type WriteV = (
  fd: number,
  buffers: readonly NodeJS.ArrayBufferView[],
  position: number | null,
  callback: (error: NodeJS.ErrnoException | null, written: number) => void,
) => void

/** `writev` until everything is written: a full disk or a quota lets it stop half way, and only then say why. */
export const writeAll = (
  write: WriteV | typeof writev,
  fd: number,
  buffers: readonly Uint8Array[],
  position: number | null,
  done: (error: Error | null) => void,
): void => {
  ;(write as WriteV)(fd, buffers, position, (error, written) => {
    if (error !== null) return done(error)
    const rest = without(buffers, written)
    if (rest.length === 0) return done(null)
    if (written === 0) return done(new Error('nothing was written'))
    writeAll(write, fd, rest, position === null ? null : position + written, done)
  })
}

const without = (buffers: readonly Uint8Array[], count: number): Uint8Array[] => {
  let left = count
  return buffers.flatMap((buffer) => {
    const taken = Math.min(left, buffer.length)
    left -= taken
    return taken === buffer.length ? [] : [buffer.subarray(taken)]
  })
}
