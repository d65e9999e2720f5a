import type { JobDraft, JobFilter } from '../domain/job.ts'
import { type JobStatus, jobStatuses } from '../domain/job-status.ts'
import type { Call, Operation } from './operation.ts'
import { pageOfTexts } from './page.ts'
import { fileRowText } from './present-file.ts'
import { jobRowText, presentJob } from './present-job.ts'
import type { Wire } from './wire.ts'

/** `WAITING_FOR_QUEUE` is the filter's word for `Waiting for Queue`. */
const statusByFilter: Readonly<Record<string, JobStatus>> = Object.fromEntries(
  jobStatuses.map((status) => [status.toUpperCase().replaceAll(' ', '_'), status]),
)

export const listJobs: Operation<'listJobs'> = ({ platform, query, page }) => {
  const listing = platform.jobs(jobFilter(query))
  return pageOfTexts(listing, page, (job) => jobRowText(job, platform.user.email))
}

function jobFilter({ state, job_status: status, t, search }: Call<'listJobs'>['query']): JobFilter {
  return { state, search, jobStatus: status && statusByFilter[status], active: t === '1' ? true : undefined }
}

export const createJob: Operation<'createJob'> = async ({ platform, body, request, catalogue }) => {
  const draft = jobDraft(body)
  await platform.prepareDraft(draft)
  const job = platform.createJob(draft, await catalogue())
  return { status: 201, body: presentJob(job, platform, request.origin) }
}

export const getJob: Operation<'getJob'> = ({ platform, path, request }) => ({
  status: 200,
  body: presentJob(platform.job(path.jobId), platform, request.origin),
})

export const replaceJob: Operation<'replaceJob'> = async ({ platform, path, body, request, catalogue }) => {
  const draft = jobDraft(body)
  await platform.prepareDraft(draft)
  const job = platform.replaceJob(path.jobId, draft, await catalogue())
  return { status: 200, body: presentJob(job, platform, request.origin) }
}

export const updateJob: Operation<'updateJob'> = async ({ platform, path, body, request, catalogue }) => {
  const draft = jobDraft(body)
  await platform.prepareDraft(draft)
  const job = platform.changeJob(path.jobId, draft, await catalogue())
  return { status: 200, body: presentJob(job, platform, request.origin) }
}

/** `coreType` is a code, or an object that has one; otherwise the wire's shape is the domain's. */
export function jobDraft(body: Wire<'JobCreate'>): JobDraft
export function jobDraft(body: Wire<'JobUpdate'>): Partial<JobDraft>
export function jobDraft(body: Wire<'JobUpdate'>): Partial<JobDraft> {
  const { jobanalyses, ...rest } = body
  return {
    ...rest,
    ...(jobanalyses && { jobanalyses: jobanalyses.map(jobAnalysisDraft) }),
  } as Partial<JobDraft>
}

function jobAnalysisDraft(analysis: Wire<'JobAnalysisCreate'>) {
  const { coreType } = analysis.hardware
  const code = typeof coreType === 'string' ? coreType : coreType.code
  return { ...analysis, hardware: { ...analysis.hardware, coreType: code } }
}

export const deleteJob: Operation<'deleteJob'> = async ({ platform, path, query }) => {
  await platform.deleteJob(path.jobId, { deleteInputFiles: query.deleteInputFiles })
  return { status: 204 }
}

export const submitJob: Operation<'submitJob'> = async ({ platform, path }) => {
  await platform.prepareJob(path.jobId)
  platform.submitJob(path.jobId)
  return { status: 200 }
}

export const stopJob: Operation<'stopJob'> = ({ platform, path }) => {
  platform.stopJob(path.jobId)
  return { status: 202 }
}

export const forceStopJob: Operation<'forceStopJob'> = ({ platform, path }) => {
  platform.forceStopJob(path.jobId)
  return { status: 202 }
}

export const listJobFiles: Operation<'listJobFiles'> = ({ platform, path, query, page, request }) =>
  pageOfTexts(platform.outputFiles(path.jobId, { search: query.search }), page, (file) =>
    fileRowText(file, { user: platform.user, origin: request.origin }),
  )
