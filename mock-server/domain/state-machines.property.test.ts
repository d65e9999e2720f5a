import fc from 'fast-check'
import { it } from 'vitest'
import { clusterStatusesAfter } from './cluster-status.ts'
import type { Ending } from './endings/ending.ts'
import { endings } from './endings/known-endings.ts'
import type { PlannedFile } from './executor.ts'
import { type Duration, hour, minute, second } from './instant.ts'
import type { Job } from './job.ts'
import { jobStatusesAfter } from './job-status.ts'
import { observedQuirks } from './quirks.ts'
import { aPlatform, createJob, refusalOf } from './testing/a-platform.ts'

interface Recipe {
  readonly isLowPriority: boolean
  /** Null is a live run, which lasts until it is ended. */
  readonly exitCode: 0 | 2 | null
}

type OnJob = 'submit' | 'stop' | 'force stop' | 'stop run' | 'delete' | 'end run'

type Command =
  | { readonly kind: OnJob; readonly job: number }
  | { readonly kind: 'ask'; readonly job: number; readonly ending: Ending; readonly after: Duration | null }
  | { readonly kind: 'advance'; readonly seconds: number }
  | { readonly kind: 'settle' }

const recipe: fc.Arbitrary<Recipe> = fc.record({
  isLowPriority: fc.boolean(),
  exitCode: fc.constantFrom(0, 2, null),
})

const onJob = (kind: OnJob) => fc.record({ kind: fc.constant(kind), job: fc.nat(2) })

const advance = fc.record({
  kind: fc.constant('advance' as const),
  // Within the first steps, within the cluster's start, across it, across a run, beyond a walltime.
  seconds: fc.oneof(fc.nat(5), fc.nat(60), fc.integer({ min: 300, max: 520 }), fc.nat(900), fc.nat(7200)),
})

const ask = fc.record({
  kind: fc.constant('ask' as const),
  job: fc.nat(2),
  ending: fc.constantFrom(...endings),
  after: fc.option(fc.integer({ min: 0, max: 900 }).map((seconds) => seconds * second)),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: ask },
  { weight: 3, arbitrary: onJob('submit') },
  { weight: 3, arbitrary: onJob('stop') },
  { weight: 2, arbitrary: onJob('force stop') },
  onJob('stop run'),
  onJob('delete'),
  { weight: 2, arbitrary: onJob('end run') },
  { weight: 6, arbitrary: advance },
  fc.record({ kind: fc.constant('settle' as const) }),
)

const story = fc.record({
  recipes: fc.array(recipe, { minLength: 1, maxLength: 3 }),
  commands: fc.array(command, { maxLength: 40, size: 'max' }),
  canForceStop: fc.boolean(),
})

const quirks = fc.record({
  resubmit: fc.constantFrom('ignored' as const, 'refused' as const),
  failedCommand: fc.constantFrom('completed' as const, 'stopping' as const),
  stopBeforeValidation: fc.constantFrom('silent' as const, 'stopping' as const),
})

interface Noted {
  readonly job: Job
  wasStopped: boolean
  /** Then its end is not that of its commands. */
  wasAsked: boolean
  readonly exitCode: number
  /** As it was read last: rows never change and never go away. */
  rows: string
}

it('keeps every history legal, whatever is done in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(story, quirks, async ({ recipes, commands, canForceStop }, chosen) => {
      const world = aPlatform({ quirks: { ...observedQuirks, ...chosen } })
      const { platform, executor } = world
      executor.hold({ canForceStop })
      const jobs = recipes.map((one) => note(world, one))
      for (const one of commands) {
        if (one.kind === 'advance') platform.advance(one.seconds * second)
        else if (one.kind === 'settle') platform.settle()
        else await act(world, jobs, one)
        dropErased(world, jobs)
        for (const noted of jobs) checkHistories(noted)
        checkLists(world, jobs)
      }
      // Whatever still runs comes to its end.
      platform.advance(hour)
      for (const { end } of executor.held) await end({ exitCode: 0 })
      platform.advance(100 * hour)
      // Runs that started over end, too.
      for (const { end } of executor.held) await end({ exitCode: 0 })
      platform.advance(100 * hour)
      dropErased(world, jobs)
      for (const noted of jobs) {
        checkHistories(noted)
        checkEnd(noted)
      }
      if (platform.nextDue() !== null) throw new Error('Something is due for ever')
      for (const { job } of jobs) await platform.deleteJob(job.id)
      if (world.files.count > 0) throw new Error(`${world.files.count} files have no owner`)
    }),
    { numRuns: 500 },
  )
})

type TestWorld = ReturnType<typeof aPlatform>

/** Jobs go as their names say, whichever runs first. */
function note({ platform, executor }: TestWorld, { isLowPriority, exitCode }: Recipe): Noted {
  executor.choose(({ jobName }) =>
    jobName === 'live' ? 'held' : { exitCode: Number(jobName), files: [output] },
  )
  const job = createJob(platform, { name: exitCode === null ? 'live' : String(exitCode), isLowPriority })
  return { job, wasStopped: false, wasAsked: false, exitCode: exitCode ?? 0, rows: '' }
}

