import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { call } from './api.ts'
import type { BenchContext } from './context.ts'
import { type Server, startProduct } from './servers.ts'
import type { SshTarget } from './ssh-clients.ts'

interface Instance {
  readonly publicIp: string
  readonly sshPort: number
  readonly username: string
}

/** The product with one cluster that sleeps, as its users have it, and the way there. */
export interface Cluster extends SshTarget {
  readonly server: Server
  stop(): Promise<void>
}

/** Jobs take a few virtual minutes to start: at 600x, less than two seconds. */
const patience = 60_000

export async function startCluster(context: BenchContext, keyPath: string): Promise<Cluster> {
  const server = await startProduct(context, {
    args: ['--executor', 'shell', '--pace', '600x', '--data-dir', join(context.folder, 'data')],
  })
  await call(server, 'POST', '/_mock/ssh-keys/', { publicKey: readFileSync(`${keyPath}.pub`, 'utf8') })
  const { id } = await call<{ id: string }>(server, 'POST', '/api/v2/jobs/', sleepingJob)
  await call(server, 'POST', `/api/v2/jobs/${id}/submit/`)
  const { publicIp, sshPort, username } = await instanceOf(server, id)
  return {
    server,
    place: `${username}@${publicIp}`,
    port: sshPort,
    file: 'work/bench.bin',
    stop: server.stop,
  }
}

/** The walltime, in hours of real time, is longer than any bench takes. */
const sleepingJob = {
  name: 'Bench cluster',
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command: 'sleep inf',
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 24 },
    },
  ],
}

async function instanceOf(server: Server, jobId: string): Promise<Instance> {
  const deadline = performance.now() + patience
  while (performance.now() < deadline) {
    const { results } = await call<{ results: Instance[] }>(server, 'GET', `/api/v2/jobs/${jobId}/instances/`)
    if (results[0] !== undefined) return results[0]
    await pause(20)
  }
  throw new Error('the cluster did not start')
}
