import { open, readFile, rename } from 'node:fs/promises'
import { FORMAT, READ_FORMATS, seal, unseal } from './seal.ts'

/** The folder was written by a LocalScale that keeps its data otherwise. */
export class OtherFormatError extends Error {
  override readonly name = 'OtherFormatError'
}

const KEY = 'localscale-data'

/**
 * Which format a data folder has. Formats are told apart before anything else is touched.
 * @returns 'older' for one that this version reads but does not write, 'new' when nothing is there, 'damaged' when it cannot
 * be read
 * @throws {OtherFormatError} for a format that this version cannot read
 */
export async function readFormat(path: string): Promise<'known' | 'older' | 'new' | 'damaged'> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return 'new'
  // Sealed by its own format, whichever that is: only the number in front has to be understood.
  const format = /^(\d{1,6}) [0-9a-f]{16} \{"format":(\d{1,6})\}\s*$/.exec(text)
  if (format && format[1] === format[2] && !READ_FORMATS.includes(Number(format[1])))
    throw otherFormat(path, Number(format[1]))
  if (!unseal(KEY, text.trimEnd())) return 'damaged'
  return format?.[1] === String(FORMAT) ? 'known' : 'older'
}

function otherFormat(path: string, format: number): OtherFormatError {
  const newer = format > FORMAT
  return new OtherFormatError(
    `${path} says format ${format}; this LocalScale reads formats ${READ_FORMATS.join(' and ')}. ` +
      (newer
        ? 'Use the newer version that wrote it, or another --data-dir. Nothing was changed.'
        : 'Export its worlds with the version that wrote it and import them here, or use another --data-dir. Nothing was changed.'),
  )
}

export async function writeFormat(path: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600)
  try {
    await file.writeFile(`${seal(KEY, { format: FORMAT }).text}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.new`, path)
}
