import type { JobCreate } from '../../../types.ts'
import { money } from '../../format.ts'
import type { Session } from '../../session.ts'
import type { JobOptions } from './definition.ts'
import { isPath, withInputs } from './inputs.ts'

/** Says what the platform would refuse, and what the job would cost. */
export async function dryRun(session: Session, job: JobCreate, options: JobOptions): Promise<void> {
  for (const input of options.input) await isPath(input)
  const ids = await Promise.all(options.input.map(async (input) => ((await isPath(input)) ? [] : [input])))
  const client = await session.client()
  const checked = withInputs(
    job,
    ids.flat().map((id) => ({ id, decompress: options.decompress })),
  )
  const { problems, cost } = await client.jobs.preflight(checked, { signal: session.signal })
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

export async function guardCost(session: Session, job: JobCreate, { maxCost }: JobOptions): Promise<void> {
  if (maxCost === undefined) return
  const { cost } = await (await session.client()).jobs.preflight(job, { signal: session.signal })
  if (!cost) session.fail('refused', 'Its cost has no limit, as it has no walltime', 'Add --walltime.')
  if (cost.amount > maxCost) session.fail('refused', costMessage(cost, maxCost))
}

function costMessage({ amount: most, currency }: { amount: number; currency: string }, limit = 0): string {
  return `The job could cost ${money(most, currency)}, more than --max-cost ${limit}`
}
