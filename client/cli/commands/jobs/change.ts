import type { Command } from 'commander'
import type { RescaleClient } from '../../../client.ts'
import { HttpError } from '../../../errors.ts'
import { confirm } from '../../ask.ts'
import { UsageError } from '../../exit-codes.ts'
import type { Session } from '../../session.ts'
import { tellSubmitted, wasSubmitted } from './submitted.ts'
import { exitWith, pace, type WatchOptions, watchToEnd, withWatchOptions } from './watch.ts'

interface StopOptions extends WatchOptions {
  readonly force?: boolean
  readonly run?: string
  readonly wait?: boolean
  readonly yes?: boolean
}

interface DeleteOptions extends WatchOptions {
  readonly inputs?: boolean
  readonly wait?: boolean
  readonly yes?: boolean
}

export function defineChange(command: Command, session: Session): void {
  withWatchOptions(
    command.command('submit <job>').description('lets a saved job run; from here on it costs'),
    session,
  )
    .option('--watch', 'and watch it to its end')
    .action(async (jobId: string, options: WatchOptions & { watch?: boolean }) => {
      await (await session.client()).jobs.submit(jobId, { signal: session.signal })
      await tellSubmitted(session, jobId)
      if (options.watch) exitWith(session, await watchToEnd(session, jobId, options))
      else if (session.out.form === 'json') await session.out.json({ event: 'submitted', job: jobId })
    })
  withWatchOptions(
    command.command('stop <job>').description('ends a job’s commands and saves its work folder'),
    session,
  )
    .option('--force', 'if it does not stop otherwise')
    .option('--run <run>', 'this run only')
    .option('--wait', 'until its cluster is stopped')
    .option('--yes', 'do not ask')
    .action((jobId: string, options: StopOptions) => stop(session, jobId, options))
  withWatchOptions(
    command.command('delete <jobs...>').description('deletes jobs whose clusters are stopped'),
    session,
  )
    .option('--inputs', 'and their input files')
    .option('--wait', 'until their clusters are stopped, instead of failing')
    .option('--yes', 'do not ask')
    .action((jobIds: readonly string[], options: DeleteOptions) => remove(session, jobIds, options))
  defineTag(command, session)
  defineShare(command, session)
}

async function stop(session: Session, jobId: string, options: StopOptions): Promise<void> {
  const ended = options.run === undefined ? `job ${jobId}` : `run ${options.run} of job ${jobId}`
  await confirm(session.io, `${options.force ? 'stop by force' : 'stop'} ${ended}`, options.yes)
  const { jobs } = await session.client()
  const { signal } = session
  if (options.run !== undefined) await jobs.runs.stop(jobId, options.run, { signal })
  else if (options.force) await jobs.forceStop(jobId, { signal })
  else await jobs.stop(jobId, { signal })
  if (options.wait) await untilStopped(session, jobId, options)
  const what = options.wait ? 'stopped' : 'stopping'
  await session.out.result({ job: jobId, run: options.run ?? null, state: what }, `${what} ${jobId}`)
}

async function untilStopped(session: Session, jobId: string, options: WatchOptions): Promise<void> {
  const { jobs } = await session.client()
  // It has no cluster, and will get none by itself.
  if (!(await wasSubmitted(session, jobId))) return
  await jobs.waitForCluster(jobId, 'Stopped', {
    signal: session.signal,
    onStatus: ({ status }) => session.out.note(`cluster of ${jobId}: ${status}`),
    ...pace(session, options),
  })
}

async function remove(session: Session, jobIds: readonly string[], options: DeleteOptions): Promise<void> {
  const what = jobIds.length === 1 ? `job ${jobIds[0]}` : `${jobIds.length} jobs (${jobIds.join(', ')})`
  await confirm(session.io, `delete ${what}${options.inputs ? ' and the input files' : ''}`, options.yes)
  const client = await session.client()
  const failures: unknown[] = []
  for (const jobId of jobIds) {
    try {
      if (options.wait) await untilStopped(session, jobId, options)
      await removeOne(client, session, jobId, options)
      await session.out.each({ event: 'deleted', job: jobId }, `deleted ${jobId}`)
    } catch (error) {
      if (jobIds.length === 1 || session.signal.aborted) throw error
      failures.push(error)
      session.out.warn(`${jobId}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (session.out.form === 'json') await session.out.json({ deleted: jobIds.length - failures.length })
  if (failures.length === jobIds.length) throw failures[0]
  if (failures.length > 0) session.exit = 'partial'
}

async function removeOne(client: RescaleClient, session: Session, jobId: string, { inputs }: DeleteOptions) {
  try {
    await client.jobs.delete(jobId, { signal: session.signal, deleteInputFiles: inputs === true })
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 400) throw error
    session.fail(
      'refused',
      error.message,
      'Its cluster must be stopped first: add --wait, or rescale jobs stop.',
    )
  }
}

function defineTag(command: Command, session: Session): void {
  command
    .command('tag <job> [tags...]')
    .description('shows a job’s tags, or adds some')
    .option('--remove', 'remove these tags instead')
    .action(async (jobId: string, tags: readonly string[], options: { remove?: boolean }) => {
      const { jobs } = await session.client()
      const { signal } = session
      for (const tag of tags) {
        if (options.remove) await jobs.tags.remove(jobId, tag, { signal })
        else await jobs.tags.add(jobId, tag, { signal })
      }
      await session.out.list(await jobs.tags.list(jobId, { signal }), [
        { title: 'tag', value: ({ name }) => name },
      ])
    })
}

function defineShare(command: Command, session: Session): void {
  command
    .command('share <job>')
    .description('lets somebody else see a job')
    .option('--email <address>', 'a person')
    .option('--account <id>', 'a workspace')
    .option('--message <text>', 'what to tell them')
    .action(async (jobId: string, options: { email?: string; account?: string; message?: string }) => {
      if (!options.email && !options.account) throw new UsageError('Say with whom: --email or --account.')
      const { jobs } = await session.client()
      const receipt = await jobs.share(jobId, options, { signal: session.signal })
      await session.out.result(
        receipt,
        `shared ${jobId} with ${receipt.recipient ?? receipt.supportDesk ?? options.account}`,
      )
    })
}
