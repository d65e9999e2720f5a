import { IntegrityError } from '../errors.ts'
import type { RequestContext } from '../requests/attempt.ts'
import type { RescaleFile } from '../types.ts'

type Checked = Pick<RescaleFile, 'id' | 'name' | 'fileChecksums'>

/** The SHA-512 that the platform has for a file; older files may have none. */
export function sha512Of(file: Pick<RescaleFile, 'fileChecksums'>): string | undefined {
  const checksums: readonly { hashFunction: string; fileHash: string }[] | null | undefined =
    file.fileChecksums
  const found = checksums?.find(({ hashFunction }) => /^sha-?512$/i.test(hashFunction))
  return found?.fileHash.toLowerCase()
}

/** Fails if the platform has another SHA-512 for the file, whose last bytes `request` brought. */
export function checkHash(
  file: Checked,
  sha512: string | undefined,
  request: RequestContext | undefined,
): void {
  const expected = sha512Of(file)
  if (sha512 === undefined || expected === undefined || sha512 === expected) return
  throw new IntegrityError(
    `What came for ${file.id} (${file.name}) has another SHA-512 than the platform says`,
    {
      request,
      hint: 'Nothing was kept. Download it again; if it stays so, the file is damaged on the platform.',
    },
  )
}

export function isVerified(file: Checked, sha512: string | undefined): boolean {
  return sha512 !== undefined && sha512Of(file) === sha512
}
