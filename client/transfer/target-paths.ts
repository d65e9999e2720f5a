import type { Downloadable } from './download.ts'
import { pathWithin } from './names.ts'

export interface PlannedDownload {
  readonly file: Downloadable
  /** Below the folder, with slashes. */
  readonly name: string
  readonly path: string
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
    return { file, name, path: pathWithin(options.folder, name) }
  })
}

function runOf(file: Downloadable): string | undefined {
  return RUN.exec(file.path ?? '')?.[1]
}
