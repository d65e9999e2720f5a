import type { RescaleClient } from '../../../client.ts'
import { NotFoundError } from '../../../errors.ts'
import { LineSplitter, withoutEnd } from '../../../line-splitter.ts'
import type { Downloadable } from '../../../transfer/download.ts'
import type { LiveFile } from '../../../transfer/live-file.ts'
import { pauseAfter } from '../../../transfer/range-retries.ts'
import { LineFollower } from '../../follow.ts'
import { pause } from '../../pause.ts'
import type { Session } from '../../session.ts'
import type { ShownLines } from './shown-lines.ts'

/** The window that a file is looked at through; what grows faster than that between two looks is read whole. */
const WINDOW_LINES = 5_000
const MAX_RETRY_AFTER_MS = 60_000

type Read = (sink: (chunk: Uint8Array) => Promise<void>) => Promise<unknown>

/** A file of a run, each line of which is told once, however fast it grows. */
export class ToldFile {
  readonly #session: Session
  readonly #client: RescaleClient
  readonly #file: LiveFile
  readonly #shown: ShownLines
  readonly #follower: LineFollower
  readonly #windowLines: number

  /** Of what is there already only the `first` last lines are told, if that is given. */
  constructor(session: Session, client: RescaleClient, file: LiveFile, shown: ShownLines, first?: number) {
    this.#session = session
    this.#client = client
    this.#file = file
    this.#shown = shown
    this.#follower = new LineFollower(first)
    this.#windowLines = Math.max(WINDOW_LINES, (first ?? 0) + 1)
  }

  /** Tells what came since the last look. False when the run does not go on, or there is no such file yet. */
  look(): Promise<boolean> {
    return unlessNotFound(async () => {
      const { jobId, runId, path } = this.#file
      const lines = this.#windowLines
      const window = await this.#client.jobs.runs.tail(jobId, runId, path, { lines, ...this.#call })
      const fresh = this.#follower.inWindow(window.lines.map(withoutEnd), window.lines.length < lines)
      if (fresh) await this.#shown.show(fresh)
      else await this.#through(this.#live)
    })
  }

  /** Tells all of it as it is now. False when the run does not go on, or there is no such file yet. */
  now(): Promise<boolean> {
    return unlessNotFound(() => this.#through(this.#live, { isLast: true }))
  }

  /** Tells all of what was saved of it, as it comes. */
  async all(saved: Downloadable): Promise<void> {
    const { files } = this.#client
    await this.#through((sink) => files.download(saved, { sink, ...this.#call }), { isLast: true })
  }

  /** Tells what is still to be told once the run is over, by what was saved of it. */
  async saved(): Promise<void> {
    const id = await this.#savedId()
    if (id !== undefined) {
      const { files } = this.#client
      return this.#through((sink) => files.download(id, { sink, ...this.#call }), { isLast: true })
    }
    await this.#shown.show(this.#follower.rest())
    const { path, runId } = this.#file
    if (this.#shown.count > 0)
      this.#session.out.warn(
        `run ${runId} has left no ${path}: what came after the last line here is not known`,
      )
  }

  readonly #live: Read = (sink) => {
    const { jobId, runId, path } = this.#file
    return this.#client.jobs.runs.read(jobId, runId, path, sink, this.#call)
  }

  get #call() {
    return { signal: this.#session.signal }
  }

  /** Goes through the file from its start, however often it is cut off, past what was told. */
  async #through(read: Read, options: { isLast?: boolean } = {}): Promise<void> {
    for (let failures = 1; ; failures++) {
      try {
        const isSame = await this.#pass(read, options)
        if (isSame) return
        this.#follower.startOver()
      } catch (error) {
        const wait = pauseAfter(error, failures, MAX_RETRY_AFTER_MS)
        if (wait === undefined) throw error
        await pause(wait, this.#session.signal)
      }
    }
  }

  /** False when it is another file than the one of which something was told. */
  async #pass(read: Read, { isLast = false }): Promise<boolean> {
    const pass = this.#follower.fromStart()
    const splitter = new LineSplitter()
    await read((chunk) => this.#shown.show(pass.take(splitter.take(chunk))))
    const unfinished = splitter.end()
    if (isLast) await this.#shown.show(pass.take(unfinished))
    await this.#shown.show(pass.end(isLast ? [] : unfinished))
    return !pass.isOther
  }

  async #savedId(): Promise<string | undefined> {
    const { jobId, runId, path } = this.#file
    let found: string | undefined
    await unlessNotFound(async () => {
      // A job that was stopped early has no runs.
      for await (const { id, relativePath } of this.#client.jobs.runs.files(jobId, runId, this.#call))
        if (relativePath === path) found ??= id
    })
    return found
  }
}

async function unlessNotFound(action: () => Promise<void>): Promise<boolean> {
  try {
    await action()
    return true
  } catch (error) {
    if (error instanceof NotFoundError) return false
    throw error
  }
}
