import { posix } from 'node:path'
import { memberPath } from '../contained-name.ts'
import { type ArchiveMember, archiveStem } from './archive.ts'

/** What the Mac's own archiver adds; it does not count as a second top folder (inferred). */
const isMacExtra = (path: string): boolean => path === '.DS_Store' || /^__MACOSX(\/|$)/.test(path)

/** Where the members of an archive go. */
export interface ArchiveLayout {
  /** Paths relative to the work folder. */
  targets(path: string): readonly string[]
}

/**
 * An archive with a single top folder is unpacked as it is. A flat one is unpacked twice, beside itself and in a
 * folder named after it, because both were seen to work: `cd job_inputs; …` (Api_UserAPI_Reference, 2023) and
 * `./Allrun` without any `cd` (2020).
 */
export function layOut(archivePath: string, members: readonly ArchiveMember[]): ArchiveLayout {
  const beside = posix.dirname(archivePath)
  const stem = archiveStem(posix.basename(archivePath))
  const tops = topsOf(members)
  const isAsItIs = (tops.files.size === 0 && tops.folders.size === 1) || tops.files.has(stem)
  const folders = isAsItIs ? [beside] : [beside, posix.join(beside, stem)]
  return { targets: (path) => folders.map((folder) => posix.join(folder, path)) }
}

/** What the archive has at its top. */
function topsOf(members: readonly ArchiveMember[]): { files: Set<string>; folders: Set<string> } {
  const tops = { files: new Set<string>(), folders: new Set<string>() }
  for (const member of members) {
    const path = memberPath(member.name)
    if (path === null || isMacExtra(path)) continue
    const [top = '', ...rest] = path.split('/')
    const isFolder = rest.length > 0 || member.kind === 'folder'
    tops[isFolder ? 'folders' : 'files'].add(top)
  }
  return tops
}
