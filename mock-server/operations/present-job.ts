import type { ClusterStatus } from '../domain/cluster-status.ts'
import type { CoreType } from '../domain/coretype.ts'
import type { Hardware, Job, JobAnalysis } from '../domain/job.ts'
import type { JobStatus } from '../domain/job-status.ts'
import type { Platform } from '../domain/platform.ts'
import type { StatusEntry } from '../domain/status-entry.ts'
import { type Beholder, presentFile, presentInputFile } from './present-file.ts'
import { offsetTime, utcTime } from './present-time.ts'
import type { Wire } from './wire.ts'

export function presentJob(job: Job, platform: Platform, origin: string): Wire<'Job'> {
  const { definition } = job
  const beholder = { user: platform.user, origin }
  const file = (id: string | null) => (id === null ? null : presentFile(platform.linkedFile(id), beholder))
  return {
    id: job.id,
    name: job.name,
    owner: platform.user.email,
    dateInserted: utcTime(job.dateInserted),
    description: definition.description,
    projectId: definition.projectId,
    isLowPriority: definition.isLowPriority,
    billingPriorityValue: definition.billingPriorityValue,
    elapsedWalltimeSeconds: job.elapsedWalltimeSeconds,
    isTemplate: definition.isTemplate,
    clonedFrom: definition.clonedFrom,
    folderId: definition.folderId,
    userTags: job.tags.map(({ name }) => ({ name })),
    sharedWith: [...job.sharedWith],
    cidrRule: definition.cidrRule,
    publicKey: definition.publicKey,
    sshPort: definition.sshPort,
    archiveFilters: definition.archiveFilters as Wire<'ResourceFilter'>[],
    resourceFilters: definition.resourceFilters as Wire<'ResourceFilter'>[],
    jobanalyses: definition.jobanalyses.map((analysis) => presentJobAnalysis(analysis, platform, beholder)),
    jobvariables: definition.jobvariables.map((variable) => ({ ...variable })),
    jobAutomations: definition.jobAutomations as unknown as Wire<'JobAutomation'>[],
    paramFile: file(definition.paramFile),
    caseFile: file(definition.caseFile),
    optimizer: null,
    expectedRuns: definition.expectedRuns,
    includeNominalRun: definition.includeNominalRun,
    isTemplateDryRun: definition.isTemplateDryRun,
    monteCarloIterations: definition.monteCarloIterations,
    remoteVizConfig: null,
  }
}

function presentJobAnalysis(
  jobAnalysis: JobAnalysis,
  platform: Platform,
  beholder: Beholder,
): Wire<'JobAnalysis'> {
  const { analysis, version } = jobAnalysis
  const file = (id: string | null) => (id === null ? null : presentFile(platform.linkedFile(id), beholder))
  return {
    analysis: {
      code: analysis.code,
      name: analysis.name,
      version: version.versionCode,
      versionName: version.version,
    },
    command: jobAnalysis.command,
    hardware: presentHardware(jobAnalysis.hardware),
    inputFiles: jobAnalysis.inputFiles.map(({ fileId, decompress }) =>
      presentInputFile(platform.linkedFile(fileId), decompress, beholder),
    ),
    inputFolders: jobAnalysis.inputFolders as Record<string, unknown>[],
    envVars: { ...jobAnalysis.envVars },
    useRescaleLicense: jobAnalysis.useRescaleLicense,
    onDemandLicenseSeller: jobAnalysis.onDemandLicenseSeller as Wire<'JobAnalysis'>['onDemandLicenseSeller'],
    userDefinedLicenseSettings:
      jobAnalysis.userDefinedLicenseSettings as Wire<'JobAnalysis'>['userDefinedLicenseSettings'],
    flags: { ...jobAnalysis.flags },
    useMpi: jobAnalysis.useMpi,
    templateTasks: jobAnalysis.templateTasks.map(({ templateFileId, processedFilename }) => ({
      templateFile: presentFile(platform.linkedFile(templateFileId), beholder),
      processedFilename,
    })),
    preProcessScript: file(jobAnalysis.preProcessScript),
    preProcessScriptCommand: jobAnalysis.preProcessScriptCommand,
    postProcessScript: file(jobAnalysis.postProcessScript),
    postProcessScriptCommand: jobAnalysis.postProcessScriptCommand,
  }
}

function presentHardware({ coreType, coresPerSlot, slots, walltime, type }: Hardware): Wire<'Hardware'> {
  const largestNode = Math.max(...coreType.cores)
  const nodes = slots * Math.max(1, Math.ceil(coresPerSlot / largestNode))
  const coresPerNode = Math.min(coresPerSlot, largestNode)
  return {
    coreType: presentHardwareCoreType(coreType),
    coresPerSlot,
    slots,
    walltime,
    type,
    coreSummary: {
      memoryPerNode: coreType.memory * coresPerNode,
      numberOfNodes: nodes,
      storagePerNode: coreType.storage * coresPerNode,
    },
  }
}

// An object since 2021 at the latest (B21 prints one); a string in 2016 (facts §12.1, no. 3).
function presentHardwareCoreType(coreType: CoreType): Wire<'HardwareCoreType'> {
  const { code, name, compute, io, memory, storage, cores, processorInfo, isPrimary, displayOrder } = coreType
  return {
    code,
    name,
    compute,
    io,
    memory,
    storage,
    cores: [...cores],
    processorInfo,
    isPrimary,
    displayOrder,
  }
}

export function presentJobRow(job: Job, owner: string): Wire<'JobListItem'> {
  return {
    analysisNames: job.definition.jobanalyses.map(({ analysis }) => analysis.name),
    clusterStatusDisplay: { content: job.cluster?.status ?? '', labelClass: '', useLabel: false },
    dateInserted: utcTime(job.dateInserted),
    id: job.id,
    isVisible: true,
    jobStatus: { content: job.status ?? '', labelClass: '', useLabel: false },
    name: job.name,
    owner,
    sharedWith: [...job.sharedWith],
    storage: job.storage,
  }
}

/** The row's JSON, written anew only when the job has changed since. */
export function jobRowText(job: Job, owner: string): string {
  if (job.cachedRow === undefined || job.cachedVersion !== job.version) {
    job.cachedRow = JSON.stringify(presentJobRow(job, owner))
    job.cachedVersion = job.version
  }
  return job.cachedRow
}

export const presentJobStatus =
  (jobId: string) =>
  (entry: StatusEntry<JobStatus>): Wire<'JobStatusEntry'> => ({
    id: entry.id,
    jobId,
    status: entry.status,
    statusDate: offsetTime(entry.at),
    statusReason: entry.reason,
  })

export const presentClusterStatus = (entry: StatusEntry<ClusterStatus>): Wire<'ClusterStatusEntry'> => ({
  status: entry.status,
  statusDate: utcTime(entry.at),
  statusReason: entry.reason,
})
