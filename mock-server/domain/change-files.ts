import type { FileChanges } from './file.ts'
import { refuse } from './refusal.ts'
import type { StoredFile } from './stored-file.ts'
import type { World } from './world.ts'

/** Refused where there is none, or none any more. */
export function fileOf(world: World, fileId: string): StoredFile {
  return world.files.get(fileId) ?? refuse({ kind: 'not-found', what: 'file', id: fileId })
}

export function changeFile(world: World, fileId: string, changes: FileChanges): StoredFile {
  const file = fileOf(world, fileId)
  const changed = world.files.change(file, changes)
  changeOutputs(world, file, (outputs) => outputs.map((output) => (output === file ? changed : output)))
  return changed
}

/** The file is gone at once; the promise is about its bytes, and refused where there is no file. */
export async function deleteFile(world: World, fileId: string): Promise<void> {
  const file = fileOf(world, fileId)
  changeOutputs(world, file, (outputs) => outputs.filter((output) => output !== file))
  await world.files.delete(file)
}

/** The list of its run that has the file among its outputs, if there is one. */
function changeOutputs(
  world: World,
  file: StoredFile,
  change: (outputs: readonly StoredFile[]) => readonly StoredFile[],
): void {
  const job = file.jobId === null ? undefined : world.jobs.get(file.jobId)
  const run = job?.run(file.runId ?? '')
  if (!job || !run) return
  run.outputFiles = change(run.outputFiles)
  job.version += 1
  world.changes?.run(job, run)
  world.changes?.job(job)
}
