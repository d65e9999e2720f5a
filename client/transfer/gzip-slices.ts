import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { AbortedError } from '../errors.ts'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import type { ByteRange } from './ranges.ts'
import type { FindFiles } from './reuse.ts'
import { READ_BYTES } from './sources.ts'
import { sliceName } from './split-command.ts'
import type { Splitting, SplitUploadOptions } from './split-upload.ts'
import { TaskGroup } from './task-group.ts'
import { upload } from './upload.ts'

export const PARALLEL_SLICES = 4

interface Slicing extends Splitting {
  readonly ranges: readonly ByteRange[]
}

interface Slice {
  readonly file: RescaleFile
  /** Compressed. */
  readonly bytes: number
}

/** Compresses and uploads each range as a gzip member of its own, several at a time. */
export async function uploadSlices(
  context: TransferContext,
  slicing: Slicing,
  options: SplitUploadOptions,
  find: FindFiles | undefined,
): Promise<Slice[]> {
  const { ranges, size } = slicing
  const slices: (Slice | undefined)[] = ranges.map(() => undefined)
  const group = new TaskGroup(options.signal)
  let next = 0
  let transferred = 0
  const worker = async () => {
    for (let index = next++; index < ranges.length && !group.signal.aborted; index = next++) {
      const range = ranges[index]
      if (!range) return
      slices[index] = await uploadSlice(context, slicing, index, range, options, group.signal, find)
      transferred += range.end - range.start + 1
      options.onProgress?.({ transferred, total: size })
    }
  }
  const parallel = Math.max(1, Math.min(options.parallel ?? PARALLEL_SLICES, ranges.length))
  for (let count = 0; count < parallel; count++) group.run(worker)
  await group.done()
  return slices.filter((slice) => slice !== undefined)
}

async function uploadSlice(
  context: TransferContext,
  slicing: Slicing,
  index: number,
  range: ByteRange,
  { compression, reuse = false }: SplitUploadOptions,
  signal: AbortSignal,
  find: FindFiles | undefined,
): Promise<Slice> {
  const compressed = join(slicing.folder, String(index))
  const source = createReadStream(slicing.path, { ...range, highWaterMark: READ_BYTES })
  try {
    await pipeline(source, gzip(compression), createWriteStream(compressed, { flags: 'wx' }), { signal })
  } catch (error) {
    throw signal.aborted ? new AbortedError('The split upload was aborted', { cause: signal.reason }) : error
  }
  const name = sliceName(slicing.name, index, slicing.ranges.length)
  const file = await upload(context, compressed, { name, signal, reuse }, find)
  const { size: bytes } = await stat(compressed)
  await rm(compressed)
  return { file, bytes }
}

function gzip(compression: SplitUploadOptions['compression'] = 'huffman') {
  const chunkSize = READ_BYTES
  if (compression === 'none') return createGzip({ level: 0, chunkSize })
  if (compression === 'fast') return createGzip({ level: 1, chunkSize })
  return createGzip({ level: 1, strategy: constants.Z_HUFFMAN_ONLY, chunkSize })
}
