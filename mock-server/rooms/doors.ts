import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The process that led a program into a room (nsenter) stays outside and waits for it: the program is its only child.
 * It ends as the program does. Signals go to the program, never to the door: it would not pass them on.
 */
export const behindDoor = (door: number): number | null => {
  const child = Number.parseInt(readOrEmpty(`/proc/${door}/task/${door}/children`), 10)
  return Number.isInteger(child) ? child : null
}

/** Only this process has doors as its children; what a command does with nsenter is its own business. */
export const isDoor = (pid: number): boolean => {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  const end = stat.lastIndexOf(')')
  return stat.slice(0, end).endsWith('(nsenter') && stat.slice(end + 2).split(' ')[1] === String(process.pid)
}

/** How often it is looked whether a door stands still; milliseconds. */
const lookMs = 1_000

/**
 * nsenter stops itself when its program is stopped, and then does not see when that goes on, or ends. Whoever continued
 * the program may be in the room, where the door cannot be seen: so it is looked at, as long as it lives.
 */
export function tendDoor(child: ChildProcess): void {
  const timer = setInterval(() => openDoor(child), lookMs).unref()
  child.once('exit', () => clearInterval(timer))
  child.once('error', () => clearInterval(timer))
}

function openDoor(child: ChildProcess): void {
  if (child.pid === undefined || stateOf(child.pid) !== 'T') return
  const program = behindDoor(child.pid)
  // nsenter continues its program, too.
  if (program === null || stateOf(program) !== 'T') child.kill('SIGCONT')
}

const stateOf = (pid: number): string => {
  const stat = readOrEmpty(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2)[0] ?? ''
}

const readOrEmpty = (path: string): string => {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
