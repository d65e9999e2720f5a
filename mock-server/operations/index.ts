import { getAnalysis, listAnalyses, listComputePrices, listCoreTypes } from './catalogue.ts'
import { getConnectionDetails, listClusterStatuses, listInstances, listJobStatuses } from './clusters.ts'
import { getJobCustomFields, setJobCustomFields } from './custom-fields.ts'
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
import { assignJobToProject } from './projects.ts'
import { getRun, listRunFiles, listRuns } from './runs.ts'
import { addJobTag, listJobTags, removeJobTag, shareJob } from './sharing.ts'
import {
  attachStorageDevice,
  createStorageDevice,
  downloadFilesToStorageDevice,
  getStorageDevice,
  listStorageDeviceStatuses,
  listStorageDevices,
  listStorageRegions,
  shutDownStorageDevice,
  submitStorageDevice,
} from './storage.ts'
import { getApiRoot, getCurrentUser, listMyProjects } from './users.ts'

/** From operationId to function. */
export const operations: Operations = {
  addJobTag,
  assignJobToProject,
  attachStorageDevice,
  createJob,
  createStorageDevice,
  deleteFile,
  deleteJob,
  downloadFile,
  downloadFilesToStorageDevice,
  forceStopJob,
  getAnalysis,
  getApiRoot,
  getConnectionDetails,
  getCurrentUser,
  getFile,
  getJob,
  getJobCustomFields,
  getRun,
  getStorageDevice,
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
  listStorageDeviceStatuses,
  listStorageDevices,
  listStorageRegions,
  removeJobTag,
  replaceJob,
  setJobCustomFields,
  replaceUploadFile,
  shareJob,
  shutDownStorageDevice,
  snapshotRun,
  stopJob,
  stopRun,
  submitJob,
  submitStorageDevice,
  tailRunFile,
  updateFile,
  updateJob,
  uploadFile,
}
