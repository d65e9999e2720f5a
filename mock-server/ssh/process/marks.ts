import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { isDoor } from '../../rooms/doors.ts'

/** Every process of a session carries this variable, and so does everything that it starts. */
export const MARK_VARIABLE = 'LOCALSCALE_SSH_MARK'

/** How often it is looked whether processes that were asked to end have ended. */
const LOOK_AGAIN_MILLISECONDS = 20

/** SIGKILL is repeated for so long, for processes that are started while the list is read. */
const KILL_MILLISECONDS = 2_000

/** So often in a row none may be found: a process shows no environment for a moment while it becomes another program. */
const ABSENCES = 3

/** `/proc` is read for so many processes at a time. */
const READ_AT_ONCE = 32

/**
 * The processes whose mark begins with `mark`, also those that left their group, session or parent.
 * A process that was started with an emptied environment is not found, nor is any on a system without `/proc`.
 */
export const markedProcesses = async (mark: string): Promise<number[]> => {
  const wanted = Buffer.from(`${MARK_VARIABLE}=${mark}`)
  const names = await readdir('/proc').catch(() => [])
  const pids = names.filter((name) => /^[0-9]+$/.test(name)).map(Number)
  const found: number[] = []
  for (let start = 0; start < pids.length; start += READ_AT_ONCE) {
    const part = pids.slice(start, start + READ_AT_ONCE)
    const marked = await Promise.all(part.map((pid) => hasMark(pid, wanted)))
    found.push(...part.filter((_, index) => marked[index]))
  }
  return found.filter((pid) => pid !== process.pid && !isDoor(pid))
}

const hasMark = async (pid: number, wanted: Buffer): Promise<boolean> => {
  try {
    return (await readFile(`/proc/${pid}/environ`)).includes(wanted)
  } catch {
    return false
  }
}

/**
 * Ends all processes with the mark: SIGTERM, a grace time, SIGKILL. Resolves when none is left. No SIGHUP: it would
 * end a program that has a handler for SIGTERM only; where a terminal's maker ends, the kernel sends it.
 * The server's own mark, kept from one start to the next, lets a start clean up after one that was killed.
 */
export const endMarkedProcesses = async (mark: string, grace: number): Promise<void> => {
  const patience = Date.now() + grace
  const asked = new Set<number>()
  for (let absences = 0; Date.now() < patience + KILL_MILLISECONDS; ) {
    const left = await markedProcesses(mark)
    for (const pid of left) end(pid, Date.now() < patience, asked)
    absences = left.length === 0 ? absences + 1 : 0
    if (absences === ABSENCES) return
    await wait(LOOK_AGAIN_MILLISECONDS)
  }
}

const end = (pid: number, gently: boolean, asked: Set<number>): void => {
  if (!gently) signalQuietly(pid, 'SIGKILL')
  else if (!asked.has(pid)) {
    asked.add(pid)
    signalQuietly(pid, 'SIGTERM')
    signalQuietly(pid, 'SIGCONT')
  }
}

/** A negative number is a process group. */
export const signalQuietly = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself, or is somebody else's.
  }
}
