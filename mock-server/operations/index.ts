import { getAnalysis, listAnalyses, listComputePrices, listCoreTypes } from './catalogue.ts'
import { getConnectionDetails, listClusterStatuses, listInstances, listJobStatuses } from './clusters.ts'
import {
  deleteFile,
  downloadFile,
  getFile,
  listFileLines,
  listFiles,
  replaceUploadFile,
  updateFile,
  uploadFile,
} from './files.ts'
import {
  createJob,
  deleteJob,
  forceStopJob,
  getJob,
  listJobFiles,
  listJobs,
  replaceJob,
  stopJob,
  submitJob,
  updateJob,
} from './jobs.ts'
import { listRunDirectory, snapshotRun, stopRun, tailRunFile } from './live-runs.ts'
import type { Operations } from './operation.ts'
import { getRun, listRunFiles, listRuns } from './runs.ts'
import { addJobTag, listJobTags, removeJobTag, shareJob } from './sharing.ts'
import { getApiRoot, getCurrentUser, listMyProjects } from './users.ts'

/** From operationId to function. */
export const operations: Operations = {
  addJobTag,
  createJob,
  deleteFile,
  deleteJob,
  downloadFile,
  forceStopJob,
  getAnalysis,
  getApiRoot,
  getConnectionDetails,
  getCurrentUser,
  getFile,
  getJob,
  getRun,
  listAnalyses,
  listClusterStatuses,
  listComputePrices,
  listCoreTypes,
  listFileLines,
  listFiles,
  listInstances,
  listJobFiles,
  listJobs,
  listJobStatuses,
  listJobTags,
  listMyProjects,
  listRunDirectory,
  listRunFiles,
  listRuns,
  removeJobTag,
  replaceJob,
  replaceUploadFile,
  shareJob,
  snapshotRun,
  stopJob,
  stopRun,
  submitJob,
  tailRunFile,
  updateFile,
  updateJob,
  uploadFile,
}
