import type { Instance } from '../domain/cluster.ts'
import { refuse } from '../domain/refusal.ts'
import type { Operation } from './operation.ts'
import { listingOf, pageOf } from './page.ts'
import { presentClusterStatus, presentJobStatus } from './present-job.ts'
import { utcTime } from './present-time.ts'
import type { Wire } from './wire.ts'

export const listJobStatuses: Operation<'listJobStatuses'> = ({ platform, path, page }) => {
  const job = platform.job(path.jobId)
  return pageOf(listingOf(job.statuses), page, presentJobStatus(job.id))
}

// 404 while there is no cluster: public clients poll until it stops being 404 (facts §4.10, inferred).
export const listClusterStatuses: Operation<'listClusterStatuses'> = ({ platform, path, page }) => {
  const { id, cluster } = platform.job(path.jobId)
  return pageOf(
    listingOf((cluster ?? refuse({ kind: 'not-found', what: 'cluster', id })).statuses),
    page,
    presentClusterStatus,
  )
}

export const listInstances: Operation<'listInstances'> = ({ platform, path, page }) =>
  pageOf(platform.instances(path.jobId), page, presentInstance)

export const getConnectionDetails: Operation<'getConnectionDetails'> = ({ platform, path }) => {
  const instances = platform.instances(path.jobId)
  return {
    status: 200,
    body: {
      connectionDetails: instances
        .slice(0, instances.count)
        .map(({ publicIp, sshPort }) => ({ host: publicIp, port: sshPort })),
    },
  }
}

const presentInstance = (instance: Instance): Wire<'Instance'> => ({
  ...instance,
  dateStarted: utcTime(instance.dateStarted),
  supportedServices: [...instance.supportedServices],
})
