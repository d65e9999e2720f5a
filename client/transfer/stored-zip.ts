import { IntegrityError } from '../errors.ts'
import { streamBody } from './sources.ts'
import type { TransferBody } from './transport.ts'
import { type ZipOptions, zipFolder } from './zip.ts'

/**
 * A folder as a stored zip, made anew whenever it is read: its length is known before its first byte, so it needs no
 * room on the disk, and it can be hashed and sent again. Equal as long as the folder is.
 */
export async function storedZip(folder: string, options: ZipOptions): Promise<TransferBody> {
  const made = () => zipFolder(folder, { ...options, compression: 'store' })
  const { stream, size = 0 } = await made()
  stream.destroy()
  return {
    size,
    async *chunks() {
      const archive = await made()
      try {
        if (archive.size !== size) throw new IntegrityError(`${folder} changed while it was being sent`)
        yield* streamBody(archive.stream, size).chunks()
      } finally {
        archive.stream.destroy()
      }
    },
  }
}
