import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { IntegrityError, NoSpaceError, RescaleError } from '../errors.ts'
import { makeFolder } from '../make-folder.ts'
import { checkHash, isVerified, sha512Of } from './checksums.ts'
import { checkContained } from './contained.ts'
import type { TransferContext } from './context.ts'
import { checkSpace } from './disk-space.ts'
import type { Downloadable, Downloaded, DownloadHelp, DownloadOptions } from './download.ts'
import { contentsOf, reportProgress } from './download-progress.ts'
import { codeOf, type LocalFs } from './local-fs.ts'
import { pathWithin } from './names.ts'
import { IS_THERE } from './part-file.ts'
import { MIN_RANGE_BYTES } from './ranges.ts'
import { openPart, type ResumablePart } from './resumable-part.ts'
import { SegmentPlan } from './segments.ts'

/** Downloads into a part file next to the target, which is renamed when it is whole and verified. */
export async function downloadToFile(
  context: TransferContext,
  file: Downloadable,
  options: DownloadOptions,
  help: DownloadHelp,
): Promise<Downloaded> {
  const { overwrite = true, resume = true, verify = true } = options
  const target = options.to ?? (await placeFor(file.name, options.folder ?? '.'))
  const there = await stat(target).catch(() => undefined)
  if (there && !overwrite) throw new RescaleError(`${target} is there already`, { hint: IS_THERE })
  if (there?.isDirectory())
    throw new RescaleError(`${target} is a folder: no file can take its place`, { hint: OTHER_PLACE })
  await makeDurably(context.fs, dirname(target), options.durable === true)
  const identity = { fileId: file.id, size: file.decryptedSize, sha512: sha512Of(file) }
  const attempt = async () => {
    const part = await openPart(context, target, identity, { resume, verify })
    return new FileDownload(context, file, target, options, help, part).run()
  }
  try {
    return await attempt()
  } catch (error) {
    if (!(error instanceof LeftoverDamaged)) throw error
    // What an earlier download had left was wrong, as after a power failure: all of it comes anew.
    help.item.restarted()
    return await attempt()
  }
}

const OTHER_PLACE = 'Choose another place for it.'

class LeftoverDamaged extends Error {}

type OpenedPart = Awaited<ReturnType<typeof openPart>>

class FileDownload {
  readonly #context: TransferContext
  readonly #file: Downloadable
  readonly #target: string
  readonly #options: DownloadOptions
  readonly #help: DownloadHelp
  readonly #part: OpenedPart
  readonly #plan: SegmentPlan

  constructor(
    context: TransferContext,
    file: Downloadable,
    target: string,
    options: DownloadOptions,
    help: DownloadHelp,
    part: OpenedPart,
  ) {
    this.#context = context
    this.#file = file
    this.#target = target
    this.#options = options
    this.#help = help
    this.#part = part
    this.#plan = new SegmentPlan(file.decryptedSize, part.done)
    part.follow(this.#plan)
  }

  async run(): Promise<Downloaded> {
    const { overwrite = true, durable = false } = this.#options
    const resumedBytes = this.#plan.written()
    const size = this.#file.decryptedSize
    try {
      if (resumedBytes > 0) this.#help.item.resumed(resumedBytes)
      await checkSpace(this.#context.fs, dirname(this.#target), size - resumedBytes)
      const sha512 = await this.#fetched()
      await this.#part.commit(this.#target, { overwrite, durable })
      const result = { path: this.#target, size, sha512, verified: isVerified(this.#file, sha512) }
      return { ...result, connections: this.#help.pool.most, resumedBytes }
    } catch (error) {
      throw await this.#failed(error, resumedBytes)
    }
  }

  /** The SHA-512 of what came, which is as it should be; undefined when nobody wants to know. */
  async #fetched(): Promise<string | undefined> {
    const { verify = true, signal, minRangeBytes = MIN_RANGE_BYTES } = this.#options
    const { hashing, pool, item, spentRequests } = this.#help
    const size = this.#file.decryptedSize
    const hasher = () => (verify ? hashing.file(this.#part.file.path, size) : undefined)
    let hash = hasher()
    const onRestart = () => {
      // The bytes that come now may be others than those it has seen.
      hash?.stop()
      hash = hasher()
      this.#part.restarted()
      item.restarted()
    }
    const onWritten = () => {
      hash?.advance(this.#plan.frontier())
      reportProgress(this.#plan, item, this.#options)
    }
    const onRetry = (error: Error, delayMs: number) => item.retrying(error, delayMs)
    const source = {
      context: this.#context,
      path: contentsOf(this.#file),
      size,
      sink: this.#part,
      forgets: true,
      onWritten,
    }
    try {
      hash?.advance(this.#plan.frontier())
      const job = { ...source, plan: this.#plan, minRangeBytes, spentRequests, signal, onRetry, onRestart }
      const last = this.#plan.isComplete ? undefined : await pool.fetch(job)
      const sha512 = await hash?.finish(size)
      checkHash(this.#file, sha512, last)
      return sha512
    } finally {
      hash?.stop()
    }
  }

  /** Keeps what may be gone on with. What it cannot keep is no reason to hide why it failed. */
  async #failed(error: unknown, resumedBytes: number): Promise<unknown> {
    const isWrong = error instanceof IntegrityError
    const put = (part: ResumablePart) => (isWrong ? part.discard() : part.keep())
    await put(this.#part).catch(() => {})
    if (isWrong && resumedBytes > 0) return new LeftoverDamaged(error.message, { cause: error })
    if (codeOf(error) !== 'ENOSPC') return error
    const free = await this.#context.fs.freeBytes(dirname(this.#target)).catch(() => undefined)
    return new NoSpaceError(dirname(this.#target), this.#plan.size - this.#plan.written(), free ?? 0, error)
  }
}

async function makeDurably(fs: LocalFs, path: string, durable: boolean): Promise<void> {
  const first = await makeFolder(path)
  if (!durable || first === undefined) return
  const above = dirname(resolve(first))
  // Of `new/../x` it makes what is not above `x`: then all are brought there.
  for (let at = resolve(path); at !== above && at !== dirname(at); at = dirname(at))
    await fs.syncFolder(dirname(at))
}

async function placeFor(name: string, folder: string): Promise<string> {
  const path = pathWithin(folder, name)
  await checkContained(folder, path)
  return path
}
