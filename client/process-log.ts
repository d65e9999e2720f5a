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
export const LAUNCHES = 'Launching '
/** How the last line of a launch ends, which may be its only one. */
export const LAUNCHED = /, Working dir: .*\. {2}Process output follows:$/
export const FOLLOWS = '.  Process output follows:'
export const EXITED = /^Exited with code (-?\d+)$/

/** A log line without its time stamp and line end. */
export function withoutTime(line: string): string {
  return line.replace(/\r?\n$/, '').replace(PREFIX, '')
}

/** Splits `process_output.log` into the analyses of the job, in their order. */
export function parseProcessLog(lines: readonly string[]): LoggedAnalysis[] {
  const texts = lines.map(withoutTime)
  const analyses: { command: string; workingDir: string; output: string[] }[] = []
  for (let at = 0; at < texts.length; at++) {
    const launched = launchedAt(texts, at)
    if (launched) {
      analyses.push({ command: launched.command, workingDir: launched.workingDir, output: [] })
      at += launched.lines - 1
    } else analyses.at(-1)?.output.push(texts[at] ?? '')
  }
  return analyses.map(withExitCode)
}

/** A command of several lines is shown on as many; none of them begins like another analysis. */
function launchedAt(texts: readonly string[], at: number) {
  if (!texts[at]?.startsWith(LAUNCHES)) return undefined
  let end = at
  while (end < texts.length && !texts[end]?.endsWith(FOLLOWS)) {
    end++
    if (texts[end]?.startsWith(LAUNCHES)) return undefined
  }
  const [, command, workingDir = ''] = LAUNCHING.exec(texts.slice(at, end + 1).join('\n')) ?? []
  return command === undefined ? undefined : { command, workingDir, lines: end - at + 1 }
}

// The command may print the same words itself; the platform's line is the last one.
function withExitCode({ command, workingDir, output }: Omit<LoggedAnalysis, 'exitCode'>): LoggedAnalysis {
  const at = output.findLastIndex((line) => EXITED.test(line))
  if (at < 0) return { command, workingDir, output, exitCode: undefined }
  const exitCode = Number(EXITED.exec(output[at] ?? '')?.[1])
  return { command, workingDir, output: output.slice(0, at), exitCode }
}
