import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** CPU time of one thread from its `schedstat`: nanoseconds on a CPU, nanoseconds waiting, time slices. */
export function parseSchedstat(text: string): number {
  const nanoseconds = Number(text.split(' ', 1)[0])
  if (!Number.isFinite(nanoseconds)) throw new Error(`not a schedstat line: ${text}`)
  return nanoseconds / 1e9
}

/** A size from `/proc/PID/status`, which counts in kB and means KiB. */
export function parseStatusMebibytes(status: string, field: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]
  if (kibibytes === undefined) throw new Error(`no ${field} in the status of the process`)
  return Number(kibibytes) / 1024
}

/**
 * CPU seconds that a process and its descendants have used so far, summed over their threads. The scheduler's own
 * count is exact to the nanosecond; `stat`'s utime is in ticks of 10 ms. Threads that have ended are not in it: Node
 * keeps its threads, so nothing is lost here.
 */
export function cpuSeconds(pid: number): number {
  return processTree(pid)
    .flatMap((member) => threadsOf(member).map((thread) => `/proc/${member}/task/${thread}/schedstat`))
    .reduce((sum, path) => sum + parseSchedstat(readIfThere(path) ?? '0'), 0)
}

export function processTree(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => {
    const text = readIfThere(`/proc/${pid}/task/${thread}/children`) ?? ''
    return text.split(' ').filter(Boolean).map(Number)
  })
  return [pid, ...children.flatMap(processTree)]
}

/** Resident memory of a process and its descendants in MiB. */
export const residentMebibytes = (pid: number): number => sumOverTree(pid, 'VmRSS')

/** The highest resident memory since the start, or since `resetPeak`. */
export const peakMebibytes = (pid: number): number => sumOverTree(pid, 'VmHWM')

/** proc(5): writing 5 to clear_refs sets the peak back to what is resident now. */
export function resetPeak(pid: number): void {
  for (const member of processTree(pid)) writeFileSync(`/proc/${member}/clear_refs`, '5')
}

function sumOverTree(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  return processTree(pid)
    .map((member) => readIfThere(`/proc/${member}/status`))
    .reduce((sum, status) => sum + (status === null ? 0 : parseStatusMebibytes(status, field)), 0)
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

/** Threads and processes may end between being listed and being read. */
function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
