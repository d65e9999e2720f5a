import type { Preflight } from '../../../resources/preflight.ts'
import type { JobCreate } from '../../../types.ts'
import { money } from '../../format.ts'
import type { Session } from '../../session.ts'
import type { JobOptions } from './definition.ts'
import { type InputFile, isPath, withInputs } from './inputs.ts'

/** Says what the platform would refuse, and what the job would cost. */
export async function dryRun(session: Session, job: JobCreate, options: JobOptions): Promise<void> {
  const uploaded: InputFile[] = []
  for (const input of options.input)
    if (!(await isPath(input))) uploaded.push({ id: input, decompress: options.decompress })
  const checked = withInputs(job, uploaded)
  const { problems, cost } = await preflight(session, checked)
  const tooDear = cost && options.maxCost !== undefined && cost.amount > options.maxCost
  await session.out.item({ job: checked, problems, cost: cost ?? null }, [
    ['name', job.name],
    [
      'cost',
      cost ? `at most ${money(cost.amount, cost.currency)}` : 'unknown: no walltime, or no such core type',
    ],
    ...(cost ? [['for', `${cost.cores} cores, ${cost.hours} h, ${cost.plan}`] as const] : []),
    ['problems', problems.length === 0 ? 'none' : problems.length],
    ...problems.map(({ position, message }) => [position, message] as const),
  ])
  if (problems.length > 0) session.exit = 'refused'
  else if (tooDear) session.fail('refused', costMessage(cost, options.maxCost))
}

/** Nothing is uploaded for a job that the platform would refuse, or that could cost too much. */
export async function guard(session: Session, job: JobCreate, options: JobOptions): Promise<void> {
  const { problems, cost } = await preflight(session, job)
  const [first] = problems
  for (const { position, message } of problems.slice(1)) session.out.warn(`${position}: ${message}`)
  if (first) session.fail('refused', `${first.position}: ${first.message}`, 'Nothing was uploaded.')
  checkCost(session, cost, options)
}

export async function guardCost(session: Session, job: JobCreate, options: JobOptions): Promise<void> {
  if (options.maxCost !== undefined) checkCost(session, (await preflight(session, job)).cost, options)
}

async function preflight(session: Session, job: JobCreate): Promise<Preflight> {
  return (await session.client()).jobs.preflight(job, { signal: session.signal })
}

function checkCost(session: Session, cost: Preflight['cost'], { maxCost }: JobOptions): void {
  if (maxCost === undefined) return
  if (!cost) session.fail('refused', 'Its cost has no limit, as it has no walltime', 'Add --walltime.')
  if (cost.amount > maxCost) session.fail('refused', costMessage(cost, maxCost))
}

function costMessage({ amount: most, currency }: { amount: number; currency: string }, limit = 0): string {
  return `The job could cost ${money(most, currency)}, more than --max-cost ${limit}`
}
