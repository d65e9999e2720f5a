import { readFileSync } from 'node:fs'
import { kill } from 'node:process'

/** What tells a process from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks from boot to its start. */
  readonly startTime: number
}

export interface ProcessState extends ProcessIdentity {
  readonly group: number
  readonly session: number
  readonly hasTerminal: boolean
}

/** True where processes can be looked up; elsewhere only process groups can be ended. */
export const hasProc = process.platform === 'linux'

/** Null when there is no such process, or it has ended and only waits to be collected. */
export function identify(pid: number): ProcessIdentity | null {
  const found = readState(pid)
  return found && { pid: found.pid, startTime: found.startTime }
}

export const isAlive = ({ pid, startTime }: ProcessIdentity): boolean =>
  identify(pid)?.startTime === startTime

/** As far as this machine tells: without `/proc` a later process with the same number is taken for it. */
export function isStillThere(process: ProcessIdentity): boolean {
  if (hasProc) return isAlive(process)
  try {
    return kill(process.pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Changes with every boot of the machine, so that numbers from before it are not taken for ours. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export function readState(pid: number): ProcessState | null {
  const stat = readOrNull(`/proc/${pid}/stat`)
  if (stat === null) return null
  // Zombies (`Z`) and the dead (`X`) do nothing any more. The name stands in brackets and may itself hold brackets and blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = 'X', , group, session, terminal] = fields
  if (state === 'Z' || state === 'X') return null
  return {
    pid,
    group: Number(group),
    session: Number(session),
    hasTerminal: terminal !== '0',
    startTime: Number(fields[19]),
  }
}

/** Null when the process is gone or not ours. */
export function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}
