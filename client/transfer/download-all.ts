import { stat } from 'node:fs/promises'
import { RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { makeFolder } from '../make-folder.ts'
import { checkContained } from './contained.ts'
import type { TransferContext } from './context.ts'
import { checkSpace } from './disk-space.ts'
import { type Downloadable, type DownloadHelp, type DownloadOptions, downloadOne } from './download.ts'
import { DownloadPool } from './download-pool.ts'
import { eachOf } from './each-of.ts'
import type { OnTransferEvent } from './events.ts'
import { Hashing } from './file-hasher.ts'
import { sha512IfEqual } from './local-files.ts'
import { partPath } from './part-file.ts'
import { type Selection, selector } from './selection.ts'
import { throwIfSomeFailed } from './some-failed.ts'
import { type PlannedDownload, targetPaths } from './target-paths.ts'
import { TransferTracker } from './tracker.ts'

export interface DownloadAllOptions
  extends Selection,
    Pick<DownloadOptions, 'connections' | 'minRangeBytes' | 'verify' | 'durable' | 'resume' | 'signal'> {
  /** Where the files go, each to its path relative to its run, or by its name. The current folder by default. */
  folder?: string
  /**
   * What happens to a file that is there already: `verify` (the default) leaves it alone if its length and SHA-512
   * are right and replaces it otherwise; `replace` always replaces it; `fail` counts as a failure.
   */
  existing?: 'verify' | 'replace' | 'fail'
  /** Puts each run's files into a folder of its own, such as `run2`. */
  runFolders?: boolean
  onEvent?: OnTransferEvent
}

export interface DownloadResult {
  readonly file: Downloadable
  readonly path: string
  /** `skipped`: it was there already, and right. */
  readonly outcome: 'downloaded' | 'skipped' | 'failed'
  readonly size: number
  readonly sha512: string | undefined
  /** Whether the platform had a SHA-512 to compare with, and it was equal. */
  readonly verified: boolean
  readonly error: Error | undefined
}

// Each has a file open, and some a hash under way; the connections are shared by all of them.
const FILES_AT_ONCE = 8
// As POSIX counts in `st_blocks`, whatever the file system's own are.
const BLOCK_BYTES = 512

/**
 * Downloads files into a folder, the largest first. One that fails does not stop the others; when all are over, a
 * `TransfersFailedError` tells what came of each. After `signal` it is an `AbortedError`.
 */
export async function downloadAll(
  context: TransferContext,
  files: Iterable<Downloadable> | AsyncIterable<Downloadable>,
  options: DownloadAllOptions = {},
): Promise<DownloadResult[]> {
  if (options.signal?.aborted) throw aborted(options.signal.reason)
  const isSelected = selector(options)
  const wanted: Downloadable[] = []
  for await (const file of files) if (isSelected(file.relativePath || file.name)) wanted.push(file)
  const planned = targetPaths(wanted, { folder: options.folder ?? '.', runFolders: options.runFolders })
  const results = await downloadPlanned(context, planned, options)
  throwIfSomeFailed('downloaded', results, options.signal)
  return results
}

async function downloadPlanned(
  context: TransferContext,
  planned: readonly PlannedDownload[],
  options: DownloadAllOptions,
): Promise<DownloadResult[]> {
  const tracker = new TransferTracker(context.clock, options.onEvent)
  const pool = new DownloadPool(context.clock, options.connections)
  await using hashing = new Hashing()
  const results = new Map<PlannedDownload, DownloadResult>()
  const tracked = planned.map((one) => {
    const { id, decryptedSize } = one.file
    const item = { direction: 'download', name: one.name, fileId: id, total: decryptedSize } as const
    return { one, item: tracker.add(item) }
  })
  const largestFirst = tracked.toSorted((a, b) => b.one.file.decryptedSize - a.one.file.decryptedSize)
  const folder = options.folder ?? '.'
  await makeFolder(folder)
  const missing = await Promise.all(planned.map(missingBytes))
  await checkSpace(
    context.fs,
    folder,
    missing.reduce((sum, bytes) => sum + bytes, 0),
  )
  await eachOf(largestFirst, FILES_AT_ONCE, async ({ one, item }) => {
    const help = { pool, hashing, item, spentRequests: 0 }
    results.set(one, await settled(one, () => downloadOrSkip(context, one, options, help)))
  })
  return planned.flatMap((one) => results.get(one) ?? [])
}

/** What a file will take on the disk besides what is there of it. */
async function missingBytes({ file, path, refused }: PlannedDownload): Promise<number> {
  if (refused) return 0
  const [whole, part] = await Promise.all(
    [path, partPath(path, file.id)].map((one) => stat(one).catch(() => undefined)),
  )
  if (whole?.size === file.decryptedSize) return 0
  // A part file has holes, which take no room yet.
  return Math.max(0, file.decryptedSize - (part?.blocks ?? 0) * BLOCK_BYTES)
}

async function settled(
  { file, path }: PlannedDownload,
  task: () => Promise<DownloadResult>,
): Promise<DownloadResult> {
  try {
    return await task()
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new RescaleError(String(thrown))
    const unknown = { sha512: undefined, verified: false }
    return { file, path, outcome: 'failed', size: file.decryptedSize, ...unknown, error }
  }
}

async function downloadOrSkip(
  context: TransferContext,
  { file, path, refused }: PlannedDownload,
  options: DownloadAllOptions,
  help: DownloadHelp,
): Promise<DownloadResult> {
  const { existing = 'verify', signal } = options
  try {
    if (refused) throw refused
    await checkContained(options.folder ?? '.', path)
  } catch (error) {
    help.item.failed(error)
    throw error
  }
  const sha512 = existing === 'verify' ? await sha512IfEqual(help.hashing, path, file, signal) : undefined
  const common = { file, path, size: file.decryptedSize, error: undefined }
  if (sha512 !== undefined) {
    help.item.skipped('skipped', file.id)
    return { ...common, outcome: 'skipped', sha512, verified: true }
  }
  const { connections, minRangeBytes, verify, durable, resume } = options
  const wanted = { connections, minRangeBytes, verify, durable, resume, signal }
  const downloadOptions = { ...defined(wanted), to: path, overwrite: existing !== 'fail' }
  const done = await downloadOne(context, file, downloadOptions, help)
  return { ...common, outcome: 'downloaded', sha512: done.sha512, verified: done.verified }
}

/** Without what is undefined: the options' types tell absent and undefined apart. */
function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}
