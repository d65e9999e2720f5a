import { askAtSubmit } from './endings/ask-ending.ts'
import { submit } from './job-lifecycle.ts'
import type { Quirks } from './quirks.ts'
import { refuse } from './refusal.ts'
import { casesOf } from './resolve-cases.ts'
import { filesOf, type StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** A job that was submitted before stays as it is, or is refused, as the quirks say. */
export function submitJob(world: World, job: StoredJob, { resubmit }: Quirks): void {
  if (job.status !== null) {
    if (resubmit === 'refused') refuse({ kind: 'already-submitted', jobId: job.id, status: job.status })
    return
  }
  refuseUnlessSubmittable(world, job)
  job.cases = casesOf(job.definition, world.cases)
  world.changes?.job(job)
  askAtSubmit(world, job)
  submit(world, job)
}

/** Rescale: "submission will not work" with deleted inputs (tutorial cell 83), nor with deprecated core types. */
function refuseUnlessSubmittable(world: World, { id, definition }: StoredJob): void {
  const deleted = [...filesOf(definition)].filter((fileId) => !world.files.get(fileId))
  if (deleted.length > 0) refuse({ kind: 'input-file-deleted', jobId: id, fileIds: deleted })
  const deprecated = definition.jobanalyses.find(({ hardware }) => hardware.coreType.isDeprecated)
  if (deprecated)
    refuse({ kind: 'core-type-unavailable', jobId: id, coreType: deprecated.hardware.coreType.code })
}
