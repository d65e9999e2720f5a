import { UnexpectedAnswerError } from '../errors.ts'
import type { Downloadable } from './download.ts'
import { pathWithin } from './names.ts'

export interface PlannedDownload {
  readonly file: Downloadable
  /** Below the folder, with slashes. */
  readonly name: string
  readonly path: string
  /** Why the server's name for it is none to write to. */
  readonly refused?: Error
}

export interface NamingOptions {
  readonly folder: string
  /** Puts each run's files into a folder of its own, such as `run2`. */
  readonly runFolders?: boolean | undefined
}

// `user/user_{uid}/output/job_{job}/run{n}/{relativePath}` (api-facts 4.13)
const RUN = /\/job_[^/]+\/(run\d+)\//

/** Where each file goes. Files that would get the same path have their id at its end, all but the first. */
export function targetPaths(files: readonly Downloadable[], options: NamingOptions): PlannedDownload[] {
  const taken = new Set<string>()
  return files.map((file) => {
    const below = [options.runFolders ? runOf(file) : undefined, file.relativePath || file.name]
    const plain = below.filter((part) => part !== undefined).join('/')
    // Two names that differ in case only are one file on many systems.
    const name = taken.has(plain.toLowerCase()) ? `${plain}.${file.id}` : plain
    taken.add(name.toLowerCase())
    return { file, name, ...placed(options.folder, name) }
  })
}

// One that has no place is no reason to leave the others on the platform.
function placed(folder: string, name: string): Pick<PlannedDownload, 'path' | 'refused'> {
  try {
    return { path: pathWithin(folder, name) }
  } catch (error) {
    if (error instanceof UnexpectedAnswerError) return { path: '', refused: error }
    throw error
  }
}

function runOf(file: Downloadable): string | undefined {
  return RUN.exec(file.path ?? '')?.[1]
}
