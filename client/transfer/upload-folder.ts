import { basename, join, resolve } from 'node:path'
import type { RescaleFile } from '../types.ts'
import type { TransferContext } from './context.ts'
import { withTemporaryFolder } from './temporary.ts'
import { type UploadOptions, upload } from './upload.ts'
import { type ZipOptions, zipFolder, zipToFile } from './zip.ts'

export type UploadFolderOptions = ZipOptions & Omit<UploadOptions, 'size'>

/**
 * Uploads a folder as a zip, which a job unpacks. Stored, it is streamed as it is made; deflated, it goes
 * through a temporary file, because its length must be known before its first byte is sent.
 */
export async function uploadFolder(
  context: TransferContext,
  folder: string,
  options: UploadFolderOptions = {},
): Promise<RescaleFile> {
  const name = options.name ?? `${basename(resolve(folder))}.zip`
  if (options.compression === 'store') {
    const { stream, size } = await zipFolder(folder, options)
    try {
      if (size !== undefined) return await upload(context, stream, { ...options, name, size })
    } finally {
      stream.destroy()
    }
  }
  return withTemporaryFolder(async (temporary) => {
    const path = join(temporary, 'folder.zip')
    await zipToFile(folder, path, options)
    return upload(context, path, { ...options, name })
  })
}
