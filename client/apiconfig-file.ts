import { type Apiconfig, parseApiconfig } from './apiconfig.ts'
import { ConfigError } from './errors.ts'

/** What of the machine the search for an apiconfig depends on. */
export interface Machine {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
}

/** An apiconfig that was found and read. */
export interface LoadedApiconfig {
  readonly path: string
  readonly config: Apiconfig
  readonly warnings: readonly string[]
}

// Reading the file must not keep the client from running where there are no files, so Node's modules are
// asked for and not imported.
const builtin = globalThis.process?.getBuiltinModule

/**
 * Where an apiconfig is looked for, first match first. On Windows sources disagree: `config.py` has the dot,
 * the tutorial's text has not, and Interlink keeps its own (api-facts 10.1).
 */
export function apiconfigPaths(machine: Machine): string[] {
  if (machine.platform !== 'win32')
    return [`${machine.env.HOME || machine.homedir}/.config/rescale/apiconfig`]
  const profile = machine.env.USERPROFILE || machine.homedir
  const paths = [`${profile}\\.config\\rescale\\apiconfig`, `${profile}\\config\\rescale\\apiconfig`]
  return machine.env.APPDATA ? [...paths, `${machine.env.APPDATA}\\Rescale\\Interlink\\apiconfig`] : paths
}

/** This machine, or undefined where there are no files (a browser). */
export function thisMachine(env: Machine['env']): Machine | undefined {
  const os = builtin?.('node:os')
  return os && { platform: process.platform, env, homedir: os.homedir() }
}

/** Reads the first of `paths` that exists; undefined when none does. */
export function loadApiconfig(paths: readonly string[]): LoadedApiconfig | undefined {
  const fs = builtin?.('node:fs')
  for (const path of paths) {
    if (fs?.existsSync(path)) return readApiconfig(path)
  }
  return undefined
}

function readApiconfig(path: string): LoadedApiconfig {
  const fs = builtin('node:fs')
  try {
    const bytes = fs.readFileSync(path)
    // A byte order mark is kept: Python does not accept one, and the parser says so.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { path, config: parseApiconfig(text), warnings: modeWarnings(path, fs.statSync(path).mode) }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ConfigError(`Cannot read ${path}: ${why}`, { cause })
  }
}

function modeWarnings(path: string, mode: number): string[] {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return []
  return [`${path} can be read by other users of this machine; run: chmod 600 '${path}'`]
}
