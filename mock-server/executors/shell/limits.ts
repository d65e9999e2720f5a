/** What one run may take of the machine. Inferred throughout: the platform's own limits are not published. */
export interface ShellLimits {
  /** Bytes of `process_output.log` that commands may fill; what they write beyond is left out. */
  readonly logBytes: number
  /** Bytes of one line of the log; a longer one is cut into several. */
  readonly logLineBytes: number
  /** Files that are saved after a run. */
  readonly outputFiles: number
  /** Bytes that are saved after a run, all files together. Sparse files count in full. */
  readonly outputBytes: number
  /** Bytes that one archive may unpack to, in one place. */
  readonly unpackedBytes: number
  readonly unpackedMembers: number
  /** Runs of one job at once, however many slots it has: each takes processes, open files and memory. */
  readonly runsAtOnce: number
}

const gibibyte = 2 ** 30

export const defaultLimits: ShellLimits = {
  logBytes: gibibyte,
  logLineBytes: 64 * 1024,
  outputFiles: 100_000,
  outputBytes: 64 * gibibyte,
  unpackedBytes: 16 * gibibyte,
  unpackedMembers: 100_000,
  runsAtOnce: 64,
}

/** Between SIGTERM and SIGKILL. Inferred: the platform says only that SIGTERM comes first (tutorial cell 69). */
export const defaultGraceMs = 10_000
