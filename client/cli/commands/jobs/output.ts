import type { Command } from 'commander'
import type { RescaleClient } from '../../../client.ts'
import { NotFoundError } from '../../../errors.ts'
import type { LiveFile } from '../../../transfer/live-file.ts'
import { DAY_MS } from '../../../waiters.ts'
import { UsageError } from '../../exit-codes.ts'
import { limited } from '../../limit.ts'
import { collect, milliseconds, wholeNumber } from '../../option-values.ts'
import { pause } from '../../pause.ts'
import type { Session } from '../../session.ts'
import { outputColumns } from '../files/columns.ts'
import { type DownloadFlags, selectionOf, tellDownloads, withDownloadOptions } from '../files/download.ts'
import { ShownLines } from './shown-lines.ts'
import { untilSubmitted } from './submitted.ts'
import { ToldFile } from './told-file.ts'

const LOG = 'process_output.log'
const DEFAULT_INTERVAL_MS = 2_000
const DEFAULT_LINES = 100

interface OutputsOptions extends DownloadFlags {
  readonly search?: string
  readonly match: readonly string[]
  readonly exclude: readonly string[]
  readonly download?: boolean
  readonly sync?: boolean
}

interface FollowOptions {
  readonly follow?: boolean
  readonly interval: number
  readonly timeout: number
}

interface TailOptions extends FollowOptions {
  readonly lines: number
  readonly run: string
}

export function defineOutput(command: Command, session: Session): void {
  withFollowOptions(command.command('logs <job>'))
    .description(`what the commands wrote: ${LOG}, also while they run`)
    .action((jobId: string, options: FollowOptions) => logs(session, jobId, options))
  withFollowOptions(command.command('tail <job> [file]'))
    .description('the last lines of a file in the work folder, while the job runs')
    .option(
      '--lines <number>',
      'so many; with --follow, so many of those at the start',
      wholeNumber,
      DEFAULT_LINES,
    )
    .option('--run <run>', 'of this run', '1')
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

function withFollowOptions(command: Command): Command {
  return command
    .option('-f, --follow', 'go on until the job is over')
    .option('--interval <duration>', 'with --follow: look so often', milliseconds, DEFAULT_INTERVAL_MS)
    .option(
      '--timeout <duration>',
      'with --follow: wait so long for the job to be submitted',
      milliseconds,
      DAY_MS,
    )
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

async function logs(session: Session, jobId: string, options: FollowOptions): Promise<void> {
  const client = await session.client()
  const file = { jobId, runId: '1', path: LOG }
  const shown = new ShownLines(session)
  if (options.follow) await follow(session, client, file, shown, options)
  if (shown.count === 0 && !(await showNow(session, client, file, shown)))
    session.fail('notFound', `${jobId} has no ${LOG} yet`, 'rescale jobs watch tells when it runs.')
  await shown.end()
}

/** What was saved of a log, else what it is while the job runs. */
async function showNow(
  session: Session,
  client: RescaleClient,
  file: LiveFile,
  shown: ShownLines,
): Promise<boolean> {
  const { jobs } = client
  const { signal } = session
  const told = new ToldFile(session, client, file, shown)
  const saved = await jobs.logFile(file.jobId, { signal })
  if (saved) {
    await told.all(saved)
    return true
  }
  if (await told.now()) return true
  // The job itself may be the one that is not there.
  await jobs.get(file.jobId, { signal })
  return false
}

async function tail(session: Session, jobId: string, path: string, options: TailOptions): Promise<void> {
  const { lines, run: runId, follow: isFollowed } = options
  if (lines === 0 && !isFollowed) throw new UsageError('--lines 0 shows nothing without --follow')
  const client = await session.client()
  const shown = new ShownLines(session)
  if (isFollowed) await follow(session, client, { jobId, runId, path }, shown, { ...options, first: lines })
  else {
    const { signal } = session
    const last = await client.jobs.runs.tail(jobId, runId, path, { lines, signal }).catch((error) => {
      if (!(error instanceof NotFoundError)) throw error
      const hint = `What a run leaves is saved when it is over: rescale jobs outputs ${jobId}`
      return session.fail('notFound', error.message, hint)
    })
    await shown.show(last.lines)
  }
  await shown.end()
}

/** Shows what a file gets until its job is over: all of it, or only so many of the lines that are there at `first`. */
async function follow(
  session: Session,
  client: RescaleClient,
  file: LiveFile,
  shown: ShownLines,
  { interval, timeout, first }: FollowOptions & { first?: number },
): Promise<void> {
  const { signal } = session
  await untilSubmitted(session, file.jobId, { timeoutMs: timeout, intervalMs: interval })
  const told = new ToldFile(session, client, file, shown, first)
  try {
    while (!(await client.jobs.hasEnded(file.jobId, { signal }))) {
      await told.look()
      await pause(interval, signal)
    }
    await told.saved()
  } catch (error) {
    // What has come is data, whatever ended it.
    if (shown.count > 0) await shown.end()
    throw error
  }
}
