import { basename } from 'node:path'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { eachOf } from './each-of.ts'
import type { OnTransferEvent } from './events.ts'
import type { FindFiles } from './reuse.ts'
import { throwIfSomeFailed } from './some-failed.ts'
import { sizeOfFile } from './sources.ts'
import { type TrackedItem, TransferTracker } from './tracker.ts'
import { type UploadOptions, uploadOnce } from './upload.ts'

/** A local file and the name it gets; of its path the last part unless told otherwise. */
export interface UploadItem {
  readonly path: string
  readonly name?: string
}

export interface UploadAllOptions extends Pick<UploadOptions, 'typeId' | 'verify' | 'reuse' | 'signal'> {
  /** How many files are sent at the same time; 4 unless told otherwise. */
  parallel?: number
  onEvent?: OnTransferEvent
}

export interface UploadResult {
  readonly path: string
  readonly name: string
  readonly outcome: 'uploaded' | 'reused' | 'failed'
  /** The platform's file; undefined when it failed. */
  readonly file: RescaleFile | undefined
  readonly size: number
  readonly error: Error | undefined
}

export const PARALLEL = 4

/**
 * Uploads files, several at a time. One that fails does not stop the others; when all are over, a
 * `TransfersFailedError` tells what came of each. After `signal` it is an `AbortedError`.
 */
export async function uploadAll(
  context: TransferContext,
  items: readonly (UploadItem | string)[],
  find: FindFiles,
  options: UploadAllOptions = {},
): Promise<UploadResult[]> {
  const tracker = new TransferTracker(context.clock, options.onEvent)
  const wanted = items.map((item) => (typeof item === 'string' ? { path: item } : item))
  const planned = await Promise.all(wanted.map((item) => plan(item, tracker)))
  const results = new Map<Planned, UploadResult>()
  await eachOf(planned, options.parallel ?? PARALLEL, async (file) => {
    results.set(file, await uploadPlanned(context, file, find, options))
  })
  const all = planned.flatMap((file) => results.get(file) ?? [])
  throwIfSomeFailed('uploaded', all, options.signal)
  return all
}

interface Planned {
  readonly path: string
  readonly name: string
  readonly size: number
  readonly tracked: TrackedItem
}

async function plan({ path, name = basename(path) }: UploadItem, tracker: TransferTracker): Promise<Planned> {
  // One that is not there fails in its turn, like any other.
  const size = await sizeOfFile(path).catch(() => 0)
  return { path, name, size, tracked: tracker.add({ direction: 'upload', name, total: size }) }
}

async function uploadPlanned(
  context: TransferContext,
  { path, name, size, tracked }: Planned,
  find: FindFiles,
  options: UploadAllOptions,
): Promise<UploadResult> {
  const { parallel: _parallel, onEvent: _onEvent, ...rest } = options
  try {
    const { file, reused } = await uploadOnce(context, path, { ...rest, name }, { find, tracked })
    return { path, name, outcome: reused ? 'reused' : 'uploaded', file, size, error: undefined }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    return { path, name, outcome: 'failed', file: undefined, size, error }
  }
}
