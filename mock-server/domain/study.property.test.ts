import fc from 'fast-check'
import { it } from 'vitest'
import { hour, second } from './instant.ts'
import type { Job } from './job.ts'
import { jobStatusesAfter } from './job-status.ts'
import { observedQuirks } from './quirks.ts'
import { anAnalysis, aPlatform, createJob, refusalOf } from './testing/a-platform.ts'

type Command =
  | { readonly kind: 'stop' | 'force stop' | 'settle' }
  | { readonly kind: 'stop run' | 'end run'; readonly run: number }
  | { readonly kind: 'advance'; readonly seconds: number }

const onRun = fc.record({ kind: fc.constantFrom('stop run' as const, 'end run' as const), run: fc.nat(6) })

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      // Within a run, across some, beyond the walltime.
      seconds: fc.oneof(fc.nat(20), fc.nat(300), fc.nat(5000)),
    }),
  },
  { weight: 5, arbitrary: onRun },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('stop' as const, 'force stop' as const) }) },
  fc.record({ kind: fc.constant('settle' as const) }),
)

/** How a run goes: seconds that it takes and its exit code, or live until it is ended. */
const fate = fc.oneof(
  fc.record({ seconds: fc.nat(600), exitCode: fc.constantFrom(0, 0, 0, 3) }),
  fc.constant('held' as const),
)

const story = fc.record({
  fates: fc.array(fate, { minLength: 1, maxLength: 7 }),
  slots: fc.integer({ min: 1, max: 4 }),
  failedCommand: fc.constantFrom('completed' as const, 'stopping' as const),
  commands: fc.array(command, { maxLength: 30, size: 'max' }),
})

type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

/** The third run takes no time, and begins when the second was stopped: between two whole milliseconds. */
const anEndInTheMiddleOfAMillisecond: Story = {
  fates: ['held', { seconds: 1, exitCode: 0 }, { seconds: 0, exitCode: 0 }],
  slots: 2,
  failedCommand: 'completed',
  commands: [
    { kind: 'advance', seconds: 401 },
    { kind: 'stop run', run: 1 },
  ],
}

it('keeps the runs of a design of experiments in order, whatever is done in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const world = aPlatform({ quirks: { ...observedQuirks, failedCommand: told.failedCommand } })
      const { platform, executor } = world
      executor.choose(({ runId }) => {
        const chosen = told.fates[Number(runId) - 1] ?? 'held'
        return chosen === 'held' ? 'held' : { duration: chosen.seconds * second, exitCode: chosen.exitCode }
      })
      const job = aStudy(world, told)
      let wasStopped = false
      for (const one of told.commands) {
        wasStopped = (await act(world, job, one)) || wasStopped
        check(job, told)
      }
      platform.advance(2 * hour)
      // Each that ends lets another begin, and that one, when it is over, perhaps one that is held.
      for (let index = 0; index < executor.held.length; index += 1) {
        await executor.held[index]?.end({})
        platform.advance(2 * hour)
      }
      platform.advance(100 * hour)
      check(job, told)
      checkEnd(job, wasStopped)
      if (platform.nextDue() !== null) throw new Error('Something is due for ever')
    }),
    { numRuns: 400, examples: [[anEndInTheMiddleOfAMillisecond]] },
  )
})

type TestWorld = ReturnType<typeof aPlatform>

function aStudy({ platform }: TestWorld, { fates, slots }: Story): Job {
  const hardware = { coreType: 'granite', coresPerSlot: 2, slots, walltime: 1 }
  const settings = { minvalue: 1, maxvalue: fates.length, increment: 1 }
  const variable = { name: 'n', variableType: 'Param', valueGeneratorType: 'FixedRange' }
  const job = createJob(platform, {
    jobanalyses: [anAnalysis({ hardware })],
    jobvariables: [{ ...variable, valueGeneratorSettings: settings }],
  })
  platform.submitJob(job.id)
  return job
}

/** True when the user stopped something. */
async function act({ platform, executor }: TestWorld, job: Job, one: Command): Promise<boolean> {
  if (one.kind === 'advance') platform.advance(one.seconds * second)
  if (one.kind === 'settle') platform.settle()
  if (one.kind === 'end run') await executor.held[one.run]?.end({})
  if (one.kind === 'stop run') return refusalOf(() => platform.stopRun(job.id, String(one.run + 1))) === null
  if (one.kind === 'stop') return refusalOf(() => platform.stopJob(job.id)) === null
  if (one.kind === 'force stop') return refusalOf(() => platform.forceStopJob(job.id)) === null
  return false
}

function check(job: Job, { fates, slots }: Story): void {
  const { runs } = job
  if (runs.length !== 0 && runs.length !== fates.length) throw new Error('A run was lost')
  const started = runs.filter(({ dateStarted }) => dateStarted !== null)
  const going = started.filter(({ dateCompleted }) => dateCompleted === null)
  if (going.length > slots) throw new Error('More runs than slots')
  if (started.some(({ displayOrder }, index) => displayOrder !== index + 1))
    throw new Error('A run began before its turn')
  if (
    job.status === 'Executing' &&
    going.length < Math.min(slots, runs.length - started.length + going.length)
  )
    throw new Error('A slot is free though a run waits')
  const rows = job.statuses.toReversed()
  rows.forEach(({ status }, index) => {
    const previous = rows[index - 1]
    if (previous && !jobStatusesAfter[previous.status].includes(status))
      throw new Error(`${status} came after ${previous.status}`)
  })
}

function checkEnd(job: Job, wasStopped: boolean): void {
  if (job.state !== 'completed' || (job.cluster?.status ?? 'Stopped') !== 'Stopped')
    throw new Error(`The job was left ${job.status}, its cluster ${job.cluster?.status}`)
  for (const { dateStarted, dateCompleted } of job.runs)
    if (dateStarted !== null && (dateCompleted ?? 0) < dateStarted) throw new Error('A run was left running')
  const isSuccess = job.statuses[0]?.reason === 'Completed successfully'
  const ranThrough = job.runs.length > 0 && job.runs.every(({ exitCode }) => exitCode === 0)
  if (isSuccess && (wasStopped || !ranThrough)) throw new Error('A success that is none')
  if (!isSuccess && !wasStopped && ranThrough) throw new Error('A success that is not told')
}
