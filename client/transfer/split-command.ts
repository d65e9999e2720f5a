import { withoutTime } from '../process-log.ts'
import { quote, quotePath } from './shell.ts'

const CHECKSUM = /^checksum ([0-9a-f]{128})$/

// The number of slices in every name keeps the slices of another split of the same file apart.
export function sliceName(name: string, index: number, count: number): string {
  const width = String(count).length
  return `${name}.part-${String(index + 1).padStart(width, '0')}-of-${count}.gz`
}

/**
 * Joins slices in a POSIX shell with nothing but gzip and one of sha512sum, shasum, openssl. Concatenated gzip
 * members are one gzip file, and the zero-padded numbers sort the same everywhere.
 */
export function joinCommand(name: string, count: number, sha512: string): string {
  const slices = `${quotePath(`${name}.part-`)}*${quote(`-of-${count}.gz`)}`
  const target = quotePath(name)
  return [`cat ${slices} | gzip -dc > ${target}`, `rm -f ${slices}`, ...check(name, sha512)].join(' && ')
}

/**
 * Takes a file out of the volumes of a 7-Zip archive, and removes them. `program` is an input of the job, which may
 * have lost its permission to run; undefined for the cluster's own `7za`.
 */
export function extractCommand(name: string, sha512: string, program: string | undefined): string {
  const volumes = `${quotePath(`${name}.7z.`)}*`
  const made = program === undefined ? [] : [`chmod +x ${quote(`./${program}`)}`]
  const run = program === undefined ? '7za' : quote(`./${program}`)
  const extract = `${run} e -y -aoa ${quote(`./${name}.7z.001`)} > /dev/null`
  return [...made, extract, `rm -f ${volumes}`, ...check(name, sha512)].join(' && ')
}

function check(name: string, sha512: string): string[] {
  const target = quotePath(name)
  const sum = [`sha512sum < ${target}`, `shasum -a 512 < ${target}`, `openssl dgst -sha512 -r < ${target}`]
  return [
    `sum=$({ ${sum.join(' || ')}; } 2>/dev/null | cut -d ' ' -f 1)`,
    'echo "checksum $sum"',
    `[ "$sum" = ${sha512} ]`,
  ]
}

/** What the command of a split upload found in the job. */
export interface SplitVerdict {
  /** `joined`: the file is there, byte for byte. `unknown`: the log does not have the command's line. */
  readonly verdict: 'joined' | 'damaged' | 'unknown'
  /** Of what the command made, if it said. */
  readonly sha512: string | undefined
}

/** Reads the verdict from the lines of `process_output.log`; a job may have put several files together. */
export function splitVerdict(lines: readonly string[], split: { readonly sha512: string }): SplitVerdict {
  const printed = checksums(lines)
  if (printed.includes(split.sha512)) return { verdict: 'joined', sha512: split.sha512 }
  const last = printed.at(-1)
  return { verdict: last === undefined ? 'unknown' : 'damaged', sha512: last }
}

/** The last SHA-512 that a split upload's command printed, read from the lines of `process_output.log`. */
export function readChecksum(lines: readonly string[]): string | undefined {
  return checksums(lines).at(-1)
}

/** Whether a line of the log is one that a split upload's command prints. */
export const isChecksum = (line: string): boolean => CHECKSUM.test(withoutTime(line))

function checksums(lines: readonly string[]): string[] {
  return lines.flatMap((line) => CHECKSUM.exec(withoutTime(line))?.[1] ?? [])
}
