import type { Clock } from '../clock.ts'
import type { Connection } from '../connection.ts'
import { AbortedError, NotFoundError } from '../errors.ts'
import { aborted } from '../failures.ts'
import { attributed } from '../requests/attributed.ts'
import type { Trace } from '../requests/traced.ts'
import type { JobsResource } from '../resources/jobs.ts'
import type { CallOptions, Instance, JobCreate, JobStatusEntry } from '../types.ts'
import { Cluster, type ClusterAccess } from './cluster.ts'
import { ClusterError } from './errors.ts'
import { onWayOut } from './exit-watch.ts'
import { fingerprintsIn } from './host-keys.ts'
import { keepAliveCommand } from './keep-alive-command.ts'
import { makeKeyPair } from './key-pair.ts'
import type { Credentials } from './login.ts'

/** What kind of cluster, and for how long. */
export interface ClusterOptions extends CallOptions {
  /** Code of the core type. */
  readonly coreType: string
  /** Cores of each node group; several nodes are a multiple of the core type's largest size. */
  readonly coresPerSlot: number
  readonly slots?: number
  /** Hours after which the platform ends it, whatever happens. */
  readonly walltime: number
  readonly name?: string
  /** The software that is installed; none but the system's unless told otherwise. */
  readonly analysis?: JobCreate['jobanalyses'][number]['analysis']
  readonly envVars?: Readonly<Record<string, string>>
  readonly inputFiles?: readonly { readonly id: string; readonly decompress?: boolean }[]
  readonly projectId?: string
  /** On-Demand Economy: cheaper, but the machines may be taken away. */
  readonly isLowPriority?: boolean
  /** The key to log in with; one is made for this cluster unless told otherwise. */
  readonly keyPair?: { readonly privateKey: string; readonly publicKey: string }
  /** The cluster ends itself when nothing was heard of the client for so long; five minutes unless told otherwise. */
  readonly deadAfterMs?: number
  /** Gives up, and stops the job, when it does not execute within so long; two hours unless told otherwise. */
  readonly timeoutMs?: number
  readonly intervalMs?: number
  onStatus?: (entry: JobStatusEntry) => void
  /** A sign of life could not be given. */
  onProblem?: (error: unknown) => void
  /** Whether the cluster is stopped when the process gets SIGINT, SIGTERM or SIGHUP, or just ends; it is. */
  readonly handleExit?: boolean
}

export const DEAD_AFTER_MS = 300_000
const START_TIMEOUT_MS = 2 * 3600_000
/** Three beats may get lost before the client counts as dead. */
const BEATS_PER_DEATH = 4
const BYO_SOFTWARE = { code: 'user_included', version: '0' } as const

/** Starts a job that does nothing but wait for orders, and waits until it does. */
export async function startCluster(
  jobs: JobsResource,
  connection: Connection,
  options: ClusterOptions,
): Promise<Cluster> {
  const { deadAfterMs = DEAD_AFTER_MS, handleExit = true, onProblem } = options
  const { privateKey, publicKey } = options.keyPair ?? (await makeKeyPair('localscale-client'))
  const trace = connection.trace(options)
  const { call } = trace
  const { id: jobId } = await jobs.create(jobFor(options, publicKey, deadAfterMs), call)
  const forget = handleExit ? onWayOut(() => jobs.stop(jobId)) : () => {}
  try {
    await jobs.submit(jobId, call)
    await attributing(trace, untilExecuting(jobs, jobId, { ...options, ...call }))
    const wanted = { jobId, credentials: { privateKey }, looks: LOOKS }
    const access = await attributing(trace, accessTo(jobs, connection.clock, wanted, call))
    const life = { beatMs: deadAfterMs / BEATS_PER_DEATH, isOwned: true, onProblem, onStopped: forget }
    const cluster = new Cluster(jobs, access, life)
    await untilLoggedIn(cluster, connection.clock, call)
    return cluster
  } catch (error) {
    // Not with the caller's signal: that is perhaps what ended it. What could not be stopped is tried again as the
    // process ends; without signs of life it ends itself.
    await jobs.ensureStopped(jobId).then(forget, () => {})
    throw error
  }
}

/** Reaches the cluster of a job that runs already. It is not stopped along with the object. */
export async function attachCluster(
  jobs: JobsResource,
  connection: Connection,
  jobId: string,
  options: CallOptions & { credentials: Credentials; fingerprints?: readonly string[] },
): Promise<Cluster> {
  const { credentials, fingerprints } = options
  const trace = connection.trace(options)
  const wanted = { jobId, credentials, given: fingerprints, looks: ATTACH_LOOKS }
  const access = await attributing(trace, accessTo(jobs, connection.clock, wanted, trace.call))
  return new Cluster(jobs, access, { isOwned: false })
}

