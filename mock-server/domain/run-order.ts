import type { RunAnalysis, RunInput, RunOrder } from './executor.ts'
import { layoutOf } from './hardware.ts'
import type { Hardware, JobAnalysis } from './job.ts'
import type { Run } from './run.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** The unix user of a job on its cluster (US form, api-facts §1.8). */
export const usernameOf = ({ id }: { readonly id: string }): string => `uprod_${id}`

/** All that an executor needs to run the job. Null for a job without analyses, which cannot be. */
export function orderFor(world: World, job: StoredJob, run: Run): RunOrder {
  const { jobanalyses } = job.definition
  const [first] = jobanalyses
  if (!first) throw new Error(`Job ${job.id} has no analysis`)
  const { hardware } = first
  const chance = world.random.stream('executor', `${job.id} ${run.id}`)
  return {
    tenantId: world.tenantId,
    jobId: job.id,
    runId: run.id,
    clusterId: job.clusterId,
    username: usernameOf(job),
    jobName: job.name,
    analyses: jobanalyses.map((analysis) => analysisFor(world, analysis)),
    coreType: hardware.coreType.code,
    coresPerSlot: hardware.coresPerSlot,
    slots: hardware.slots,
    walltime: hardware.walltime,
    environment: { ...environmentOf(world, job, hardware), ...world.environment },
    now: () => world.scheduler.now(),
    random: () => chance.next(),
  }
}

/** Inputs of all analyses, without those that were deleted after the job was submitted. */
export function inputsOf(world: World, job: StoredJob): RunInput[] {
  return job.definition.jobanalyses.flatMap((analysis) =>
    analysis.inputFiles.flatMap(({ fileId, decompress }) => inputFor(world, fileId, decompress) ?? []),
  )
}

function analysisFor(world: World, analysis: JobAnalysis): RunAnalysis {
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
  }
}

function inputFor(world: World, fileId: string, decompress: boolean): RunInput | null {
  const file = world.files.get(fileId)
  return file ? { name: file.name, bytes: file.bytes, decompress } : null
}

/** Variables that the platform sets (api-facts §9.2), as far as their values follow from what is known. */
function environmentOf(world: World, job: StoredJob, hardware: Hardware): Record<string, string> {
  const layout = layoutOf(hardware)
  const perSlot = { cores: hardware.coresPerSlot, gpus: layout.gpusPerNode * layout.nodesPerSlot }
  return {
    RESCALE_JOB_ID: job.id,
    RESCALE_CLUSTER_ID: job.clusterId,
    INSTANCE_ID: world.ids.at('instance', job.firstInstance),
    RESCALE_CORE_TYPE: hardware.coreType.code,
    RESCALE_PROVIDER: hardware.coreType.provider,
    RESCALE_INTERCONNECT: hardware.coreType.interconnect,
    RESCALE_PREFERRED_REMSH: 'ssh',
    RESCALE_IG_RESTART_COUNT: '0',
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
