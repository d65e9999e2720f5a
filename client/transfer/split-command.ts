import { withoutTime } from '../process-log.ts'
import { quote, quotePath } from './shell.ts'

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
  const sum = [`sha512sum < ${target}`, `shasum -a 512 < ${target}`, `openssl dgst -sha512 -r < ${target}`]
  return [
    `cat ${slices} | gzip -dc > ${target}`,
    `rm -f ${slices}`,
    `sum=$({ ${sum.join(' || ')}; } 2>/dev/null | cut -d ' ' -f 1)`,
    'echo "checksum $sum"',
    `[ "$sum" = ${sha512} ]`,
  ].join(' && ')
}

/** The last SHA-512 that a split upload's command printed, read from the lines of `process_output.log`. */
export function readChecksum(lines: readonly string[]): string | undefined {
  const printed = lines.map((line) => /^checksum ([0-9a-f]{128})$/.exec(withoutTime(line))?.[1])
  return printed.findLast((sum) => sum !== undefined)
}
