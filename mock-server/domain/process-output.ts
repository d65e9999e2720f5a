import { dateOf, type Instant } from './instant.ts'

/** The file that every run leaves, with stdout and stderr of all its commands. */
export const processOutputName = 'process_output.log'

/**
 * `[2025-08-21T14:03:07Z]: text`, a prefix of 24 characters: UTC, whole seconds (real logs of 2020-25).
 * Text of several lines gets the prefix on each. The newline at the end is included.
 */
export function formatLogLine(at: Instant, text: string): string {
  const prefix = `[${dateOf(at).toISOString().slice(0, 19)}Z]: `
  return `${prefix}${text.replaceAll('\n', `\n${prefix}`)}\n`
}

/** The first line of each analysis; two blanks before "Process", as in the real logs. */
export const launching = (command: string, directory: string): string =>
  `Launching ${command}, Working dir: ${directory}.  Process output follows:`

/** The last but one line of each analysis; an empty one follows. */
export const exitedWith = (code: number): string => `Exited with code ${code}`

/** Where the commands of a job start: the second and later analyses, and jobs of several nodes, share a folder. */
export const workFolderOf = (username: string, shared: boolean): string =>
  `/enc/${username}/work${shared ? '/shared' : ''}`
