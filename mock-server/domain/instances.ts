import type { Instance, InstanceRole } from './cluster.ts'
import { layoutOf } from './hardware.ts'
import type { Instant } from './instant.ts'
import type { Listing } from './listing.ts'
import { hostnameOf, nodeOf, usernameOf } from './nodes.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** Where clusters can be reached by SSH. */
export interface SshAddress {
  readonly publicIp: string
  readonly publicHostname: string
  readonly sshPort: number
  /** Of its host keys, such as `ssh-ed25519 SHA256:…`. */
  readonly fingerprints?: readonly string[]
}

/** As on Azure (2023), behind NAT. */
const madeUpPort = 32100

/** One row per node while the cluster is up, made as they are read. */
export function instancesOf(world: World, job: StoredJob, ssh: SshAddress | undefined): Listing<Instance> {
  const restarts = world.restarts.get(job.id)
  const started = restarts?.since ?? job.clusterHistory.find(({ status }) => status === 'Started')?.at
  const dateStarted = isUp(job) && restarts?.since !== null ? started : undefined
  const hardware = job.definition.jobanalyses[0]?.hardware
  if (dateStarted === undefined || !hardware) return { count: 0, slice: () => [] }
  const count = layoutOf(hardware).nodes
  return {
    count,
    slice(start, end) {
      const first = Math.max(start, 0)
      const length = Math.max(0, Math.min(end, count) - first)
      return Array.from({ length }, (_, index) =>
        instanceOf(world, job, first + index, count, dateStarted, ssh),
      )
    },
  }
}

const isUp = ({ clusterStatus }: StoredJob): boolean =>
  clusterStatus === 'Started' || clusterStatus === 'Stop Requested' || clusterStatus === 'Stopping'

function instanceOf(
  world: World,
  job: StoredJob,
  node: number,
  nodes: number,
  dateStarted: Instant,
  ssh: SshAddress | undefined,
): Instance {
  const { id, chance, number } = nodeOf(world, job, node)
  return {
    clusterId: job.clusterId,
    dateStarted,
    id,
    instanceGroup: 'compute0',
    isBehindNat: true,
    privateHostname: hostnameOf(number),
    privateIp: `10.0.${(node + 10) >> 8}.${(node + 10) % 256}`,
    // 203.0.113.0/24 and .example are set aside for documentation (RFC 5737, RFC 2606): nobody is reached by mistake.
    publicHostname: ssh?.publicHostname ?? `rescale-${number}.cloud.example`,
    publicIp: ssh?.publicIp ?? `203.0.113.${1 + chance.integer(254)}`,
    role: roleOf(node, nodes),
    sshPort: ssh?.sshPort ?? madeUpPort,
    supportedServices: ['ssh'],
    tenancy: 'default',
    username: usernameOf(job),
  }
}

function roleOf(node: number, nodes: number): InstanceRole {
  if (nodes === 1) return 'CUSTOM'
  return node === 0 ? 'MPI_MASTER' : 'MPI_SLAVE'
}
