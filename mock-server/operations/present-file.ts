import type { File } from '../domain/file.ts'
import type { User } from '../domain/user.ts'
import { utcTime } from './present-time.ts'
import type { Wire } from './wire.ts'

/** What the presenters need to know besides the thing itself. */
export interface Beholder {
  readonly user: User
  /** Scheme and authority of the client's own request. */
  readonly origin: string
}

export function presentFile(file: File, { user, origin }: Beholder): Wire<'File'> {
  return {
    id: file.id,
    name: file.name,
    typeId: file.typeId,
    dateUploaded: utcTime(file.dateUploaded),
    relativePath: file.relativePath,
    path: file.path,
    pathParts: { container: user.defaultStorage.connectionSettings.container, path: file.path },
    storage: {
      id: user.defaultStorage.id,
      storageType: user.defaultStorage.storageType,
      encryptionType: user.defaultStorage.encryptionType,
      connectionSettings: { region: user.defaultStorage.connectionSettings.region },
    },
    encodedEncryptionKey: file.encodedEncryptionKey,
    downloadUrl: `${origin}/api/v2/files/${file.id}/contents/`,
    sharedWith: [],
    decryptedSize: file.bytes.size,
    owner: user.email,
    isUploaded: true,
    isDeleted: file.isDeleted,
    viewInBrowser: file.viewInBrowser,
    fileChecksums: [{ hashFunction: 'sha512', fileHash: file.bytes.sha512 }],
    // Null since 2020; the SHA-512 took its place (facts §12.1, no. 9).
    md5: null,
    userTags: [],
  }
}

/** The row's JSON, written anew only for another origin: its storage key and its encryption key take long to make. */
export function fileRowText(file: File, { user, origin }: Beholder): string {
  const { cachedRow } = file
  if (cachedRow?.user === user && cachedRow.origin === origin) return cachedRow.text
  const text = JSON.stringify(presentFile(file, { user, origin }))
  file.cachedRow = { user, origin, text }
  return text
}

export const presentInputFile = (file: File, decompress: boolean, beholder: Beholder): Wire<'InputFile'> => ({
  ...presentFile(file, beholder),
  decompress,
})