const output: PlannedFile = { relativePath: 'a', from: 0, after: 10 * minute, content: new Uint8Array(100) }

/** An ending may be that the job is deleted. */
function dropErased({ platform }: TestWorld, jobs: Noted[]): void {
  const left = jobs.filter(({ job }) => refusalOf(() => platform.job(job.id)) === null)
  jobs.splice(0, jobs.length, ...left)
}

async function act(
  { platform, executor }: TestWorld,
  jobs: Noted[],
  command: Extract<Command, { readonly job: number }>,
): Promise<void> {
  const { kind } = command
  const noted = jobs[command.job]
  if (!noted) return
  const { job } = noted
  if (kind === 'ask' && !refusalOf(() => platform.askEnding(job.id, command))) noted.wasAsked = true
  if (kind === 'stop run' && !refusalOf(() => platform.stopRun(job.id, '1'))) noted.wasStopped = true
  if (kind === 'submit') refusalOf(() => platform.submitJob(job.id))
  if (kind === 'stop' && !refusalOf(() => platform.stopJob(job.id))) noted.wasStopped = true
  if (kind === 'force stop' && !refusalOf(() => platform.forceStopJob(job.id))) noted.wasStopped = true
  if (kind === 'end run')
    await executor.held
      .findLast(({ order }) => order.jobId === job.id)
      ?.end({ exitCode: noted.exitCode, outputs: [] })
  if (kind === 'delete') {
    const isFree =
      job.status === null || (job.state === 'completed' && (job.cluster?.status ?? 'Stopped') === 'Stopped')
    const wasDeleted = await platform.deleteJob(job.id).then(
      () => true,
      () => false,
    )
    if (wasDeleted !== isFree)
      throw new Error(`Deleting a ${job.status} job with a ${job.cluster?.status} cluster`)
    if (wasDeleted) jobs.splice(jobs.indexOf(noted), 1)
  }
}

function checkHistories(noted: Noted): void {
  const { job } = noted
  const jobRows = job.statuses.toReversed()
  const clusterRows = job.cluster?.statuses.toReversed() ?? []
  checkMoves(jobRows, jobStatusesAfter, 'Pending')
  checkMoves(clusterRows, clusterStatusesAfter, 'Not Started')
  const rows = JSON.stringify(jobRows)
  if (!rows.startsWith(noted.rows.slice(0, -1))) throw new Error(`Rows changed from ${noted.rows} to ${rows}`)
  noted.rows = rows
  const last = jobRows.at(-1)
  const stopRequested = clusterRows.find(({ status }) => status === 'Stop Requested')
  const isSuccess = last?.reason === 'Completed successfully'
  if (isSuccess && jobRows.some(({ status }) => status === 'Stopping'))
    throw new Error('A success was Stopping')
  if (last?.status === 'Completed' && stopRequested && stopRequested.at < last.at)
    throw new Error('The cluster stopped before its job completed')
}

function checkMoves<Status extends string>(
  rows: readonly { readonly status: Status; readonly at: number }[],
  after: Readonly<Record<Status, readonly Status[]>>,
  first: Status,
): void {
  if (new Set(rows.map(({ status }) => status)).size !== rows.length) throw new Error('A status came twice')
  rows.forEach(({ status, at }, index) => {
    const previous = rows[index - 1]
    const isLegal = previous ? after[previous.status].includes(status) && previous.at <= at : status === first
    if (!isLegal) throw new Error(`${status} came after ${previous?.status ?? 'nothing'}`)
  })
}

function checkLists({ platform }: TestWorld, jobs: readonly Noted[]): void {
  const completed = platform.jobs({ state: 'completed' }).count
  const going = platform.jobs({ state: 'not_completed' }).count
  if (completed + going !== jobs.length || platform.jobs().count !== jobs.length)
    throw new Error('Lists lost a job')
  for (const { job } of jobs) {
    const { status } = job
    if (status === null) continue
    if (!platform.jobs({ jobStatus: status }).slice(0, 100).includes(job))
      throw new Error(`${status} is not listed`)
    const listed = platform.jobs({ jobStatus: status, state: job.state }).slice(0, 100)
    if (!listed.includes(job)) throw new Error(`${status} is not listed as ${job.state}`)
  }
}

function checkEnd({ job, wasStopped, wasAsked, exitCode }: Noted): void {
  if (job.status === null) return
  const cluster = job.cluster?.status ?? 'Stopped'
  if (cluster !== 'Stopped') throw new Error(`A cluster was left ${cluster}`)
  if (job.state !== 'completed') throw new Error(`A job was left ${job.status}`)
  const isSuccess = job.statuses[0]?.reason === 'Completed successfully'
  if (isSuccess && wasStopped) throw new Error('A success was stopped')
  if (!wasAsked && isSuccess !== (!wasStopped && exitCode === 0))
    throw new Error(`${job.status} for the wrong reason`)
  for (const { dateStarted, dateCompleted } of job.runs)
    if (dateStarted !== null && (dateCompleted ?? 0) < dateStarted) throw new Error('A run was left running')
}
