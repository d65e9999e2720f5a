import { readdirSync, readlinkSync } from 'node:fs'
import {
  hasProc,
  isAlive,
  type ProcessIdentity,
  type ProcessState,
  readOrNull,
  readState,
} from '../../process-identity.ts'
import { isDoor } from '../../rooms/doors.ts'

/** Names the environment variable that marks every process of a run. */
export const runMarker = 'LOCALSCALE_RUN'

/** The same for those of people who log in to its cluster. They end with the cluster; only a killed server leaves any. */
export const loginMarker = 'LOCALSCALE_LOGIN'

export const leadsSession = ({ pid }: ProcessIdentity): boolean => readState(pid)?.session === pid

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
