import type { OperationId } from '../../openapi/generated/routes.ts'

/**
 * What can be in an answer: `keys` at most, where it shows names and states; `variables` of jobs; or `anything`, where
 * it shows what clients wrote. To search a page of 25 jobs for everything would cost more than to make it.
 */
export type Scrutiny = 'keys' | 'variables' | 'anything'

const scrutinies: Partial<Record<OperationId, Scrutiny>> = {
  getApiRoot: 'keys',
  getAnalysis: 'keys',
  getCurrentUser: 'keys',
  getFile: 'keys',
  getJob: 'variables',
  getRun: 'keys',
  listAnalyses: 'keys',
  listClusterStatuses: 'keys',
  listComputePrices: 'keys',
  listCoreTypes: 'keys',
  listFiles: 'keys',
  listInstances: 'keys',
  listJobFiles: 'keys',
  listJobStatuses: 'keys',
  listJobs: 'keys',
  listMyProjects: 'keys',
  listRunFiles: 'keys',
  listRuns: 'keys',
  listStorageDeviceStatuses: 'keys',
  listStorageRegions: 'keys',
}

export const scrutinyOf = (operationId: OperationId | null): Scrutiny =>
  (operationId === null ? undefined : scrutinies[operationId]) ?? 'anything'
