import { type Command, InvalidArgumentError, Option } from 'commander'
import type { JobOutcome } from '../../../outcome.ts'
import type { JobStatus, JobStatusEntry } from '../../../types.ts'
import { exitOfVerdict, UsageError } from '../../exit-codes.ts'
import { parseDuration } from '../../format.ts'
import { milliseconds } from '../../option-values.ts'
import type { Session } from '../../session.ts'
import { tellingUnsubmitted, warnUnsubmitted, wasSubmitted } from './submitted.ts'

export interface WatchOptions {
  readonly until?: JobStatus
  readonly timeout?: number
  readonly interval?: number
}

// A record, so that the compiler knows of one that is missing.
const STATUSES = Object.keys({
  Pending: true,
  'Waiting for Queue': true,
  Queued: true,
  'Waiting for Cluster': true,
  Started: true,
  Validated: true,
  Executing: true,
  Stopping: true,
  Completed: true,
  'Force Stop': true,
} satisfies Record<JobStatus, true>) as JobStatus[]

function status(text: string): JobStatus {
  const found = STATUSES.find((one) => one.toLowerCase() === text.toLowerCase())
  if (!found) throw new InvalidArgumentError(`Allowed choices are ${STATUSES.join(', ')}.`)
  return found
}

/** Options of everything that waits for a job. */
export function withWatchOptions(command: Command, session: Session): Command {
  return (
    command
      // Before there is a job that costs.
      .hook('preAction', () => void usualInterval(session))
      .option(
        '--timeout <duration>',
        'give up waiting, not the job, after so long (default 24h)',
        milliseconds,
      )
      .option(
        '--interval <duration>',
        'look so often (else RESCALE_INTERVAL, else from 1s to 30s)',
        milliseconds,
      )
  )
}

export function defineWatch(command: Command, session: Session): void {
  withWatchOptions(command.command('watch <job>'), session)
    .description('shows statuses as they come, and what became of the job; can be called again at any time')
    .addOption(
      new Option('--until <status>', 'end when the job has had this status')
        .choices(STATUSES)
        .argParser(status),
    )
    .action(async (jobId: string, options: WatchOptions) => {
      if (!(await wasSubmitted(session, jobId))) warnUnsubmitted(session, jobId, options.timeout)
      if (options.until === undefined) exitWith(session, await watchToEnd(session, jobId, options))
      else await watchUntil(session, jobId, options.until, options)
    })
}

/** Shows a job's statuses until it is over, then its verdict, which decides the exit code. */
export async function watchToEnd(
  session: Session,
  jobId: string,
  options: WatchOptions,
): Promise<JobOutcome> {
  const outcome = await watched(session, jobId, options)
  await tellOutcome(session, jobId, outcome)
  return outcome
}

/** Shows a job's statuses until it is over. */
export async function watched(session: Session, jobId: string, options: WatchOptions): Promise<JobOutcome> {
  const client = await session.client()
  const over = client.jobs.waitFor(jobId, 'Completed', waitOptions(session, jobId, options))
  await tellingUnsubmitted(session, jobId, over)
  return client.jobs.outcome(jobId, { signal: session.signal })
}

export function outcomeDocument(jobId: string, { verdict, reason, exitCode, statuses }: JobOutcome) {
  return { event: 'outcome', job: jobId, verdict, reason, exitCode: exitCode ?? null, statuses }
}

export async function tellOutcome({ out }: Session, jobId: string, outcome: JobOutcome): Promise<void> {
  await out.result(outcomeDocument(jobId, outcome), `${jobId} ${outcome.verdict}: ${outcome.reason}`)
}

async function watchUntil(
  session: Session,
  jobId: string,
  until: JobStatus,
  options: WatchOptions,
): Promise<void> {
  const client = await session.client()
  const reached = client.jobs.waitFor(jobId, until, waitOptions(session, jobId, options))
  const result = await tellingUnsubmitted(session, jobId, reached)
  if (!result.reached) {
    const last = result.last?.status ?? 'not submitted'
    session.fail('jobFailed', `${jobId} can no longer become ${until}: it is ${result.why}, last ${last}`)
  }
  await session.out.result(
    { event: 'reached', job: jobId, ...result.status },
    `${jobId} has been ${until} since ${result.status.statusDate}`,
  )
}

function waitOptions(session: Session, jobId: string, options: WatchOptions) {
  const { out, signal } = session
  session.isFollowing = true
  // Each status is one line; they are few, and the stream takes them in order. That it takes no more ends the wait.
  const onStatus = (entry: JobStatusEntry) => {
    const { status, statusDate, statusReason } = entry
    const line = `${statusDate.slice(0, 19).replace('T', ' ')}  ${status}${statusReason ? `  (${statusReason})` : ''}`
    out.event({ event: 'status', job: jobId, status, statusDate, statusReason }, line).catch(() => {})
  }
  return { signal, onStatus, ...pace(session, options) }
}

/** How often to look, and until when; `RESCALE_INTERVAL` stands for `--interval`. */
export function pace(session: Session, { timeout, interval }: WatchOptions) {
  const intervalMs = interval ?? usualInterval(session)
  return {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(intervalMs !== undefined && { intervalMs }),
  }
}

function usualInterval({ io }: Session): number | undefined {
  const text = io.env.RESCALE_INTERVAL
  if (!text) return undefined
  const ms = parseDuration(text)
  if (ms === undefined)
    throw new UsageError(`RESCALE_INTERVAL is ${text}: it should be such as 30s, 5m or 2h`)
  return ms
}

export function exitWith(session: Session, { verdict }: JobOutcome): void {
  session.exit = exitOfVerdict(verdict)
}
