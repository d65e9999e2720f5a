import { type ErrorContext, RescaleError } from '../errors.ts'

const HINTS: Readonly<Record<ClusterError['kind'], string>> = {
  start: 'The job’s statuses and log say what became of it; a cluster is reached while its job executes.',
  'host-key': 'Somebody else may answer there; fingerprints names the keys that are to be trusted.',
  missing: 'Is the path right? Without a slash at its start it is one of the home folder there.',
  login: 'Can this machine reach the cluster, and is the key one of the job’s?',
  transfer: 'Does the job still run? A connection that broke is made anew with the next call.',
}

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
    context: ErrorContext = {},
  ) {
    super(message, { ...context, hint: context.hint ?? HINTS[fields.kind] })
    this.jobId = fields.jobId
    this.kind = fields.kind
  }
}
