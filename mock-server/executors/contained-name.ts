import { processOutputName } from '../domain/process-output.ts'

/** NAME_MAX of Linux file systems, in bytes. */
export const maxSegmentBytes = 255

/** Well below PATH_MAX (4096), because the run's own folder stands before it. */
export const maxPathBytes = 2_048

const isPlain = (segment: string): boolean => segment !== '' && segment !== '.'

/**
 * Where an input with such a name lies in the work folder: a relative path without `.`, `..` or NUL, never empty.
 * A user's name is made to fit rather than refused, because the file was accepted long before (inferred).
 */
export function inputPath(name: string): string {
  const segments = name.split('/').map(cleanSegment).filter(isPlain)
  const path = segments.join('/')
  const fitting = Buffer.byteLength(path) <= maxPathBytes ? path : segments.at(-1)
  return fitting || 'unnamed'
}

const cleanSegment = (segment: string): string =>
  segment === '..' ? '' : shortened(Buffer.from(segment.replaceAll('\0', '_')).toString())

/** Keeps the end of a name, where its extension is. */
function shortened(segment: string): string {
  if (Buffer.byteLength(segment) <= maxSegmentBytes) return segment
  const characters = [...segment]
  let from = 0
  for (let bytes = Buffer.byteLength(segment); bytes > maxSegmentBytes; from += 1) {
    bytes -= Buffer.byteLength(characters[from] ?? '')
  }
  return characters.slice(from).join('')
}

/** True for the log's own place and all below it: the executor writes the log, so no input may lie there. */
export const isReserved = (path: string): boolean =>
  path === processOutputName || path.startsWith(`${processOutputName}/`)

/**
 * The path of an archive's member in its folder, or null when it must not be unpacked: absolute, with `..` or NUL,
 * or too long. Refused rather than mended, because no honest archive has such names.
 */
export function memberPath(name: string): string | null {
  if (name.startsWith('/') || name.includes('\0')) return null
  const segments = name.split('/').filter(isPlain)
  if (segments.length === 0 || segments.includes('..')) return null
  if (segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes)) return null
  const path = segments.join('/')
  return Buffer.byteLength(path) <= maxPathBytes ? path : null
}
