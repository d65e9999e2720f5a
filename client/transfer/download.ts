import { createHash } from 'node:crypto'
import { IntegrityError, RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { RescaleFile } from '../types.ts'
import { checkHash, isVerified } from './checksums.ts'
import type { TransferContext } from './context.ts'
import { DownloadPool } from './download-pool.ts'
import { contentsOf, reportProgress } from './download-progress.ts'
import { downloadToFile } from './download-to-file.ts'
import type { OnTransferEvent } from './events.ts'
import { Hashing } from './file-hasher.ts'
import { MIN_RANGE_BYTES } from './ranges.ts'
import { SegmentPlan } from './segments.ts'
import { shared } from './shared-signal.ts'
import { type TrackedItem, TransferTracker } from './tracker.ts'
import type { Progress } from './upload.ts'

/** A file's metadata as far as a download needs it. */
export type Downloadable = Pick<RescaleFile, 'id' | 'name' | 'decryptedSize' | 'fileChecksums'> &
  Partial<Pick<RescaleFile, 'relativePath' | 'path'>>

export interface DownloadOptions {
  /** The path to write to. */
  to?: string
  /** The folder to write to, under the file's own name; the current one unless told otherwise. */
  folder?: string
  /** Takes the bytes instead of a file, in order; what it promises is waited for. */
  sink?: (chunk: Uint8Array) => void | Promise<void>
  /**
   * How many connections to use. Unless given, four at first, and as many more as make it faster, up to 16. A sink is
   * fed by one.
   */
  connections?: number
  /** Files are cut into ranges of at least so many bytes; 4 MiB unless told otherwise. */
  minRangeBytes?: number
  /** Compares the SHA-512 with the platform's; on unless turned off. */
  verify?: boolean
  /** Whether a file of that name may be replaced; it may unless told otherwise. */
  overwrite?: boolean
  /**
   * Keeps what has come when it fails or the process dies, next to the target as `NAME.ID.part`, and goes on from
   * there the next time. On for files from 8 MiB unless turned off.
   */
  resume?: boolean
  /** Has the bytes on the disk itself, not only in the system's cache, before the file gets its name; then the name. */
  durable?: boolean
  onProgress?: (progress: Progress) => void
  onEvent?: OnTransferEvent
  signal?: AbortSignal
}

export interface Downloaded {
  /** Where the file is; undefined for a sink. */
  readonly path: string | undefined
  readonly size: number
  /** Of the bytes that came; undefined when `verify` was off. */
  readonly sha512: string | undefined
  /** Whether the platform had a checksum to compare with, and it was equal. */
  readonly verified: boolean
  /** The most that were at work at the same time. */
  readonly connections: number
  /** Bytes that were there from an earlier download. */
  readonly resumedBytes: number
}

/** What the files of one call share. */
export interface DownloadHelp {
  readonly pool: DownloadPool
  readonly hashing: Hashing
  readonly item: TrackedItem
  /** Requests that the file has cost already. */
  readonly spentRequests: number
}

/**
 * Downloads a file. Under its final name there is never anything but the whole, verified file: it is written
 * next to it, and renamed at the end.
 */
export async function download(
  context: TransferContext,
  file: Downloadable,
  options: DownloadOptions = {},
  spentRequests = 0,
): Promise<Downloaded> {
  await using hashing = new Hashing()
  const pool = new DownloadPool(context.clock, options.sink ? 1 : options.connections)
  const tracker = new TransferTracker(context.clock, options.onEvent)
  const { id, name, decryptedSize: total } = file
  const item = tracker.add({ direction: 'download', name, fileId: id, total })
  return await downloadOne(context, file, options, { pool, hashing, item, spentRequests })
}

/** Downloads one of the files of a call. */
export async function downloadOne(
  context: TransferContext,
  file: Downloadable,
  options: DownloadOptions,
  help: DownloadHelp,
): Promise<Downloaded> {
  try {
    if (options.signal?.aborted) throw aborted(options.signal.reason)
    shared(options.signal)
    checkSize(file)
    help.item.started()
    const { sink } = options
    const done = sink
      ? await downloadToSink(context, file, sink, options, help)
      : await downloadToFile(context, file, options, help)
    help.item.finished(file.id)
    return done
  } catch (error) {
    help.item.failed(error)
    throw error
  }
}

function checkSize({ id, name, decryptedSize }: Downloadable): void {
  if (Number.isSafeInteger(decryptedSize) && decryptedSize >= 0) return
  throw new RescaleError(`The platform has no size for ${id} (${name}); it may not be uploaded yet`, {
    hint: 'Read it again in a while: files.get has its decryptedSize once it is there.',
  })
}

async function downloadToSink(
  context: TransferContext,
  file: Downloadable,
  sink: NonNullable<DownloadOptions['sink']>,
  options: DownloadOptions,
  { pool, item, spentRequests }: DownloadHelp,
): Promise<Downloaded> {
  const { verify = true, signal } = options
  const size = file.decryptedSize
  const plan = new SegmentPlan(size)
  const hash = verify ? createHash('sha512') : undefined
  const taker = {
    async write(chunks: readonly Uint8Array[]) {
      for (const chunk of chunks) {
        hash?.update(chunk)
        await sink(chunk)
      }
    },
  }
  const onWritten = () => reportProgress(plan, item, options)
  const onRestart = () => {
    throw new IntegrityError('The connection broke, and the server cannot resume: the bytes are out already')
  }
  const onRetry = (error: Error, delayMs: number) => item.retrying(error, delayMs)
  const job = {
    context,
    path: contentsOf(file),
    size,
    plan,
    sink: taker,
    forgets: false,
    signal,
    spentRequests,
  }
  const fetched = { ...job, minRangeBytes: MIN_RANGE_BYTES, onWritten, onRestart, onRetry }
  const last = size > 0 ? await pool.fetch(fetched) : undefined
  const sha512 = hash?.digest('hex')
  checkHash(file, sha512, last)
  const result = { path: undefined, size, sha512, verified: isVerified(file, sha512) }
  return { ...result, connections: 1, resumedBytes: 0 }
}
