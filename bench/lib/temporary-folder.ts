import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { killChildren } from './children.ts'

/** A temporary folder that is removed, and children that are ended, however the bench ends. */
export function makeTemporaryFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'localscale-bench-'))
  process.on('exit', () => {
    killChildren()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.on(signal, () => process.exit(128 + number))
  }
  return folder
}
