import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { AbortedError } from '../errors.ts'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { becameShorter, READ_BYTES } from './file-chunks.ts'
import type { ByteRange } from './ranges.ts'
import type { FindFiles } from './reuse.ts'
import { sliceName } from './split-command.ts'
import type { Splitting, SplitUploadOptions } from './split-upload.ts'
import { inGroup } from './task-group.ts'
import { uploadOnce } from './upload.ts'

export const PARALLEL_SLICES = 4

interface Slicing extends Splitting {
  readonly ranges: readonly ByteRange[]
}

interface Slice {
  readonly file: RescaleFile
  /** Compressed. */
  readonly bytes: number
  readonly reused: boolean
}

/** Compresses and uploads each range as a gzip member of its own, several at a time. */
export async function uploadSlices(
  context: TransferContext,
  slicing: Slicing,
  options: SplitUploadOptions,
  find: FindFiles | undefined,
): Promise<Slice[]> {
  const slices: Slice[] = []
  const parallel = options.parallel ?? PARALLEL_SLICES
  await inGroup([...slicing.ranges.entries()], parallel, options.signal, async ([index, range], signal) => {
    slices[index] = await uploadSlice(context, slicing, index, range, options, signal, find)
  })
  return slices
}

async function uploadSlice(
  context: TransferContext,
  slicing: Slicing,
  index: number,
  range: ByteRange,
  options: SplitUploadOptions,
  signal: AbortSignal,
  find: FindFiles | undefined,
): Promise<Slice> {
  const compressed = join(slicing.folder, String(index))
  const source = createReadStream(slicing.path, { ...range, highWaterMark: READ_BYTES })
  try {
    await pipeline(source, gzip(options.compression), createWriteStream(compressed, { flags: 'wx' }), {
      signal,
    })
  } catch (error) {
    throw signal.aborted ? new AbortedError('The split upload was aborted', { cause: signal.reason }) : error
  }
  const covered = range.end - range.start + 1
  if (source.bytesRead < covered) throw becameShorter(slicing.path)
  const name = sliceName(slicing.name, index, slicing.ranges.length)
  const { typeId, verify, reuse = false } = options
  const wanted = { ...slicing.progress.of(name, covered), ...(typeId !== undefined && { typeId }) }
  const uploading = { ...wanted, name, signal, reuse, verify: verify === true }
  const { file, reused } = await uploadOnce(context, compressed, uploading, { find })
  slicing.progress.done(name, covered)
  const { size: bytes } = await stat(compressed)
  await rm(compressed)
  return { file, bytes, reused }
}

function gzip(compression: SplitUploadOptions['compression'] = 'huffman') {
  const chunkSize = READ_BYTES
  if (compression === 'none') return createGzip({ level: 0, chunkSize })
  if (compression === 'fast') return createGzip({ level: 1, chunkSize })
  return createGzip({ level: 1, strategy: constants.Z_HUFFMAN_ONLY, chunkSize })
}
