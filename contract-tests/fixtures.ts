import type { components } from '../openapi/generated/schema.d.ts'
import type { Target } from './targets.ts'

type JobCreate = components['schemas']['JobCreate']
type Job = components['schemas']['Job']
type File = components['schemas']['File']

/** The tutorial's first job (NB 28), with two cores. */
export function aJob(
  changes: {
    name?: string
    command?: string
    walltime?: number
    inputs?: readonly { id: string; decompress?: boolean }[]
  } & Record<string, unknown> = {},
): JobCreate {
  const {
    name = 'π',
    command = 'python3 calculate_pi.py range.inp',
    inputs = [],
    walltime = 1,
    ...rest
  } = changes
  return {
    name,
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command,
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime },
        inputFiles: inputs.map((input) => ({ ...input })),
      },
    ],
    ...rest,
  } as JobCreate
}

export async function savedJob({ client }: Target, job: JobCreate = aJob()): Promise<Job> {
  const { data, error } = await client.POST('/api/v2/jobs/', { body: job })
  if (!data) throw new Error(`the job was refused: ${JSON.stringify(error)}`)
  return data
}

export async function submittedJob(target: Target, job: JobCreate = aJob()): Promise<Job> {
  const saved = await savedJob(target, job)
  const { response } = await target.client.POST('/api/v2/jobs/{jobId}/submit/', {
    params: { path: { jobId: saved.id } },
  })
  if (response.status !== 200) throw new Error(`submit answered ${response.status}`)
  return saved
}

export async function finishedJob(
  target: Target,
  job: JobCreate = aJob({ command: 'echo done' }),
): Promise<Job> {
  const submitted = await submittedJob(target, job)
  target.world.settle()
  return submitted
}

/** The job as it begins to execute, or has done something else that its history tells of. */
export async function jobIn(target: Target, status: string, job: JobCreate): Promise<Job> {
  const submitted = await submittedJob(target, job)
  waitFor(target, submitted.id, status)
  return submitted
}

/** Lets time pass until the job has the status. */
export function waitFor({ world }: Target, jobId: string, status: string): void {
  const job = world.platform.job(jobId)
  for (let seconds = 0; job.status !== status; seconds += 1) {
    if (seconds > 36_000) throw new Error(`job ${jobId} stays ${job.status}`)
    world.advance('1s')
  }
}

/** Newest first, as the platform lists them. */
export async function jobStatuses({ client }: Target, jobId: string): Promise<string[]> {
  const { data } = await client.GET('/api/v2/jobs/{jobId}/statuses/', { params: { path: { jobId } } })
  return data?.results.map(({ status }) => status) ?? []
}

export async function clusterStatuses({ client }: Target, jobId: string): Promise<string[]> {
  const { data } = await client.GET('/api/v2/jobs/{jobId}/cluster_statuses/', { params: { path: { jobId } } })
  return data?.results.map(({ status }) => status) ?? []
}

export async function uploadedFile(
  target: Target,
  name: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<File> {
  const form = new FormData()
  form.append('file', new Blob([content]), name)
  const response = await target.fetch('/api/v2/files/contents/', { method: 'POST', body: form })
  if (response.status !== 201)
    throw new Error(`the upload answered ${response.status}: ${await response.text()}`)
  return JSON.parse(await response.text()) as File
}

export async function logLines({ client }: Target, jobId: string): Promise<string[]> {
  const { data } = await client.GET('/api/v2/jobs/{jobId}/files/', {
    params: { path: { jobId }, query: { search: 'process_output.log' } },
  })
  const fileId = data?.results[0]?.id
  if (fileId === undefined) return []
  const lines = await client.GET('/api/v2/files/{fileId}/lines/', { params: { path: { fileId } } })
  return lines.data?.lines ?? []
}
