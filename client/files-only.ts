// What works on local files is loaded when it is called, so that the rest also runs where there are none.
import type { ProfileValues } from './apiconfig-writer.ts'
import type { ZipOptions } from './transfer/zip.ts'
import type { ZipArchive } from './transfer/zip-archive.ts'

export type { ProfileValues }

/**
 * Writes a profile into an apiconfig, keeping everything else in it, comments included; the file ends up
 * readable by its owner only.
 */
export async function writeProfile(path: string, profile: string, values: ProfileValues): Promise<void> {
  const writer = await import('./apiconfig-writer.ts')
  await writer.writeProfile(path, profile, values)
}

/** Zips a folder as a stream, in the order of its paths, folders first; beyond 4 GiB and 65,535 entries as zip64. */
export async function zipFolder(folder: string, options?: ZipOptions): Promise<ZipArchive> {
  const zip = await import('./transfer/zip.ts')
  return zip.zipFolder(folder, options)
}
