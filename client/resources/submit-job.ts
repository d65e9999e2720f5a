import type { Connection } from '../connection.ts'
import { once } from '../requests/once.ts'
import type { CallOptions } from '../types.ts'

/** Submits a job. When the answer is lost, its history tells whether it was submitted, before it is sent again. */
export async function submitJob(
  connection: Connection,
  jobId: string,
  options: CallOptions = {},
): Promise<void> {
  const init = { params: { path: { jobId } }, ...options }
  await once<true>({
    async send() {
      await connection.done(connection.api.POST('/api/v2/jobs/{jobId}/submit/', init))
      return true
    },
    async find() {
      const history = connection.list('/api/v2/jobs/{jobId}/statuses/', { path: { jobId } }, options)
      // Empty until a job is submitted (api-facts 4.9).
      return (await history.first()) ? true : undefined
    },
    clock: connection.clock,
    signal: options.signal,
  })
}
