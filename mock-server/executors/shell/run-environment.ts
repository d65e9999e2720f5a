import { delimiter, isAbsolute, join } from 'node:path'
import type { RunAnalysis, RunOrder } from '../../domain/executor.ts'
import { runMarker } from './processes.ts'
import type { RunFolder } from './run-folder.ts'

/** Where a system's own programs are when the server has no PATH itself. */
export const systemSearchPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * The whole environment of a command. Nothing of the server's own gets in but its search path: its environment may
 * hold secrets. The user's variables come last and win, save for what finds the run's processes again.
 */
export function runEnvironment(
  order: RunOrder,
  analysis: RunAnalysis,
  folder: RunFolder,
  searchPath: string,
): Record<string, string> {
  return cleaned({
    PATH: searchPath,
    LANG: 'C.UTF-8',
    SHELL: '/bin/bash',
    HOME: folder.home,
    TMPDIR: folder.temporary,
    USER: order.username,
    LOGNAME: order.username,
    ...order.environment,
    ...analysis.envVars,
    [runMarker]: folder.marker,
  })
}

/** The server's search path without relative entries, which would look into the work folder; stand-ins come last. */
export const searchPathOf = (path: string | undefined, standIns: string): string =>
  [...(path || systemSearchPath).split(delimiter).filter(isAbsolute), standIns].join(delimiter)

/** Leaves out what cannot be a variable: starting a process would fail for it. */
function cleaned(variables: Record<string, string>): Record<string, string> {
  const possible = Object.entries(variables).filter(
    ([name, value]) => /^[^=\0]+$/.test(name) && !String(value).includes('\0'),
  )
  return Object.fromEntries(possible)
}

export const standInFolder = (root: string): string => join(root, '.bin')