function jobFor(options: ClusterOptions, publicKey: string, deadAfterMs: number): JobCreate {
  const { coreType, coresPerSlot, slots, walltime, envVars, projectId, isLowPriority } = options
  const analysis = {
    analysis: options.analysis ?? BYO_SOFTWARE,
    command: keepAliveCommand(Math.ceil(deadAfterMs / 1000)),
    hardware: { coreType, coresPerSlot, walltime, ...(slots !== undefined && { slots }) },
    inputFiles: (options.inputFiles ?? []).map((file) => ({ ...file })),
    ...(envVars && { envVars: { ...envVars } }),
  }
  return {
    name: options.name ?? 'cluster',
    publicKey,
    jobanalyses: [analysis],
    ...(projectId !== undefined && { projectId }),
    ...(isLowPriority !== undefined && { isLowPriority }),
  } as JobCreate
}

/** What goes wrong between two requests is told with the last one. */
function attributing<T>({ last }: Trace, work: Promise<T>): Promise<T> {
  return work.catch((error) => {
    throw attributed(error, last())
  })
}

async function untilExecuting(jobs: JobsResource, jobId: string, options: ClusterOptions): Promise<void> {
  const { timeoutMs = START_TIMEOUT_MS } = options
  const result = await jobs.waitFor(jobId, 'Executing', { ...options, timeoutMs })
  if (result.reached) return
  const last = result.last
  const why = [last?.status, last?.statusReason].filter(Boolean).join(': ') || result.why
  throw new ClusterError(`The cluster of job ${jobId} did not start (${why})`, { jobId, kind: 'start' })
}

// A moment after `Executing` the machine may not be listed yet, nor its log be written.
const LOOKS = 30
const FIRST_LOOK_MS = 100
const LAST_LOOK_MS = 1_000
// A job that runs already has said what it had to say.
const ATTACH_LOOKS = 2

interface WantedAccess {
  readonly jobId: string
  readonly credentials: Credentials
  /** Host keys that are trusted without asking the log. */
  readonly given?: readonly string[] | undefined
  readonly looks: number
}

async function accessTo(
  jobs: JobsResource,
  clock: Clock,
  { jobId, credentials, given, looks }: WantedAccess,
  call: CallOptions,
): Promise<ClusterAccess> {
  let instances: Instance[] = []
  let fingerprints = given ?? []
  for (let look = 0; look < looks; look++) {
    if (look > 0) await pause(clock, look, call)
    if (instances.length === 0) instances = await jobs.instances(jobId, call).toArray()
    if (instances.length > 0 && fingerprints.length === 0)
      fingerprints = await loggedFingerprints(jobs, jobId, call)
    if (instances.length > 0 && fingerprints.length > 0)
      return { jobId, instances, fingerprints, credentials }
  }
  if (instances.length === 0)
    throw new ClusterError(`Job ${jobId} has no machines: it does not run`, { jobId, kind: 'start' })
  throw new ClusterError(
    `The log of job ${jobId} names no host keys to trust`,
    { jobId, kind: 'host-key' },
    {
      hint: 'Pass fingerprints (SHA256:…), or let the job print them: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub.',
    },
  )
}

async function loggedFingerprints(jobs: JobsResource, jobId: string, call: CallOptions): Promise<string[]> {
  try {
    const { lines } = await jobs.runs.tail(jobId, '1', 'process_output.log', { lines: 1_000, ...call })
    return fingerprintsIn(lines)
  } catch (error) {
    if (error instanceof NotFoundError) return []
    throw error
  }
}

/** The server may need a moment before it lets anybody in; a wrong host key is no matter of time. */
async function untilLoggedIn(cluster: Cluster, clock: Clock, call: CallOptions): Promise<void> {
  for (let look = 1; ; look++) {
    try {
      await cluster.login(call.signal)
      return
    } catch (error) {
      const isHopeless = !(error instanceof ClusterError) || error.kind !== 'login' || look >= LOOKS
      if (isHopeless) throw error
    }
    await pause(clock, look, call)
  }
}

async function pause(clock: Clock, look: number, { signal }: CallOptions): Promise<void> {
  try {
    await clock.sleep(Math.min(LAST_LOOK_MS, FIRST_LOOK_MS * 2 ** (look - 1)), signal)
  } catch (reason) {
    throw reason instanceof AbortedError ? reason : aborted(reason)
  }
}
