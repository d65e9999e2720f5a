import { knownCatalogue } from '../../catalogue/known-catalogue.ts'
import { instantOf } from '../instant.ts'
import type { Job, JobAnalysisDraft, JobDraft } from '../job.ts'
import { Platform } from '../platform.ts'
import type { PlatformOptions } from '../platform-parts.ts'
import { type Refusal, RefusedError } from '../refusal.ts'
import { SharedBytes } from '../shared-bytes.ts'
import { smallFiles } from './small-files.ts'
import { toldExecutor } from './told-executor.ts'

export const noon = instantOf(new Date('2026-03-02T12:00:00Z'))

/** A platform without a past, with what its tests look into. */
export function aPlatform(options: Partial<Omit<PlatformOptions, 'files' | 'executor'>> = {}) {
  const files = smallFiles()
  const executor = toldExecutor()
  const shared = new SharedBytes(files)
  const platform = new Platform({
    tenantId: 'tenant',
    seed: 'seed',
    startsAt: noon,
    ...options,
    files,
    executor,
    sharedBytes: shared,
  })
  return { platform, files, shared, executor, catalogue: knownCatalogue }
}

export const anAnalysis = (changes: Partial<JobAnalysisDraft> = {}): JobAnalysisDraft => ({
  analysis: { code: 'user_included', version: '0' },
  command: 'python3 calculate_pi.py range.inp',
  hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
  ...changes,
})

export const aDraft = (changes: Partial<JobDraft> = {}): JobDraft => ({
  name: 'airfoil',
  jobanalyses: [anAnalysis()],
  ...changes,
})

export const createJob = (platform: Platform, changes: Partial<JobDraft> = {}): Job =>
  platform.createJob(aDraft(changes), knownCatalogue)

export function submittedJob(platform: Platform, changes: Partial<JobDraft> = {}): Job {
  const job = createJob(platform, changes)
  platform.submitJob(job.id)
  return job
}

export const statusesOf = (job: Job): readonly string[] => job.statuses.map(({ status }) => status)

export const clusterStatusesOf = (job: Job): readonly string[] =>
  job.cluster?.statuses.map(({ status }) => status) ?? []

/** Why the platform says no to it; null when it does not. */
export function refusalOf(attempt: () => unknown): Refusal | null {
  try {
    attempt()
    return null
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal
    throw error
  }
}

export function anUpload(
  { platform, files }: Pick<ReturnType<typeof aPlatform>, 'platform' | 'files'>,
  name: string,
  text = name,
) {
  return platform.addFile({ name, bytes: files.put(new TextEncoder().encode(text)) })
}
