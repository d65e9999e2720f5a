import type { ActiveRun } from './active-run.ts'
import type { RunOutput } from './executor.ts'
import { fileTypes } from './file.ts'
import type { StoredBytes } from './file-store.ts'
import { plannedWorkFolder } from './planned-run.ts'
import { processOutputName } from './process-output.ts'
import type { StoredFile } from './stored-file.ts'
import type { StoredJob } from './stored-job.ts'
import type { StoredRun } from './stored-run.ts'
import type { WorkFolder } from './work-folder.ts'
import type { World } from './world.ts'

/** The files of a run while it is under way. */
export function workFolderOf(world: World, active: ActiveRun): WorkFolder {
  if (active.execution.kind === 'planned') return plannedWorkFolder(world, active, active.execution.plan)
  const { run } = active.execution
  return {
    list: () => run.list?.() ?? Promise.resolve([]),
    open: (relativePath) => run.open?.(relativePath) ?? Promise.resolve(null),
  }
}

/** Newest first; the log is the newest, because the tutorial takes the first match of `output` for it. */
export function shelve(
  world: World,
  job: StoredJob,
  active: ActiveRun,
  outputs: readonly RunOutput[],
): StoredFile[] {
  const origin = { jobId: job.id, runId: active.runId }
  const isLog = ({ relativePath }: RunOutput): boolean => relativePath === processOutputName
  const files = [...outputs.filter((output) => !isLog(output)), ...outputs.filter(isLog)].map(
    ({ relativePath, bytes }) => {
      // An input that came back as it was: one sequence of bytes, two files.
      if (active.inputs.has(bytes.id)) world.files.retain(bytes)
      return world.files.addOutput(relativePath, bytes, origin, world.scheduler.now())
    },
  )
  return files.reverse()
}

/** How snapshots are named is not known. */
const snapshotName = /^snapshot-(\d+)\.zip$/

/** An output that is there before the run is over. */
export function addSnapshot(world: World, job: StoredJob, run: StoredRun, bytes: StoredBytes): StoredFile {
  const numbers = run.outputFiles.map(({ name }) => Number(snapshotName.exec(name)?.[1] ?? 0))
  const name = `snapshot-${Math.max(0, ...numbers) + 1}.zip`
  const origin = { jobId: job.id, runId: run.id }
  const file = world.files.addOutput(name, bytes, origin, world.scheduler.now(), fileTypes.snapshot)
  run.outputFiles = [file, ...run.outputFiles]
  world.changes?.run(job, run)
  world.changes?.job(job)
  job.version += 1
  return file
}
