import type { Executor, RunInput } from '../executor.ts'
import type { JobAnalysis } from '../job.ts'
import type { SavedJob } from './saved-job.ts'
import type { SavedPlatform } from './saved-platform.ts'
import type { SavedOrder } from './saved-run.ts'

/** Lets the executor look into the inputs of runs under way, whose plans it will make again, and of those to come. */
export async function prepareRuns(saved: SavedPlatform, executor: Executor): Promise<void> {
  await executor.prepare?.(inputsUnderWay(saved))
}

/** Inputs of runs under way, and of those to come. */
export const inputsUnderWay = ({ jobs, shelf }: SavedPlatform): RunInput[] =>
  jobs.flatMap((job) => [
    ...job.runs.flatMap(({ active }) => (active?.kind === 'planned' ? inputsOf(active.order) : [])),
    ...(isUnderWay(job) ? inputsToCome(job, shelf) : []),
  ])

const isUnderWay = ({ status, ended }: SavedJob): boolean => status !== null && !ended

const inputsOf = ({ analyses }: SavedOrder): RunInput[] =>
  analyses.flatMap(({ inputs, templates, preProcessScript, postProcessScript }) => [
    ...inputs,
    ...templates.map(({ bytes, processedFilename }) => ({
      name: processedFilename,
      bytes,
      decompress: false,
    })),
    ...[preProcessScript, postProcessScript].flatMap((script) => script ?? []),
  ])

const inputsToCome = ({ definition }: SavedJob, { files }: SavedPlatform['shelf']): RunInput[] =>
  definition.jobanalyses.flatMap(namedIn).flatMap(({ fileId, decompress }) => {
    const file = files.get(fileId)
    return file && !file.isDeleted ? [{ name: file.name, bytes: file.bytes, decompress }] : []
  })

const namedIn = ({ inputFiles, templateTasks, preProcessScript, postProcessScript }: JobAnalysis) => [
  ...inputFiles,
  ...[
    ...templateTasks.map(({ templateFileId }) => templateFileId),
    preProcessScript,
    postProcessScript,
  ].flatMap((fileId) => (fileId === null ? [] : [{ fileId, decompress: false }])),
]
