import { clusterStatuses } from '../cluster-status.ts'
import type { Executor } from '../executor.ts'
import { type JobStatus, jobStatuses } from '../job-status.ts'
import { refuse } from '../refusal.ts'
import { orderFor } from '../run-order.ts'
import type { StoredJob } from '../stored-job.ts'
import { StoredRun } from '../stored-run.ts'
import type { World } from '../world.ts'
import { bookStrike, forgetEnding } from './asked-endings.ts'
import { type Ending, happensInRun } from './ending.ts'
import { type EndingWish, endingInName, readEnding } from './read-ending.ts'
import { strike } from './strike.ts'

/** From now on the job is to end so, unless it is too late for that. What was asked for before is forgotten. */
export function askEnding(world: World, job: StoredJob, wish: EndingWish): void {
  const moment = momentOf(job, wish.ending)
  if (moment === 'past')
    refuse({ kind: 'too-late-for-ending', jobId: job.id, status: job.status, ending: wish.ending.name })
  forgetEnding(world, job)
  world.askedEndings.set(job.id, { ...wish, isOver: false })
  if (moment === 'now') bringAbout(world, job, wish)
}

/** At submit: what was asked for before, or the job's name asks for, or a recipe. */
export function askAtSubmit(world: World, job: StoredJob): void {
  if (world.askedEndings.has(job.id)) return
  const text = textInName(world, job) ?? textOfRecipe(world, job, world.executor)
  if (text === null) return
  const wish = readEnding(text)
  if (typeof wish === 'string') refuse({ kind: 'invalid', errors: { name: [wish] } })
  else world.askedEndings.set(job.id, { ...wish, isOver: false })
}

const textInName = ({ quirks }: World, { name }: StoredJob): string | null =>
  quirks.endingsInNames ? endingInName(name) : null

function textOfRecipe(world: World, job: StoredJob, executor: Executor): string | null {
  const firstSlot = 0
  return executor.ending?.(orderFor(world, job, new StoredRun(1, job.cases), firstSlot)) ?? null
}

function momentOf(job: StoredJob, ending: Ending): 'past' | 'now' | 'to come' {
  if (job.ended) return 'past'
  const { course } = ending
  if (course.kind === 'cluster') return compared(clusterStatuses, job.clusterStatus, course.during)
  const during = course.kind === 'user' ? course.during : 'Executing'
  return compared<JobStatus>(jobStatuses, job.status, during)
}

/** The vocabularies stand in the order of a life. */
function compared<Status>(order: readonly Status[], status: Status | null, wanted: Status) {
  const difference = status === null ? -1 : order.indexOf(status) - order.indexOf(wanted)
  return difference > 0 ? 'past' : difference === 0 ? 'now' : 'to come'
}

function bringAbout(world: World, job: StoredJob, { ending, after }: EndingWish): void {
  const [first] = world.activeRuns.of(job.id)
  // While machines are replaced, the next beginning of the runs brings it about.
  if (happensInRun(ending) && !first) return
  const left = after !== null && first ? first.startedAt + after - world.scheduler.now() : 0
  if (left > 0) bookStrike(world, job, left)
  else strike(world, job)
}
