/** One analysis of a job as `process_output.log` shows it. */
export interface LoggedAnalysis {
  readonly command: string
  readonly workingDir: string
  /** What the command wrote, without the time stamps. */
  readonly output: readonly string[]
  /** Undefined when the log ends before the command did. */
  readonly exitCode: number | undefined
}

// api-facts 9.3: `[2023-09-01T12:00:00Z]: `, 24 characters, before each line.
const PREFIX = /^\[\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\]: ?/
const LAUNCHING = /^Launching ([\s\S]*), Working dir: (.*)\. {2}Process output follows:$/
const EXITED = /^Exited with code (-?\d+)$/

/** A log line without its time stamp and line end. */
export function withoutTime(line: string): string {
  return line.replace(/\r?\n$/, '').replace(PREFIX, '')
}

/** Splits `process_output.log` into the analyses of the job, in their order. */
export function parseProcessLog(lines: readonly string[]): LoggedAnalysis[] {
  const analyses: { command: string; workingDir: string; output: string[] }[] = []
  for (const text of lines.map(withoutTime)) {
    const launched = LAUNCHING.exec(text)
    if (launched) analyses.push({ command: launched[1] ?? '', workingDir: launched[2] ?? '', output: [] })
    else analyses.at(-1)?.output.push(text)
  }
  return analyses.map(withExitCode)
}

// The command may print the same words itself; the platform's line is the last one.
function withExitCode({ command, workingDir, output }: Omit<LoggedAnalysis, 'exitCode'>): LoggedAnalysis {
  const at = output.findLastIndex((line) => EXITED.test(line))
  if (at < 0) return { command, workingDir, output, exitCode: undefined }
  const exitCode = Number(EXITED.exec(output[at] ?? '')?.[1])
  return { command, workingDir, output: output.slice(0, at), exitCode }
}
