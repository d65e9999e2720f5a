import type { RunAnalysis, RunHost, RunInput, RunOrder, SharedFolder, StorageVolume } from './executor.ts'
import { layoutOf } from './hardware.ts'
import type { Hardware, JobAnalysis } from './job.ts'
import { hostsOfSlot, nodeOf, usernameOf } from './nodes.ts'
import type { Run } from './run.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** All that an executor needs for a run of the job. */
export function orderFor(world: World, job: StoredJob, run: Run, slot: number): RunOrder {
  const { jobanalyses } = job.definition
  const [first] = jobanalyses
  if (!first) throw new Error(`Job ${job.id} has no analysis`)
  const { hardware } = first
  const hosts = hostsOfSlot(world, job, hardware, slot)
  const analyses = jobanalyses.map((analysis, index) => analysisFor(world, analysis, index))
  const chance = world.random.stream('executor', `${job.id} ${run.id}`)
  return {
    tenantId: world.tenantId,
    jobId: job.id,
    runId: run.id,
    clusterId: job.clusterId,
    username: usernameOf(job),
    jobName: job.name,
    analyses,
    coreType: hardware.coreType.code,
    coresPerSlot: hardware.coresPerSlot,
    slots: hardware.slots,
    walltime: hardware.walltime,
    variables: run.variables,
    hosts,
    sharedFolder: sharedFolderOf(world, analyses),
    volumes: volumesOf(world, job),
    environment: {
      ...environmentOf(world, job, hardware, slot),
      ...hostVariables(hosts),
      ...world.environment,
    },
    notices: world.notices,
    now: () => world.scheduler.now(),
    random: () => chance.next(),
  }
}

/**
 * A job that works in `work/shared` from the first analysis on has it as the platform's quirk says. Where only later ones
 * do, they find there what those before them left, or coupled analyses could not work together (tutorial cell 57).
 */
function sharedFolderOf({ quirks }: World, analyses: readonly RunAnalysis[]): SharedFolder | null {
  if (analyses[0]?.isShared) return quirks.sharedFolder
  return analyses.some(({ isShared }) => isShared) ? 'same' : null
}

/** A device that is not up has no folder in the home (inferred). */
const volumesOf = ({ attachedStorage, tenantId }: World, job: StoredJob): StorageVolume[] =>
  (attachedStorage.get(job.id) ?? [])
    .filter(({ status }) => status === 'Started')
    .map(({ id }) => ({ tenantId, deviceId: id }))

/** Inputs and templates of all analyses, without those that were deleted after the job was submitted. */
export function inputsOf(world: World, job: StoredJob): RunInput[] {
  return job.definition.jobanalyses.flatMap(({ inputFiles, templateTasks }) => [
    ...inputFiles.flatMap(({ fileId, decompress }) => inputFor(world, fileId, decompress) ?? []),
    ...templateTasks.flatMap(({ templateFileId }) => inputFor(world, templateFileId, false) ?? []),
  ])
}

/** Seen in `work/shared`: the second analysis of a job (NBo), one with `useMpi` (RS20); for several nodes it is documented. */
function analysisFor(world: World, analysis: JobAnalysis, index: number): RunAnalysis {
  return {
    analysisCode: analysis.analysis.code,
    versionCode: analysis.version.versionCode,
    command: analysis.command,
    envVars: analysis.envVars,
    inputs: analysis.inputFiles.flatMap(
      ({ fileId, decompress }) => inputFor(world, fileId, decompress) ?? [],
    ),
    preProcessScript:
      analysis.preProcessScript === null ? null : inputFor(world, analysis.preProcessScript, false),
    preProcessScriptCommand: analysis.preProcessScriptCommand,
    postProcessScript:
      analysis.postProcessScript === null ? null : inputFor(world, analysis.postProcessScript, false),
    postProcessScriptCommand: analysis.postProcessScriptCommand,
    templates: analysis.templateTasks.flatMap(({ templateFileId, processedFilename }) => {
      const bytes = world.files.get(templateFileId)?.bytes
      return bytes ? [{ bytes, processedFilename }] : []
    }),
    isShared: index > 0 || analysis.useMpi || layoutOf(analysis.hardware).nodesPerSlot > 1,
  }
}

function inputFor(world: World, fileId: string, decompress: boolean): RunInput | null {
  const file = world.files.get(fileId)
  return file ? { name: file.name, bytes: file.bytes, decompress } : null
}

/** Variables that the platform sets (api-facts §9.2), as far as their values follow from what is known. */
function environmentOf(
  world: World,
  job: StoredJob,
  hardware: Hardware,
  slot: number,
): Record<string, string> {
  const layout = layoutOf(hardware)
  const perSlot = { cores: hardware.coresPerSlot, gpus: layout.gpusPerNode * layout.nodesPerSlot }
  return {
    RESCALE_JOB_ID: job.id,
    RESCALE_CLUSTER_ID: job.clusterId,
    INSTANCE_ID: nodeOf(world, job, slot * layout.nodesPerSlot).id,
    RESCALE_CORE_TYPE: hardware.coreType.code,
    RESCALE_PROVIDER: hardware.coreType.provider,
    RESCALE_INTERCONNECT: hardware.coreType.interconnect,
    RESCALE_PREFERRED_REMSH: 'ssh',
    RESCALE_IG_RESTART_COUNT: String(world.restarts.get(job.id)?.count ?? 0),
    RESCALE_CORES_PER_SLOT: String(perSlot.cores),
    RESCALE_THREADS_PER_SLOT: String(perSlot.cores),
    RESCALE_GPUS_PER_SLOT: String(perSlot.gpus),
    RESCALE_NODES_PER_SLOT: String(layout.nodesPerSlot),
    RESCALE_SLOTS_PER_NODE: String(layout.slotsPerNode),
    RESCALE_CORES_PER_NODE: String(layout.coresPerNode),
    RESCALE_THREADS_PER_NODE: String(layout.coresPerNode),
    RESCALE_GPUS_PER_NODE: String(layout.gpusPerNode),
  }
}

/** Both names are known (tutorial cell 58, ASM), what is in them is inferred: Fluent's option `-cnf` takes `host:cores`. */
const hostVariables = (hosts: readonly RunHost[]): Record<string, string> => ({
  HOSTLIST: hosts.map(({ name }) => name).join(','),
  FLUENT_HOSTS: hosts.map(({ name, cores }) => `${name}:${cores}`).join(','),
})
