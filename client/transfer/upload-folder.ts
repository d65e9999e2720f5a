import { basename, join, resolve } from 'node:path'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { IGNORE_FILE, type PathFilter, readIgnoreFile } from './ignore-file.ts'
import type { FindFiles } from './reuse.ts'
import { storedZip } from './stored-zip.ts'
import { withTemporaryFolder } from './temporary.ts'
import { type UploadOptions, upload } from './upload.ts'
import { type ZipOptions, zipToFile } from './zip.ts'

export interface UploadFolderOptions extends ZipOptions, Omit<UploadOptions, 'size'> {
  /**
   * A file at the top of the folder that says, in the words of a .gitignore, what is left out; `.rescaleignore` unless
   * told otherwise, false for none.
   */
  ignoreFile?: string | false
  /** Called with what is left out because it is neither file nor folder: links to folders, sockets, unreadable names. */
  onSkipped?: (paths: readonly string[]) => void
}

/**
 * Uploads a folder as a zip, which a job unpacks. Stored, as it is unless told otherwise, it is streamed as it is made;
 * deflated, it goes through a temporary file, because its length must be known before its first byte is sent.
 */
export async function uploadFolder(
  context: TransferContext,
  folder: string,
  options: UploadFolderOptions = {},
  find?: FindFiles,
): Promise<RescaleFile> {
  const name = options.name ?? `${basename(resolve(folder))}.zip`
  const zip = { ...options, filter: await filterOf(folder, options) }
  const skip = (paths: readonly string[]) => paths.length > 0 && options.onSkipped?.(paths)
  if (options.compression !== 'deflate') {
    const { body, skipped } = await storedZip(folder, zip)
    skip(skipped)
    return upload(context, body, { ...options, name }, find)
  }
  return withTemporaryFolder(async (temporary) => {
    const path = join(temporary, 'folder.zip')
    skip((await zipToFile(folder, path, zip)).skipped)
    return upload(context, path, { ...options, name }, find)
  })
}

async function filterOf(
  folder: string,
  { filter, ignoreFile = IGNORE_FILE }: UploadFolderOptions,
): Promise<PathFilter> {
  const own = filter ?? (() => true)
  if (ignoreFile === false) return own
  const isLeft = await readIgnoreFile(folder, ignoreFile)
  return (path, isFolder) => isLeft(path, isFolder) && own(path, isFolder)
}
