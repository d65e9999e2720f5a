import type { IdKind } from '../domain/ids.ts'
import type { Platform } from '../domain/platform.ts'
import { type FieldErrors, type Refusal, RefusedError } from '../domain/refusal.ts'
import { quoted } from './quoted.ts'

export interface Reason {
  readonly code: string
  readonly text: string
}

/** Why the platform said no. Only what this tenant knows itself is told: an id of another tenant is simply unknown. */
export function explainRefusal(refusal: Refusal, platform: Platform): Reason {
  switch (refusal.kind) {
    case 'not-found':
      return notFound(refusal, platform)
    case 'invalid':
      return invalid(refusal.errors)
    case 'already-submitted':
      return {
        code: 'job-already-submitted',
        text: `Job ${refusal.jobId} is ${refusal.status}; it can be submitted once. Read its statuses before trying again.`,
      }
    case 'not-editable':
      return {
        code: 'job-already-submitted',
        text: `Job ${refusal.jobId} is ${refusal.status}; it can be changed until it is submitted.`,
      }
    case 'input-file-deleted':
      return {
        code: 'file-deleted',
        text: `Files that the job needs were deleted: ${refusal.fileIds.map(quoted).join(', ')}. Upload them again and change the job.`,
      }
    case 'core-type-unavailable':
      return {
        code: 'coretype-unavailable',
        text: `Choose another core type than ${refusal.coreType}; GET /api/v2/coretypes/ lists them.`,
      }
    case 'job-not-running':
      return notRunning(refusal.jobId, refusal.status)
    case 'too-late-for-ending':
      return {
        code: 'too-late',
        text: `Job ${refusal.jobId} is past the point where ${refusal.ending} happens.`,
      }
    case 'run-not-active':
      return {
        code: 'run-not-active',
        text: `Run ${quoted(refusal.runId)} of job ${refusal.jobId} is not under way: only while it is, its folder can be read and it can be stopped.`,
      }
    case 'storage-submitted':
      return {
        code: 'storage-already-submitted',
        text: `Storage device ${refusal.deviceId} was submitted before.`,
      }
    case 'storage-not-running':
      return {
        code: 'storage-not-running',
        text: `Storage device ${refusal.deviceId} is ${refusal.status}; submit it and wait until it is Started.`,
      }
    case 'cluster-not-stopped':
      return {
        code: 'cluster-not-stopped',
        text: `The cluster of job ${refusal.jobId} is ${refusal.clusterStatus ?? 'not there yet'}; wait for Stopped in its cluster_statuses before deleting.`,
      }
  }
}

/** When the path is about a job of this tenant that was only saved: there is nothing of what runs leave. */
export function explainUnsubmitted(path: string, platform: Platform): Reason | null {
  const [, jobId = ''] = /\/jobs\/([A-Za-z]{6})\//.exec(path) ?? []
  return jobOf(jobId, platform)?.status === null ? notSubmitted(jobId) : null
}

const notSubmitted = (jobId: string): Reason => ({
  code: 'job-not-submitted',
  text: `Job ${jobId} was saved but not submitted yet: POST /api/v2/jobs/${jobId}/submit/ first.`,
})

function notRunning(jobId: string, status: string | null): Reason {
  if (status === null) return notSubmitted(jobId)
  return { code: 'job-not-running', text: `Job ${jobId} is ${status}: nothing runs that could be stopped.` }
}

function notFound({ what, id }: Extract<Refusal, { kind: 'not-found' }>, platform: Platform): Reason {
  if (what === 'cluster') return noCluster(id)
  if (what === 'tag') return { code: 'tag-unknown', text: `The job has no tag "${quoted(id)}".` }
  if (what === 'organization')
    return {
      code: 'organization-unknown',
      text: `This key's company is "${platform.user.company.code}", not "${quoted(id)}": users/me/ tells its code.`,
    }
  if (what === 'run')
    return {
      code: 'run-unknown',
      text: `The job has no run "${quoted(id)}"; GET its runs/ for those it has.`,
    }
  const kind = platform.kindOfId(id)
  if (kind === what) return { code: `${what}-deleted`, text: `The ${what} ${id} was deleted.` }
  if (kind !== null && what !== 'storage device')
    return { code: 'id-of-another-kind', text: `${id} is the id of ${things[kind]}, not of a ${what}.` }
  return {
    code: `${what.replace(' ', '-')}-unknown`,
    text: `This key has no ${what} "${quoted(id)}", and never had.`,
  }
}

const things = {
  job: 'a job',
  file: 'a file',
  cluster: 'a cluster',
  status: 'an entry of a status history',
  instance: 'an instance',
  account: 'a user, a project or a storage device',
} as const satisfies Record<IdKind, string>

const noCluster = (jobId: string): Reason => ({
  code: 'cluster-not-there',
  text: `Job ${jobId} has no cluster yet; wait until its status says so.`,
})

function jobOf(jobId: string, platform: Platform) {
  try {
    return platform.job(jobId)
  } catch (error) {
    if (error instanceof RefusedError) return null
    throw error
  }
}

function invalid(errors: FieldErrors): Reason {
  return {
    code: 'input-invalid',
    text: `Fields that are not as they should be: ${fieldsOf(errors).join(', ')}.`,
  }
}

/** Fields that are named at most. */
const MOST_FIELDS = 8

/** `jobanalyses.0.hardware.coreType`, as far as one can see in a few lines. */
export function fieldsOf(errors: unknown, prefix = ''): string[] {
  if (typeof errors !== 'object' || errors === null) return prefix === '' ? [] : [prefix]
  if (Array.isArray(errors) && errors.some((error) => typeof error === 'string')) return [prefix]
  return Object.entries(errors)
    .flatMap(([name, value]) => fieldsOf(value, prefix === '' ? name : `${prefix}.${name}`))
    .slice(0, MOST_FIELDS)
}
