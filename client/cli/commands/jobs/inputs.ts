import { stat } from 'node:fs/promises'
import type { JobCreate } from '../../../types.ts'
import { UsageError } from '../../exit-codes.ts'
import type { Session } from '../../session.ts'
import { type UploadFlags, uploadPaths } from '../files/upload.ts'
import { withFirstAnalysis } from './definition.ts'

/** Uploads the paths among the inputs; ids stay as they are, and all of them in their order. */
export async function inputIds(
  session: Session,
  inputs: readonly string[],
  flags: UploadFlags = {},
): Promise<string[]> {
  const arePaths = await Promise.all(inputs.map(isPath))
  const paths = inputs.filter((_, index) => arePaths[index])
  const files = await uploadPaths(session, paths, flags)
  const ids = new Map(paths.map((path, index) => [path, files[index]?.id]))
  return inputs.map((input) => ids.get(input) ?? input)
}

export interface InputFile {
  readonly id: string
  readonly decompress: boolean
}

// Inputs are the job's, whichever analysis names them.
export function withInputs(job: JobCreate, more: readonly InputFile[]): JobCreate {
  return withFirstAnalysis(job, (analysis) => ({
    ...analysis,
    inputFiles: [...(analysis.inputFiles ?? []), ...more],
  }))
}

/** A path that exists is a path; anything else must look like an id. */
export async function isPath(input: string): Promise<boolean> {
  const found = await stat(input).catch(() => undefined)
  if (found?.isFile()) return true
  if (found)
    throw new UsageError(`${input} is no file`, 'rescale run takes folders, and uploads them as a zip.')
  if (/^[A-Za-z0-9]{4,16}$/.test(input)) return false
  throw new UsageError(`There is no file ${input}`, 'Ids of uploaded files are shown by rescale files list.')
}
