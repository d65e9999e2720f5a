import type { RescaleFile } from '../types.ts'

/** The SHA-512 that the platform has for a file; older files may have none. */
export function sha512Of(file: Pick<RescaleFile, 'fileChecksums'>): string | undefined {
  const checksums: readonly { hashFunction: string; fileHash: string }[] | null | undefined =
    file.fileChecksums
  const found = checksums?.find(({ hashFunction }) => /^sha-?512$/i.test(hashFunction))
  return found?.fileHash.toLowerCase()
}
