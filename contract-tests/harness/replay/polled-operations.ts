import type { OperationId } from '../../../openapi/generated/routes.ts'

/**
 * What clients ask again and again until it changes. Only of these may the last recorded answer be given more than
 * once: a client that polls more often than the one that was recorded learns nothing new by it.
 */
export const polledOperations: ReadonlySet<OperationId | null> = new Set<OperationId>([
  'listJobStatuses',
  'listClusterStatuses',
  'listStorageDeviceStatuses',
  'listInstances',
  'listRuns',
  'getRun',
])
