import type { Connection } from '../connection.ts'
import { AbortedError, HttpError, RescaleError, ValidationError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { isLost } from '../requests/once.ts'
import { mayEndSilently } from '../silent-end.ts'
import { isTerminal } from '../status-history.ts'
import type { CallOptions } from '../types.ts'

/** A proxy that restarts loses answers for seconds. After each pause the job's history is looked at. */
const PAUSES_MS = [500, 2_000, 5_000, 10_000]

const STOPPED_CLUSTER: ReadonlySet<string> = new Set(['Stop Requested', 'Stopping', 'Stopped'])

/**
 * Stops a job, which costs as long as it runs: when an answer is lost and the job's history tells of no stop, it is sent
 * again. Asked for twice, a stop is one (inferred).
 */
export async function stopJob(
  connection: Connection,
  jobId: string,
  way: 'stop' | 'force_stop',
  options: CallOptions = {},
): Promise<void> {
  let lost: RescaleError | undefined
  for (const pauseMs of PAUSES_MS) {
    const failure = await failureOf(send(connection, jobId, way, options))
    if (!failure) return
    // The platform may refuse what an earlier sending has done late.
    if (lost && failure instanceof ValidationError && (await isStopped(connection, jobId, way, options)))
      return
    if (!isLost(failure) && !gaveUp(failure)) throw failure
    lost = failure
    await connection.clock.sleep(pauseMs, options.signal).catch((reason) => {
      throw aborted(reason)
    })
    if (await isStopped(connection, jobId, way, options)) return
  }
  throw lost
}

function send(connection: Connection, jobId: string, way: 'stop' | 'force_stop', options: CallOptions) {
  const init = { params: { path: { jobId } }, ...options }
  const { api } = connection
  return connection.done(
    way === 'stop'
      ? api.POST('/api/v2/jobs/{jobId}/stop/', init)
      : api.POST('/api/v2/jobs/{jobId}/force_stop/', init),
  )
}

/** Whether the history tells of a stop or an end. False when it cannot be read: then it is sent again. */
async function isStopped(
  connection: Connection,
  jobId: string,
  way: 'stop' | 'force_stop',
  options: CallOptions,
): Promise<boolean> {
  const params = { path: { jobId } }
  try {
    const history = await connection.list('/api/v2/jobs/{jobId}/statuses/', params, options).toArray()
    if (history.some(({ status }) => isTerminal(status) || (way === 'stop' && status === 'Stopping')))
      return true
    // Before it is `Validated`, only its cluster tells.
    if (!mayEndSilently(history)) return false
    const cluster = connection.list('/api/v2/jobs/{jobId}/cluster_statuses/', params, options)
    return (await cluster.toArray()).some(
      ({ status }) => status === 'Stopped' || (way === 'stop' && STOPPED_CLUSTER.has(status)),
    )
  } catch (error) {
    if (error instanceof AbortedError || !(error instanceof RescaleError)) throw error
    return false
  }
}

// 408: the request took the platform too long.
const gaveUp = (failure: RescaleError): boolean => failure instanceof HttpError && failure.status === 408

async function failureOf(sending: Promise<void>): Promise<RescaleError | undefined> {
  try {
    await sending
    return undefined
  } catch (error) {
    if (error instanceof RescaleError) return error
    throw error
  }
}
