import type { Command } from 'commander'
import type { JobCreate } from '../../../types.ts'
import type { Session } from '../../session.ts'
import { definitionOf, type JobOptions, withJobOptions } from './definition.ts'
import { inputIds, withInputs } from './inputs.ts'
import { dryRun, guardCost } from './preflight.ts'
import { tellSubmitted } from './submitted.ts'
import { exitWith, watchToEnd, withWatchOptions } from './watch.ts'

export function defineCreate(command: Command, session: Session): void {
  withWatchOptions(
    withJobOptions(command.command('create').description('saves a job, exactly once')),
    session,
  )
    .option(
      '-f, --file <file>',
      'a definition in JSON, as jobs get -o json shows it; - is stdin. Flags go before it',
    )
    .option('--submit', 'and submit it')
    .option('--watch', 'and submit it, and watch it to its end')
    .action((options: JobOptions & { submit?: boolean; watch?: boolean }) => create(session, options))
}

async function create(
  session: Session,
  options: JobOptions & { submit?: boolean; watch?: boolean },
): Promise<void> {
  const job = await definitionOf(session, options)
  if (options.dryRun) return dryRun(session, job, options)
  await guardCost(session, job, options)
  session.isFollowing = options.watch === true
  const made = await createJob(session, job, options)
  const isSubmitted = options.submit || options.watch
  const isWritten = !options.watch || session.out.form !== 'json'
  const { field = 'id' } = session.globals
  if (isSubmitted) noteMade(session, made, isWritten && field === 'id')
  if (isWritten) await session.out.result(made, `created ${made.id} (${made.name})`)
  if (isSubmitted) await submitCreated(session, made.id)
  if (options.watch) exitWith(session, await watchToEnd(session, made.id, options))
}

/** Before anything else can fail: there is a job, and soon it costs. */
export function noteMade(
  session: Session,
  { id, name }: { id: string; name: string },
  isOnStdout = false,
): void {
  session.job = id
  if (!isOnStdout) session.out.aside({ event: 'created', job: id, name }, `created ${id} (${name})`)
}

async function submitCreated(session: Session, jobId: string): Promise<void> {
  await (await session.client()).jobs.submit(jobId, { signal: session.signal })
  await tellSubmitted(session, jobId)
}

/** Uploads what is to be uploaded, and saves the job. */
async function createJob(session: Session, job: JobCreate, options: JobOptions) {
  const client = await session.client()
  const inputFiles = (await inputIds(session, options.input)).map((id) => ({
    id,
    decompress: options.decompress,
  }))
  const complete = inputFiles.length > 0 ? withInputs(job, inputFiles) : job
  return client.jobs.create(complete, { signal: session.signal })
}
