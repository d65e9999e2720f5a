import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import { HttpError, RescaleError } from '../errors.ts'
import { type SilentEndQuestions, silentEndWatch } from '../silent-end.ts'
import { isTerminal } from '../status-history.ts'
import type { DirectoryEntry, FileTail, JobStatusEntry, RescaleFile, Run } from '../types.ts'
import { type WaitOptions, type Watched, waitUntil } from '../waiters.ts'
import { checkContained } from './contained.ts'
import type { TransferContext } from './context.ts'
import { type DownloadAllOptions, type DownloadResult, downloadAll } from './download-all.ts'
import { copyLiveFile } from './live-file.ts'
import { pathWithin } from './names.ts'
import { selector } from './selection.ts'

export interface SyncOptions
  extends Omit<DownloadAllOptions, 'existing' | 'runFolders'>,
    Pick<WaitOptions<JobStatusEntry>, 'intervalMs' | 'timeoutMs' | 'onStatus'> {
  /** Copies files of runs that are under way; on unless turned off. */
  live?: boolean
  /** Longer files are copied only once their run is over; 64 MiB unless told otherwise. */
  maxLiveBytes?: number
  /** Called when a file of a run that is under way was copied. */
  onLive?: (file: { runId: string; path: string; bytes: number }) => void
}

export interface SyncResult {
  /** The job's last status. */
  readonly status: string | undefined
  /** Its output files, all of them downloaded or found to be there, and right. */
  readonly results: readonly DownloadResult[]
}

/** What `sync` asks the platform. */
export interface SyncedJob extends SilentEndQuestions, Pick<Watched<JobStatusEntry>, 'lastRequest'> {
  runs(): Promise<Run[]>
  directory(runId: string): Promise<DirectoryEntry[]>
  tail(runId: string, path: string): Promise<FileTail>
  outputs(): AsyncIterable<RescaleFile>
}

export const MAX_LIVE_BYTES = 64 * 1024 * 1024

/**
 * Keeps a folder like a job's work directory until the job has ended, then like its output files. What runs write
 * meanwhile is copied when its last lines have changed; a copy is replaced in one step, never seen half.
 */
export async function syncJob(
  context: TransferContext,
  jobId: string,
  job: SyncedJob,
  options: SyncOptions = {},
): Promise<SyncResult> {
  const live = new LiveCopies(context, jobId, job, options)
  const endsSilently = silentEndWatch(job)
  let isOver = false
  const watched: Watched<JobStatusEntry> = {
    async read() {
      const history = await job.history()
      isOver = await endsSilently(history)
      if (options.live !== false && !history.some(({ status }) => isTerminal(status))) await live.refresh()
      return history
    },
    judge(history: readonly JobStatusEntry[]) {
      const status = history.find((entry) => isTerminal(entry.status))
      if (status) return { reached: true, status, history }
      return isOver ? { reached: false, why: 'ended', last: history[0], history } : undefined
    },
    lastRequest: () => job.lastRequest?.(),
  }
  const ended = await waitUntil<JobStatusEntry>(watched, context.clock as Clock, options)
  const status = ended.reached ? ended.status.status : ended.last?.status
  if (!ended.reached) return { status, results: [] }
  const runFolders = (await job.runs()).length > 1
  return { status, results: await downloadAll(context, job.outputs(), { ...options, runFolders }) }
}

class LiveCopies {
  readonly #context: TransferContext
  readonly #jobId: string
  readonly #job: SyncedJob
  readonly #options: SyncOptions
  readonly #isSelected: (path: string) => boolean
  /** By run and path: the last lines, and the length, when it was copied. */
  readonly #seen = new Map<string, { readonly tail: string; readonly bytes: number | undefined }>()

  constructor(context: TransferContext, jobId: string, job: SyncedJob, options: SyncOptions) {
    this.#context = context
    this.#jobId = jobId
    this.#job = job
    this.#options = options
    this.#isSelected = selector(options)
  }

  async refresh(): Promise<void> {
    const runs = await orNothing(this.#job.runs())
    for (const { id, dateCompleted } of runs ?? []) {
      if (dateCompleted) continue
      const folder = runs && runs.length > 1 ? `run${id}` : ''
      for (const { path } of (await orNothing(this.#job.directory(id))) ?? []) {
        if (this.#isSelected(path)) await this.#copy(id, path, folder)
      }
    }
  }

  async #copy(runId: string, path: string, below: string): Promise<void> {
    const { folder = '.', maxLiveBytes = MAX_LIVE_BYTES, signal, onLive } = this.#options
    const key = `${runId}/${path}`
    const tail = JSON.stringify((await orNothing(this.#job.tail(runId, path)))?.lines)
    if (tail === undefined) return
    const seen = this.#seen.get(key)
    // A file may grow by lines that are all the same: then its length tells.
    const unlessBytes = seen?.tail === tail ? seen.bytes : undefined
    const target = await placeFor(join(folder, below), path)
    if (target === undefined) return
    const file = { jobId: this.#jobId, runId, path }
    const copying = { maxBytes: maxLiveBytes, unlessBytes, signal }
    const bytes = await copyLiveFile(this.#context, file, target, copying)
    this.#seen.set(key, { tail, bytes: bytes ?? seen?.bytes })
    if (bytes !== undefined) onLive?.({ runId, path, bytes })
  }
}

/** Undefined where it has none; when the job is over, its download says why. */
async function placeFor(folder: string, path: string): Promise<string | undefined> {
  try {
    const target = pathWithin(folder, path)
    await checkContained(folder, target)
    return target
  } catch (error) {
    if (error instanceof RescaleError) return undefined
    throw error
  }
}

/** A run that has just ended, or has not begun, answers 4xx: there is nothing to copy then. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof HttpError && error.status < 500 && error.status !== 401 && error.status !== 429)
      return undefined
    throw error
  }
}
