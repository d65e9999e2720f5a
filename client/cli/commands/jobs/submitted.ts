import { systemClock } from '../../../clock.ts'
import { DAY_MS, WaitTimeoutError, waitUntil } from '../../../waiters.ts'
import { duration } from '../../format.ts'
import type { Session } from '../../session.ts'

/** Whether a job has ever been submitted. */
export async function wasSubmitted(session: Session, jobId: string): Promise<boolean> {
  const { jobs } = await session.client()
  return (await jobs.statuses(jobId, { signal: session.signal }).first()) !== undefined
}

export const tellSubmitted = ({ out }: Session, job: string): Promise<void> =>
  out.event({ event: 'submitted', job }, `submitted ${job}`)

/** Says at once that there is nothing to be seen yet, which does not change by itself. */
export function warnUnsubmitted({ out }: Session, jobId: string, timeoutMs = DAY_MS): void {
  const what = `waits up to ${duration(timeoutMs)} for rescale jobs submit ${jobId}`
  out.warn(`${jobId} has not been submitted: this ${what}`)
}

/** Waits for the first status of a job, which comes when it is submitted. */
export async function untilSubmitted(
  session: Session,
  jobId: string,
  pace: { timeoutMs: number; intervalMs: number },
): Promise<void> {
  const { jobs } = await session.client()
  const { signal } = session
  if (await wasSubmitted(session, jobId)) return
  warnUnsubmitted(session, jobId, pace.timeoutMs)
  const read = () => jobs.statuses(jobId, { signal }).toArray()
  const judge = (history: Awaited<ReturnType<typeof read>>) => {
    const [status] = history
    return status && { reached: true as const, status, history }
  }
  await tellingUnsubmitted(session, jobId, waitUntil({ read, judge }, systemClock, { ...pace, signal }))
}

/** A wait that ends at its limit without a status to be seen has a reason, which is told. */
export async function tellingUnsubmitted<T>(session: Session, jobId: string, wait: Promise<T>): Promise<T> {
  return await wait.catch((error) => {
    if (!(error instanceof WaitTimeoutError) || error.history.length > 0) throw error
    const why = `${jobId} has not been submitted within ${duration(error.timeoutMs)}`
    return session.fail('pending', why, `rescale jobs submit ${jobId} lets it run.`)
  })
}
