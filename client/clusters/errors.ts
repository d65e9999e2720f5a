import { type ErrorContext, RescaleError } from '../errors.ts'

/** Something about a cluster: it did not start, its host key is not the pinned one, or the login broke. */
export class ClusterError extends RescaleError {
  override readonly name = 'ClusterError'
  readonly jobId: string
  /**
   * `start`: it never executed. `host-key`: somebody else answers there. `missing`: nothing is at the path there.
   * `login`, `transfer`: SSH failed.
   */
  readonly kind: 'start' | 'host-key' | 'missing' | 'login' | 'transfer'

  constructor(
    message: string,
    fields: { jobId: string; kind: ClusterError['kind'] },
    context?: ErrorContext,
  ) {
    super(message, context)
    this.jobId = fields.jobId
    this.kind = fields.kind
  }
}
