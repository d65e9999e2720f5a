import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { apiconfigPaths, thisMachine } from '../../../client/apiconfig-file.ts'
import { RescaleError } from '../../../client/errors.ts'
import { isLoopback } from '../../../client/origin.ts'
import { resolveSettings } from '../../../client/settings.ts'
import { CannotRunError } from '../not-run.ts'

export interface LiveProfile {
  readonly name: string
  /** Scheme and authority. */
  readonly origin: string
  readonly host: string
  readonly apiKey: string
  /** As it goes into the header: keys come in two forms. */
  readonly authorization: string
  /** Tells one account from another, and says nothing of the key. */
  readonly tenant: string
}

export interface ProfileOptions {
  readonly name: string
  /** Default: where the client looks for it. */
  readonly configFile?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Reads a profile from the apiconfig file, and from nowhere else: a key in the environment could be of any account.
 * Refuses a file that others can read, and a platform that is not reached by TLS.
 */
export function loadProfile({ name, configFile, env }: ProfileOptions): LiveProfile {
  const settings = settingsOf(name, configFile, env)
  const { origin, host } = new URL(settings.baseUrl)
  if (!settings.baseUrl.startsWith('https:') && !isLoopback(settings.baseUrl)) {
    throw noCredentials(`profile [${name}] is not reached by https: its key could be read on the way.`)
  }
  const apiKey = settings.apiKey.reveal()
  return {
    name,
    origin,
    host,
    apiKey,
    authorization: settings.apiKey.authorization(),
    tenant: tenantOf(origin, apiKey),
  }
}

function settingsOf(
  name: string,
  configFile: string | undefined,
  env: ProfileOptions['env'],
): ReturnType<typeof resolveSettings> {
  const machine = thisMachine(env)
  const path = configFile ?? (machine && apiconfigPaths(machine).find(isThere))
  if (path === undefined)
    throw noCredentials('there is no apiconfig file; docs/live.md says how to write one.')
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw noCredentials(`${path} can be read by other users of this machine; run: chmod 600 '${path}'`)
  }
  try {
    return resolveSettings({ profile: name, configFile: path, env: {} })
  } catch (error) {
    if (error instanceof RescaleError) throw noCredentials(`${error.message}`)
    throw error
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

// A key has 160 bits: nobody gets from its hash back to it.
const tenantOf = (origin: string, apiKey: string): string =>
  createHash('sha256').update(`localscale tenant\0${origin}\0${apiKey}`).digest('hex').slice(0, 20)

const noCredentials = (text: string): CannotRunError => new CannotRunError({ kind: 'no-credentials', text })
