/** Texts of `statusReason` (api-facts §8.3). Those for the walltime and for a cluster that does not start are inferred. */
export const reasons = {
  success: 'Completed successfully',
  runFailed: 'A run failed',
  userTerminated: 'User Terminated',
  walltime: 'Walltime limit reached',
  restartsExhausted: 'Exceeded max number of restarts',
  noCapacity: 'Could not allocate compute resources from the compute provider',
  clusterFailed: 'Cluster failed to start',
} as const
