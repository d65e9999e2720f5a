import type { Refusal } from '../domain/refusal.ts'
import { detail, jsonAnswer, notFound } from './answers.ts'
import type { ExchangeAnswer } from './http.ts'

/**
 * What each refusal means in HTTP. That 400 answers a delete, a change or a second submit is documented (NB 44-45);
 * their texts are not, except for the word "started" in the second submit's (MC26): they are ours, and `inferred`.
 */
export function refusalAnswer(refusal: Refusal): ExchangeAnswer {
  switch (refusal.kind) {
    case 'not-found':
      return notFound()
    case 'invalid':
      return jsonAnswer(400, refusal.errors)
    case 'already-submitted':
      return detail(400, 'This job has already been started.')
    case 'not-editable':
      return detail(400, 'A job that has been submitted cannot be changed.')
    case 'input-file-deleted':
      return detail(400, `This job has input files that have been deleted: ${refusal.fileIds.join(', ')}.`)
    case 'core-type-unavailable':
      return detail(400, `The core type ${refusal.coreType} is not available any more.`)
    case 'job-not-running':
      return detail(400, 'This job is not running.')
    case 'too-late-for-ending':
      return detail(
        400,
        `It is too late for ${refusal.ending}: the job is ${refusal.status ?? 'not submitted'}.`,
      )
    case 'storage-submitted':
      return detail(400, 'This storage device has already been started.')
    case 'storage-not-running':
      return detail(400, 'This storage device is not running.')
    case 'run-not-active':
      return detail(400, 'The run is not active.')
    case 'cluster-not-stopped':
      return detail(400, 'Cannot delete a job whose cluster is still running.')
  }
}
