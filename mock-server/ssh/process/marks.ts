import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** Every process of a session carries this variable, and so does everything that it starts. */
export const MARK_VARIABLE = 'LOCALSCALE_SSH_MARK'

/** How often it is looked whether processes that were asked to end have ended. */
const LOOK_AGAIN_MILLISECONDS = 20

/** How often SIGKILL is repeated for processes that were started while the list was read. */
const KILL_ROUNDS = 50

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
  return found.filter((pid) => pid !== process.pid)
}

const hasMark = async (pid: number, wanted: Buffer): Promise<boolean> => {
  try {
    return (await readFile(`/proc/${pid}/environ`)).includes(wanted)
  } catch {
    return false
  }
}

/**
 * Ends all processes with the mark: SIGHUP and SIGTERM, a grace time, SIGKILL. Resolves when none is left.
 * The server's own mark, kept from one start to the next, lets a start clean up after one that was killed.
 */
export const endMarkedProcesses = async (mark: string, grace: number): Promise<void> => {
  const patience = Date.now() + grace
  let left = await markedProcesses(mark)
  for (const name of ['SIGHUP', 'SIGTERM', 'SIGCONT'] as const) signalAll(left, name)
  while (left.length > 0 && Date.now() < patience) {
    await wait(LOOK_AGAIN_MILLISECONDS)
    left = await markedProcesses(mark)
  }
  for (let round = 0; left.length > 0 && round < KILL_ROUNDS; round++) {
    signalAll(left, 'SIGKILL')
    await wait(LOOK_AGAIN_MILLISECONDS)
    left = await markedProcesses(mark)
  }
}

const signalAll = (pids: readonly number[], name: NodeJS.Signals): void => {
  for (const pid of pids) signalQuietly(pid, name)
}

/** A negative number is a process group. */
export const signalQuietly = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It ended by itself, or is somebody else's.
  }
}
