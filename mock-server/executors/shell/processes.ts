import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { isDoor } from '../../rooms/doors.ts'

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

/** Names the environment variable that marks every process of a run. */
export const runMarker = 'LOCALSCALE_RUN'

/** The same for those of people who log in to its cluster. They end with the cluster; only a killed server leaves any. */
export const loginMarker = 'LOCALSCALE_LOGIN'

/** True where processes can be looked up; elsewhere only process groups can be ended. */
export const hasProc = process.platform === 'linux'

/** Null when there is no such process, or it has ended and only waits to be collected. */
export function identify(pid: number): ProcessIdentity | null {
  const found = readState(pid)
  return found && { pid: found.pid, startTime: found.startTime }
}

export const isAlive = ({ pid, startTime }: ProcessIdentity): boolean =>
  identify(pid)?.startTime === startTime

export const leadsSession = ({ pid }: ProcessIdentity): boolean => readState(pid)?.session === pid

/** Changes with every boot of the machine, so that numbers from before it are not taken for ours. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'unknown'
  }
}

export interface RunTraces {
  readonly marker: string
  /** Everything of the run lies below it; null when it was not made yet. */
  readonly folder: string | null
  /** Session of its command, while any process of it may be left; null when there is none. */
  readonly session: number | null
  /** Which variable has the marker; `runMarker` unless told. */
  readonly variable?: string
}

/**
 * All processes of a run: in a command's session, with its marker in the environment (kept by a daemon that left the
 * session), or working in its folder (kept by one that cleared its environment as well; people who look around there
 have a terminal).
 */
export function processesOf({ marker, folder, session, variable = runMarker }: RunTraces): ProcessState[] {
  if (!hasProc) return []
  const mark = `${variable}=${marker}`
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => readState(Number(name)))
    .filter((found) => found !== null)
    .filter((found) => found.session === session || isMarked(found.pid, mark) || worksIn(found, folder))
    .filter((found) => !isDoor(found.pid))
}

/** Ends nothing but the very process that was found. */
export function signalProcess(found: ProcessIdentity, signal: NodeJS.Signals): void {
  if (isAlive(found)) ignoringGone(() => process.kill(found.pid, signal))
}

export const killAtOnce = (pid: number): void => ignoringGone(() => process.kill(pid, 'SIGKILL'))

/** Only for a group whose leader is not collected yet: its number cannot belong to anyone else. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  ignoringGone(() => process.kill(-leader, signal))
}

function ignoringGone(send: () => void): void {
  try {
    send()
  } catch {
    // ESRCH: ended meanwhile. EPERM: somebody else's by now.
  }
}

function readState(pid: number): ProcessState | null {
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

const isMarked = (pid: number, mark: string): boolean =>
  `\0${readOrNull(`/proc/${pid}/environ`) ?? ''}\0`.includes(`\0${mark}\0`)

/** Whether it has the variable at all. */
export const isMarkedByAny = (pid: number, variable: string): boolean =>
  `\0${readOrNull(`/proc/${pid}/environ`) ?? ''}`.includes(`\0${variable}=`)

function worksIn({ pid, hasTerminal }: ProcessState, folder: string | null): boolean {
  if (hasTerminal || folder === null) return false
  try {
    return `${readlinkSync(`/proc/${pid}/cwd`)}/`.startsWith(`${folder}/`)
  } catch {
    return false
  }
}

/** Null when the process is gone or not ours. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return null
  }
}
