import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Living processes whose current folder has all of this in its path, by the numbers that this machine has for them: what
 * commands call themselves counts in their own room only.
 */
export const processesIn = (...parts: readonly string[]): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && works(pid, parts) && !isDoor(pid))

/** What led a program into its room waits outside. */
function isDoor(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8') === 'nsenter\n'
  } catch {
    return false
  }
}

function works(pid: number, parts: readonly string[]): boolean {
  const folder = folderOf(pid)
  return parts.every((part) => folder.includes(part))
}

/** Empty when it is gone, or has ended and only waits to be collected. */
function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}
