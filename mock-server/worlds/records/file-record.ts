import { fileTypes } from '../../domain/file.ts'
import type { SavedFile } from '../../domain/saved/saved-file.ts'
import { fields, flag, id, listOf, nullable, oneOf, text, whole } from './fields.ts'

export const bytes = fields({ id: text, size: whole, sha512: text })

const file = fields({
  id,
  sequence: whole,
  name: text,
  typeId: oneOf(Object.values(fileTypes)),
  dateUploaded: whole,
  bytes,
  origin: nullable(fields({ jobId: id, runId: id })),
  outputPath: nullable(text),
  isDeleted: flag,
  version: whole,
})

export const readFile = (value: unknown): SavedFile => file(value, 'file')

export const listOfBytes = listOf(bytes)
