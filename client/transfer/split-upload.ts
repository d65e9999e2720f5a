import { createReadStream, createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { AbortedError, RescaleError } from '../errors.ts'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { sha512OfFile } from './file-hasher.ts'
import { type ByteRange, splitRanges } from './ranges.ts'
import { READ_BYTES } from './sources.ts'
import { joinCommand, sliceName } from './split-command.ts'
import { TaskGroup } from './task-group.ts'
import { withTemporaryFolder } from './temporary.ts'
import { type Progress, upload } from './upload.ts'

export interface SplitUploadOptions {
  /** The name the file gets in the job; the last part of its path unless told otherwise. */
  name?: string
  /** Bytes of the file in one slice. Unless told otherwise a sixteenth, between 8 and 256 MiB. */
  sliceBytes?: number
  /** How many slices are compressed and sent at the same time; 4 unless told otherwise. */
  parallel?: number
  /**
   * `huffman` (the default) takes a third of the time of `fast` and nearly as much off text-like data;
   * `fast` is gzip's level 1; `none` is for what is compressed already.
   */
  compression?: 'huffman' | 'fast' | 'none'
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** A file uploaded in slices, and how a job puts it together again. */
export interface SplitUpload {
  readonly name: string
  readonly size: number
  readonly compressedSize: number
  readonly sha512: string
  /** The slices, in their order. */
  readonly files: readonly RescaleFile[]
  readonly fileIds: readonly string[]
  /** For the `inputFiles` of a job analysis: slices must not be unpacked by the platform. */
  readonly inputFiles: readonly { id: string; decompress: false }[]
  /**
   * The job-side command: joins and unpacks the slices to `name`, removes them, and checks the SHA-512. It
   * prints `checksum <sha512>` of what it made, and fails when that is not what was uploaded.
   */
  readonly command: string
}

const MIN_SLICE = 8 * 1024 * 1024
const MAX_SLICE = 256 * 1024 * 1024
const SLICES = 16
const PARALLEL = 4

/** Uploads one large file as gzip slices, several at a time: the platform takes no ranges for uploads. */
export async function splitUpload(
  context: TransferContext,
  path: string,
  options: SplitUploadOptions = {},
): Promise<SplitUpload> {
  const { size } = await stat(path)
  if (size === 0) throw new RescaleError(`${path} is empty: there is nothing to split`)
  const name = options.name ?? basename(path)
  const ranges = splitRanges(size, Math.ceil(size / sliceBytesFor(size, options.sliceBytes)))
  const [sha512, slices] = await Promise.all([
    sha512OfFile(path, size),
    withTemporaryFolder((folder) => uploadSlices(context, { path, name, size, ranges, folder }, options)),
  ])
  const files = slices.map(({ file }) => file)
  return {
    name,
    size,
    compressedSize: slices.reduce((sum, slice) => sum + slice.bytes, 0),
    sha512,
    files,
    fileIds: files.map(({ id }) => id),
    inputFiles: files.map(({ id }) => ({ id, decompress: false })),
    command: joinCommand(name, files.length, sha512),
  }
}

function sliceBytesFor(size: number, wanted: number | undefined): number {
  if (wanted !== undefined && !(wanted >= 1)) throw new RescaleError('sliceBytes must be at least 1')
  return wanted ?? Math.min(Math.max(Math.ceil(size / SLICES), MIN_SLICE), MAX_SLICE)
}

interface Slicing {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly ranges: readonly ByteRange[]
  readonly folder: string
}

interface Slice {
  readonly file: RescaleFile
  /** Compressed. */
  readonly bytes: number
}

async function uploadSlices(
  context: TransferContext,
  slicing: Slicing,
  options: SplitUploadOptions,
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
      slices[index] = await uploadSlice(context, slicing, index, range, options, group.signal)
      transferred += range.end - range.start + 1
      options.onProgress?.({ transferred, total: size })
    }
  }
  const parallel = Math.max(1, Math.min(options.parallel ?? PARALLEL, ranges.length))
  for (let count = 0; count < parallel; count++) group.run(worker)
  await group.done()
  return slices.filter((slice) => slice !== undefined)
}

async function uploadSlice(
  context: TransferContext,
  slicing: Slicing,
  index: number,
  range: ByteRange,
  options: SplitUploadOptions,
  signal: AbortSignal,
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
  const name = sliceName(slicing.name, index, slicing.ranges.length)
  const file = await upload(context, compressed, { name, signal })
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
