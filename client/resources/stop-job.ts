import type { Connection } from '../connection.ts'
import { AbortedError, RescaleError, ValidationError } from '../errors.ts'
import { once } from '../requests/once.ts'
import { mayEndSilently } from '../silent-end.ts'
import { isTerminal } from '../status-history.ts'
import type { CallOptions } from '../types.ts'

/** A proxy that restarts loses answers for seconds. After each pause the platform is asked what became of it. */
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
  const init = { params: { path: { jobId } }, ...options }
  const { api } = connection
  await stopped(connection, options, {
    send: () =>
      connection.done(
        way === 'stop'
          ? api.POST('/api/v2/jobs/{jobId}/stop/', init)
          : api.POST('/api/v2/jobs/{jobId}/force_stop/', init),
      ),
    isStopped: () => isStopped(connection, jobId, way, options),
  })
}

/**
 * Stops a job unless it costs nothing any more: one that is over, on its way there, or was never submitted may be
 * refused. `hasEnded` knows of one that ends without a word in its history. Gives whether it was stopped.
 */
export async function ensureStopped(
  connection: Connection,
  jobId: string,
  hasEnded: () => Promise<boolean>,
  options: CallOptions = {},
): Promise<boolean> {
  try {
    await stopJob(connection, jobId, 'stop', options)
    return true
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error
    const history = connection.list('/api/v2/jobs/{jobId}/statuses/', { path: { jobId } }, options)
    const isOver =
      (await isStopped(connection, jobId, 'stop', options)) ||
      (await orFalse(history.first().then((newest) => newest === undefined))) ||
      (await orFalse(hasEnded()))
    if (!isOver) throw error
    return false
  }
}

/** Stops a run of a job, in the same way: that it has ended stands in itself, that it will, nowhere. */
export async function stopRun(
  connection: Connection,
  jobId: string,
  runId: string,
  options: CallOptions = {},
): Promise<void> {
  const init = { params: { path: { jobId, runId } }, ...options }
  const { api } = connection
  await stopped(connection, options, {
    send: () => connection.done(api.POST('/api/v2/jobs/{jobId}/runs/{runId}/stop/', init)),
    async isStopped() {
      const run = connection.call(api.GET('/api/v2/jobs/{jobId}/runs/{runId}/', init))
      const hasEnded = await orFalse(run.then(({ dateCompleted }) => dateCompleted !== null))
      return hasEnded || isStopped(connection, jobId, 'stop', options)
    },
  })
}

interface Stop {
  send(): Promise<void>
  isStopped(): Promise<boolean>
}

async function stopped(connection: Connection, options: CallOptions, { send, isStopped }: Stop) {
  await once<true>({
    async send() {
      await send()
      return true
    },
    find: async () => (await isStopped()) || undefined,
    clock: connection.clock,
    signal: options.signal,
    repeatAfterMs: PAUSES_MS,
  })
}

/** Whether the history tells of a stop or an end. False when it cannot be read: then it is sent again. */
function isStopped(
  connection: Connection,
  jobId: string,
  way: 'stop' | 'force_stop',
  options: CallOptions,
): Promise<boolean> {
  return orFalse(tellsOfStop(connection, jobId, way, options))
}

async function tellsOfStop(
  connection: Connection,
  jobId: string,
  way: 'stop' | 'force_stop',
  options: CallOptions,
): Promise<boolean> {
  const params = { path: { jobId } }
  const history = await connection.list('/api/v2/jobs/{jobId}/statuses/', params, options).toArray()
  if (history.some(({ status }) => isTerminal(status) || (way === 'stop' && status === 'Stopping')))
    return true
  // Before it is `Validated`, only its cluster tells.
  if (!mayEndSilently(history)) return false
  const cluster = connection.list('/api/v2/jobs/{jobId}/cluster_statuses/', params, options)
  return (await cluster.toArray()).some(
    ({ status }) => status === 'Stopped' || (way === 'stop' && STOPPED_CLUSTER.has(status)),
  )
}

async function orFalse(answer: Promise<boolean>): Promise<boolean> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AbortedError || !(error instanceof RescaleError)) throw error
    return false
  }
}
