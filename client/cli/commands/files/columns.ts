import type { RescaleFile } from '../../../types.ts'
import { bytes } from '../../format.ts'
import type { Column } from '../../table.ts'

export const fileColumns: readonly Column<RescaleFile>[] = [
  { title: 'id', value: ({ id }) => id },
  { title: 'size', value: ({ decryptedSize }) => bytes(decryptedSize) },
  { title: 'uploaded', value: ({ dateUploaded }) => dateUploaded.slice(0, 16).replace('T', ' ') },
  { title: 'name', value: ({ name }) => name },
]

/** Outputs lie in folders. */
export const outputColumns: readonly Column<RescaleFile>[] = [
  ...fileColumns.slice(0, -1),
  { title: 'name', value: ({ name, relativePath }) => relativePath || name },
]
