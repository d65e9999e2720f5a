import { createHash } from 'node:crypto'
import { HOST_KEY_NOTICE } from './keep-alive-command.ts'

const FINGERPRINT = /SHA256:[A-Za-z0-9+/]{43}/

/** A host key's fingerprint, as `ssh-keygen -l` shows it: `SHA256:` and 43 characters. */
export function fingerprintOf(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
}

/** The fingerprints in lines of a job's log, dates in front or not. */
export function fingerprintsIn(lines: readonly string[]): string[] {
  const found = lines
    .filter((line) => line.includes(HOST_KEY_NOTICE))
    .map((line) => FINGERPRINT.exec(line)?.[0])
  return [...new Set(found.filter((text) => text !== undefined))]
}
