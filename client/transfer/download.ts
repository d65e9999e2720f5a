import { createHash } from 'node:crypto'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { IntegrityError, RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { RescaleFile } from '../types.ts'
import { sha512Of } from './checksums.ts'
import type { TransferContext } from './context.ts'
import { fetchSegments } from './fetch-segments.ts'
import { type FileHasher, hashFile } from './file-hasher.ts'
import { pathWithin } from './names.ts'
import { PartFile } from './part-file.ts'
import { connectionsFor, MIN_RANGE_BYTES, planRanges } from './ranges.ts'
import { SegmentPlan } from './segments.ts'
import type { Progress } from './upload.ts'

/** A file's metadata as far as a download needs it. */
export type Downloadable = Pick<RescaleFile, 'id' | 'name' | 'decryptedSize' | 'fileChecksums'>

export interface DownloadOptions {
  /** The path to write to. */
  to?: string
  /** The folder to write to, under the file's own name; the current one unless told otherwise. */
  folder?: string
  /** Takes the bytes instead of a file, in order; what it promises is waited for. */
  sink?: (chunk: Uint8Array) => void | Promise<void>
  /** How many connections to use at most; 10 unless told otherwise. A sink is fed by one. */
  connections?: number
  /** Files are cut into ranges of at least so many bytes; 4 MiB unless told otherwise. */
  minRangeBytes?: number
  /** Compares the SHA-512 with the platform's; on unless turned off. */
  verify?: boolean
  /** Whether a file of that name may be replaced; it may unless told otherwise. */
  overwrite?: boolean
  /** Has the bytes on the disk itself, not only in the system's cache, before the file gets its name. */
  durable?: boolean
  onProgress?: (progress: Progress) => void
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
  readonly connections: number
}

const DEFAULT_CONNECTIONS = 10

/**
 * Downloads a file. Under its final name there is never anything but the whole, verified file: it is written
 * next to it, and renamed at the end.
 */
export async function download(
  context: TransferContext,
  file: Downloadable,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  if (options.signal?.aborted) throw aborted(options.signal.reason)
  if (!Number.isSafeInteger(file.decryptedSize) || file.decryptedSize < 0) {
    throw new RescaleError(
      `The platform has no size for ${file.id} (${file.name}); it may not be uploaded yet`,
    )
  }
  return options.sink
    ? downloadToSink(context, file, options.sink, options)
    : downloadToFile(context, file, options)
}

async function downloadToFile(
  context: TransferContext,
  file: Downloadable,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { overwrite = true, durable = false, verify = true } = options
  const target = options.to ?? pathWithin(options.folder ?? '.', file.name)
  if (!overwrite && (await exists(target))) throw new RescaleError(`${target} is there already`)
  await mkdir(dirname(target), { recursive: true })
  const size = file.decryptedSize
  const wanted = options.connections ?? DEFAULT_CONNECTIONS
  const minBytes = options.minRangeBytes ?? MIN_RANGE_BYTES
  const connections = connectionsFor(size, wanted, minBytes)
  const plan = new SegmentPlan(size, planRanges(size, connections, minBytes))
  const part = await PartFile.create(target, file.id)
  let hasher = verify ? hashFile(part.path, size) : undefined
  try {
    const onRestart = () => {
      // The bytes that come now may be others than those it has seen.
      void hasher?.stop()
      hasher = verify ? hashFile(part.path, size) : undefined
    }
    const onWritten = () => {
      hasher?.advance(plan.frontier())
      options.onProgress?.({ transferred: plan.written(), total: size })
    }
    const job = { context, path: contentsOf(file), plan, connections, sink: part, signal: options.signal }
    if (size > 0) await fetchSegments({ ...job, onWritten, onRestart })
    const sha512 = await verifiedHash(file, hasher)
    await part.commit({ overwrite, durable })
    return { path: target, size, sha512, verified: isVerified(file, sha512), connections }
  } catch (error) {
    await part.discard()
    throw error
  } finally {
    await hasher?.stop()
  }
}

async function downloadToSink(
  context: TransferContext,
  file: Downloadable,
  sink: NonNullable<DownloadOptions['sink']>,
  options: DownloadOptions,
): Promise<Downloaded> {
  const { verify = true } = options
  const size = file.decryptedSize
  const plan = new SegmentPlan(size, planRanges(size, 1))
  const hash = verify ? createHash('sha512') : undefined
  const taker = {
    async write(chunks: readonly Uint8Array[]) {
      for (const chunk of chunks) {
        hash?.update(chunk)
        await sink(chunk)
      }
    },
  }
  const onWritten = () => options.onProgress?.({ transferred: plan.written(), total: size })
  const onRestart = () => {
    throw new IntegrityError('The connection broke, and the server cannot resume: the bytes are out already')
  }
  const job = { context, path: contentsOf(file), plan, connections: 1, sink: taker, signal: options.signal }
  if (size > 0) await fetchSegments({ ...job, onWritten, onRestart })
  const sha512 = hash?.digest('hex')
  checkHash(file, sha512)
  return { path: undefined, size, sha512, verified: isVerified(file, sha512), connections: 1 }
}

function contentsOf(file: Downloadable): string {
  return `/api/v2/files/${encodeURIComponent(file.id)}/contents/`
}

async function verifiedHash(file: Downloadable, hasher: FileHasher | undefined): Promise<string | undefined> {
  const sha512 = await hasher?.finish(file.decryptedSize)
  checkHash(file, sha512)
  return sha512
}

function checkHash(file: Downloadable, sha512: string | undefined): void {
  const expected = sha512Of(file)
  if (sha512 === undefined || expected === undefined || sha512 === expected) return
  throw new IntegrityError(
    `What came for ${file.id} (${file.name}) has another SHA-512 than the platform says`,
    {
      hint: 'Nothing was kept. Download it again; if it stays so, the file is damaged on the platform.',
    },
  )
}

function isVerified(file: Downloadable, sha512: string | undefined): boolean {
  return sha512 !== undefined && sha512Of(file) === sha512
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}
