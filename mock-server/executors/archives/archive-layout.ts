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
export function layOut(archivePath: string, members: Iterable<ArchiveMember>): ArchiveLayout {
  const beside = posix.dirname(archivePath)
  const within = posix.join(beside, archiveStem(posix.basename(archivePath)))
  const folders = hasSingleTopFolder(members) ? [beside] : [beside, within]
  return { targets: (path) => folders.map((folder) => posix.join(folder, path)) }
}

function hasSingleTopFolder(members: Iterable<ArchiveMember>): boolean {
  const tops = new Set<string>()
  for (const member of members) {
    const path = memberPath(member.name)
    if (path === null || isMacExtra(path)) continue
    const [top = '', ...rest] = path.split('/')
    if (rest.length === 0 && member.kind !== 'folder') return false
    tops.add(top)
  }
  return tops.size === 1
}
