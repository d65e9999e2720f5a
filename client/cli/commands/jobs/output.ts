import type { Command } from 'commander'
import type { RescaleClient } from '../../../client.ts'
import { NotFoundError } from '../../../errors.ts'
import type { JobsResource } from '../../../resources/jobs.ts'
import { LineFollower } from '../../follow.ts'
import { limited, wholeNumber } from '../../limit.ts'
import { pause } from '../../pause.ts'
import type { Session } from '../../session.ts'
import { outputColumns } from '../files/columns.ts'
import { type DownloadFlags, selectionOf, tellDownloads, withDownloadOptions } from '../files/download.ts'
import { milliseconds } from './watch.ts'

const LOG = 'process_output.log'
/** The window that a followed file is looked at through: what grows faster than that between two looks is lost. */
const WINDOW_LINES = 5_000
const DEFAULT_INTERVAL_MS = 2_000
const DEFAULT_LINES = 100

const collect = (value: string, all: readonly string[]): string[] => [...all, value]

interface OutputsOptions extends DownloadFlags {
  readonly search?: string
  readonly match: readonly string[]
  readonly exclude: readonly string[]
  readonly download?: boolean
  readonly sync?: boolean
}

interface TailOptions {
  readonly lines: number
  readonly run: string
  readonly follow?: boolean
  readonly interval: number
}

export function defineOutput(command: Command, session: Session): void {
  command
    .command('logs <job>')
    .description(`what the commands wrote: ${LOG}, also while they run`)
    .option('-f, --follow', 'go on until the job is over')
    .option('--interval <duration>', 'with --follow: look so often', milliseconds, DEFAULT_INTERVAL_MS)
    .action((jobId: string, options: { follow?: boolean; interval: number }) => logs(session, jobId, options))
  command
    .command('tail <job> [file]')
    .description('the last lines of a file in the work folder, while the job runs')
    .option('--lines <number>', 'so many', wholeNumber, DEFAULT_LINES)
    .option('--run <run>', 'of this run', '1')
    .option('-f, --follow', 'go on until the run is over')
    .option('--interval <duration>', 'with --follow: look so often', milliseconds, DEFAULT_INTERVAL_MS)
    .action((jobId: string, file: string | undefined, options: TailOptions) =>
      tail(session, jobId, file ?? LOG, options),
    )
  withDownloadOptions(command.command('outputs <job>').description('the files a job left, or their download'))
    .option('--search <text>', 'show those with this text in their name')
    .option('--download', 'fetch them; --to says where')
    .option('--match <pattern>', 'fetch these only, as in a .gitignore (repeatable)', collect, [])
    .option('--exclude <pattern>', 'but not these (repeatable)', collect, [])
    .option('--sync', 'fetch them as they come while the job runs, until it is over')
    .action((jobId: string, options: OutputsOptions) => outputs(session, jobId, options))
}

async function outputs(session: Session, jobId: string, options: OutputsOptions): Promise<void> {
  const client = await session.client()
  const { search } = options
  if (options.sync) return sync(session, jobId, options)
  if (options.download || options.to !== undefined) {
    await tellDownloads(session, options, (more) =>
      client.jobs.downloadFiles(jobId, { ...more, ...selectionOf(options) }),
    )
    return
  }
  const found = client.jobs.files(jobId, search === undefined ? {} : { search }, { signal: session.signal })
  await limited(session, found, {}, outputColumns)
}

/** Keeps a folder like the work folder until the job is over. */
async function sync(session: Session, jobId: string, options: OutputsOptions): Promise<void> {
  const client = await session.client()
  await tellDownloads(session, options, async ({ folder, onEvent, signal }) => {
    const { results } = await client.jobs.sync(jobId, {
      ...selectionOf(options),
      ...(folder !== undefined && { folder }),
      ...(onEvent && { onEvent }),
      ...(signal && { signal }),
    })
    return results
  })
}

async function logs(
  session: Session,
  jobId: string,
  options: { follow?: boolean; interval: number },
): Promise<void> {
  const client = await session.client()
  const { jobs } = client
  if (options.follow) {
    const seen = await follow(session, client, { jobId, file: LOG, run: '1', interval: options.interval })
    if (seen > 0) return
  }
  const log = await jobs.log(jobId, { signal: session.signal })
  const lines =
    log?.lines.map((line) => line.replace(/\r?\n$/, '')) ?? (await liveLines(jobs, jobId, session.signal))
  if (lines === undefined)
    session.fail('notFound', `${jobId} has no ${LOG} yet`, 'rescale jobs watch tells when it runs.')
  await showLines(session, lines)
}

async function liveLines(
  jobs: JobsResource,
  jobId: string,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  try {
    return (await jobs.runs.tail(jobId, '1', LOG, { lines: WINDOW_LINES, signal })).lines
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    // The job itself may be the one that is not there.
    await jobs.get(jobId, { signal })
    return undefined
  }
}

async function tail(session: Session, jobId: string, file: string, options: TailOptions): Promise<void> {
  const client = await session.client()
  const { jobs } = client
  if (options.follow) {
    await follow(session, client, { jobId, file, run: options.run, interval: options.interval })
    return
  }
  const { lines: wanted, run } = options
  const window = { lines: wanted, signal: session.signal }
  const { lines } = await jobs.runs.tail(jobId, run, file, window).catch((error) => {
    if (!(error instanceof NotFoundError)) throw error
    const hint = `What a run leaves is saved when it is over: rescale jobs outputs ${jobId}`
    return session.fail('notFound', error.message, hint)
  })
  await showLines(session, lines)
}

async function showLines({ out }: Session, lines: readonly string[]): Promise<void> {
  if (out.form === 'json') return out.json({ lines })
  for (const line of lines) {
    if (out.form === 'ndjson') await out.each({ line }, '')
    else await out.text(`${line}\n`)
  }
}

interface Followed {
  readonly jobId: string
  readonly file: string
  readonly run: string
  readonly interval: number
}

/** Shows what a file gets while its run goes on. Returns how many lines there were. */
async function follow(session: Session, client: RescaleClient, followed: Followed): Promise<number> {
  const { jobId, file, run, interval } = followed
  const { jobs } = client
  const { signal } = session
  const follower = new LineFollower()
  let count = 0
  let last: readonly string[] = []
  for (;;) {
    const isOver = await jobs.hasEnded(jobId, { signal })
    last = isOver
      ? await saved(client, followed, last, signal)
      : await window(jobs, jobId, run, file, last, signal)
    const fresh = follower.next(last, { isLast: isOver })
    count += fresh.length
    await showLines(session, fresh)
    if (isOver) return count
    await pause(interval, signal)
  }
}

async function window(
  jobs: JobsResource,
  jobId: string,
  run: string,
  file: string,
  before: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return (await jobs.runs.tail(jobId, run, file, { lines: WINDOW_LINES, signal })).lines
  } catch (error) {
    // Not there yet, or over since the last look.
    if (error instanceof NotFoundError) return before
    throw error
  }
}

/** The end of the file as it was saved when the run ended: more than the last look has seen. */
async function saved(
  { files, jobs }: RescaleClient,
  { jobId, run, file }: Followed,
  before: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    for await (const { id, relativePath } of jobs.runs.files(jobId, run, { signal })) {
      if (relativePath !== file) continue
      const lines = await files.lines(id, { signal })
      return lines.map((line) => line.replace(/\r?\n$/, '')).slice(-WINDOW_LINES)
    }
  } catch (error) {
    // A job that was stopped early has no runs.
    if (!(error instanceof NotFoundError)) throw error
  }
  return before
}
