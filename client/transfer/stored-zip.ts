import { IntegrityError } from '../errors.ts'
import type { TransferBody } from './transport.ts'
import { folderArchive, type ZipOptions } from './zip.ts'

/** The archive's bytes, and what of the folder is not in it. */
export interface StoredZip {
  readonly body: TransferBody
  readonly skipped: readonly string[]
}

/**
 * A folder as a stored zip, made anew whenever it is read: its length is known before its first byte, so it needs no
 * room on the disk, and it can be hashed and sent again. Equal as long as the folder is.
 */
export async function storedZip(folder: string, options: ZipOptions): Promise<StoredZip> {
  const made = () => folderArchive(folder, { ...options, compression: 'store' })
  const { size = 0, skipped } = await made()
  const body = {
    size,
    async *chunks({ reuse = false }: { readonly reuse?: boolean } = {}) {
      const archive = await made()
      if (archive.size !== size) throw new IntegrityError(`${folder} changed while it was being sent`)
      yield* archive.pieces({ reuse })
    },
  }
  return { body, skipped }
}
