import { basename } from 'node:path'
import { ArgumentError, RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { sha512OfFile } from './file-hasher.ts'
import { uploadSlices } from './gzip-slices.ts'
import { splitRanges } from './ranges.ts'
import type { FindFiles } from './reuse.ts'
import { type SevenZip, uploadVolumes } from './seven-zip.ts'
import { sizeOfFile } from './sources.ts'
import { joinCommand } from './split-command.ts'
import { SplitProgress } from './split-progress.ts'
import { together } from './task-group.ts'
import { withTemporaryFolder } from './temporary.ts'
import { TransferTracker } from './tracker.ts'
import type { UploadOptions } from './upload.ts'

export interface SplitUploadOptions
  extends Pick<UploadOptions, 'typeId' | 'verify' | 'reuse' | 'onProgress' | 'onEvent' | 'signal'> {
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
  /**
   * Packs the file into volumes of a 7-Zip archive instead, as Rescale's tutorial does. Nothing is sent before the whole
   * archive is there, and the cluster needs a 7-Zip too.
   */
  sevenZip?: SevenZip
  /**
   * Does not send slices again that the account has, such as those of a call that was aborted: so it goes on where that
   * ended. Slices are the same for the same file, `sliceBytes` and `compression`.
   */
  reuse?: boolean
}

/** A file uploaded in slices, and how a job puts it together again. */
export interface SplitUpload {
  readonly name: string
  readonly size: number
  readonly compressedSize: number
  readonly sha512: string
  /** The slices, in their order, and what else the command needs. */
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

/** What a way of splitting uploaded. */
export interface SplitFiles {
  /** The account had all of it. */
  readonly reused: boolean
  readonly files: readonly RescaleFile[]
  readonly compressedSize: number
  /** Given the SHA-512 of the whole. */
  readonly command: (sha512: string) => string
}

/** What is to be split, and where there is room for what it is split into. */
export interface Splitting {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly folder: string
  readonly progress: SplitProgress
}

const MIN_SLICE = 8 * 1024 * 1024
const MAX_SLICE = 256 * 1024 * 1024
const SLICES = 16

/** Uploads one large file in compressed slices, several at a time: the platform takes no ranges for uploads. */
export async function splitUpload(
  context: TransferContext,
  path: string,
  options: SplitUploadOptions = {},
  find?: FindFiles,
): Promise<SplitUpload> {
  if (options.signal?.aborted) throw aborted(options.signal.reason)
  const size = await sizeOfFile(path)
  if (size === 0)
    throw new RescaleError(`${path} is empty: there is nothing to split`, {
      hint: 'Send it with files.upload.',
    })
  const name = options.name ?? basename(path)
  const tracker = new TransferTracker(context.clock, options.onEvent)
  const item = tracker.add({ direction: 'upload', name, total: size })
  const progress = new SplitProgress(item, size, options.onProgress)
  item.started()
  try {
    const [sha512, split] = await together(
      options.signal,
      (signal) => sha512OfFile(path, size, signal),
      (signal) =>
        withTemporaryFolder((folder) =>
          uploadParts(context, { path, name, size, folder, progress }, { ...options, signal }, find),
        ),
    )
    if (split.reused) item.skipped('reused', undefined)
    else item.finished(undefined)
    return described(name, size, sha512, split)
  } catch (error) {
    item.failed(error)
    throw error
  }
}

function described(name: string, size: number, sha512: string, split: SplitFiles): SplitUpload {
  const { files, compressedSize } = split
  return {
    name,
    size,
    compressedSize,
    sha512,
    files,
    fileIds: files.map(({ id }) => id),
    inputFiles: files.map(({ id }) => ({ id, decompress: false })),
    command: split.command(sha512),
  }
}

async function uploadParts(
  context: TransferContext,
  splitting: Splitting,
  options: SplitUploadOptions,
  find: FindFiles | undefined,
): Promise<SplitFiles> {
  if (options.sevenZip) return uploadVolumes(context, splitting, options.sevenZip, options, find)
  const { name, size } = splitting
  const ranges = splitRanges(size, Math.ceil(size / sliceBytesFor(size, options.sliceBytes)))
  const slices = await uploadSlices(context, { ...splitting, ranges }, options, find)
  return {
    reused: slices.every(({ reused }) => reused),
    files: slices.map(({ file }) => file),
    compressedSize: slices.reduce((sum, slice) => sum + slice.bytes, 0),
    command: (sha512) => joinCommand(name, slices.length, sha512),
  }
}

function sliceBytesFor(size: number, wanted: number | undefined): number {
  if (wanted !== undefined && !(wanted >= 1)) throw new ArgumentError('sliceBytes must be at least 1')
  return wanted ?? Math.min(Math.max(Math.ceil(size / SLICES), MIN_SLICE), MAX_SLICE)
}
