import type { Connection } from '../connection.ts'
import { once } from '../requests/once.ts'
import type { CallOptions } from '../types.ts'

/**
 * Submits a job, once: its history is read first, and a job that has one was submitted already. When an answer is
 * lost, it is read again before anything is sent again.
 */
export async function submitJob(
  connection: Connection,
  jobId: string,
  options: CallOptions = {},
): Promise<void> {
  const init = { params: { path: { jobId } }, ...options }
  // Empty until a job is submitted (api-facts 4.9).
  const find = async () => {
    const history = connection.list('/api/v2/jobs/{jobId}/statuses/', { path: { jobId } }, options)
    return (await history.first()) ? (true as const) : undefined
  }
  if (await find()) return
  await once<true>({
    async send() {
      await connection.done(connection.api.POST('/api/v2/jobs/{jobId}/submit/', init))
      return true
    },
    find,
    clock: connection.clock,
    signal: options.signal,
  })
}
