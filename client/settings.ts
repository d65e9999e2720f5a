import { ApiconfigError } from './apiconfig-errors.ts'
import {
  apiconfigPaths,
  type LoadedApiconfig,
  loadApiconfig,
  type Machine,
  thisMachine,
} from './apiconfig-file.ts'
import { ConfigError } from './errors.ts'
import { Secret } from './secret.ts'
import { rootOf, strangerWarnings, urlWarnings } from './settings-warnings.ts'

export const DEFAULT_BASE_URL = 'https://platform.rescale.com'

/** Option names of apiconfig files, by reader (api-facts 10.1). */
export const KEY_OPTIONS = ['apikey', 'api_key'] as const
export const URL_OPTIONS = ['apibaseurl', 'platform_url', 'apiurl'] as const

// Interlink's own section name.
const FALLBACK_PROFILE = 'rescale'

export interface SettingsOptions {
  profile?: string | undefined
  configFile?: string | undefined
  baseUrl?: string | undefined
  apiKey?: string | undefined
  env?: Readonly<Record<string, string | undefined>> | undefined
  /** For tests: which machine to look for an apiconfig on. */
  machine?: Machine | undefined
}

/** Which platform, which key, and where each was found. */
export interface Settings {
  readonly baseUrl: string
  readonly baseUrlSource: string
  readonly apiKey: Secret
  readonly apiKeySource: string
  /** The apiconfig that was used, if any. */
  readonly configFile: string | undefined
  readonly profile: string | undefined
  readonly warnings: readonly string[]
}

/** A value, and where it was found. */
export interface Found {
  readonly value: string
  readonly source: string
}

/**
 * Key and URL, each from the first of: options, environment (`RESCALE_API_KEY`, `RESCALE_API_URL`), the
 * profile of an apiconfig (`RESCALE_PROFILE`, else `default`). Without a URL, Rescale's US platform. The file
 * is read only when something is still missing.
 *
 * A profile that the options name is an option too: what they do not say comes from it, and never from the environment,
 * whose key may be of another platform.
 */
export function resolveSettings(options: SettingsOptions): Settings {
  const env = environment(options)
  const { RESCALE_API_KEY, RESCALE_API_URL } = options.profile === undefined ? env : {}
  const outside = {
    key: given(options.apiKey, 'options') ?? given(RESCALE_API_KEY, 'RESCALE_API_KEY'),
    url: given(options.baseUrl, 'options') ?? given(RESCALE_API_URL, 'RESCALE_API_URL'),
  }
  const wanted = options.profile ?? (env.RESCALE_PROFILE || undefined)
  const searched = searchPaths(options, env)
  const file = outside.key && outside.url ? undefined : fileOf(searched, options)
  const profile = file && profileOf(file, wanted, outside.key !== undefined)
  const fromFile = (names: readonly string[]) =>
    file && profile ? optionOf(file, profile, names) : undefined
  const key = outside.key ?? fromFile(KEY_OPTIONS)
  if (!key) throw noKey(searched, file, profile, env.RESCALE_API_KEY)
  const url = outside.url ?? fromFile(URL_OPTIONS) ?? { value: DEFAULT_BASE_URL, source: 'default' }
  const baseUrl = normalizedUrl(url)
  return {
    baseUrl,
    baseUrlSource: url.source,
    apiKey: checkedKey(key),
    apiKeySource: key.source,
    configFile: file?.path,
    profile,
    warnings: [
      ...(file?.warnings ?? []),
      ...strangerWarnings(baseUrl, { key, url }, { key: fromFile(KEY_OPTIONS), url: fromFile(URL_OPTIONS) }),
      ...urlWarnings(baseUrl),
    ],
  }
}

/** The environment variables; browsers have none. */
export function environment(options: Pick<SettingsOptions, 'env'>): Machine['env'] {
  return options.env ?? globalThis.process?.env ?? {}
}

function given(value: string | undefined, source: string): Found | undefined {
  return value === undefined || value === '' ? undefined : { value, source }
}

function searchPaths(options: SettingsOptions, env: Machine['env']): string[] {
  if (options.configFile !== undefined) return [options.configFile]
  const machine = options.machine ?? thisMachine(env)
  return machine ? apiconfigPaths(machine) : []
}

function fileOf(paths: readonly string[], options: SettingsOptions): LoadedApiconfig | undefined {
  const file = loadApiconfig(paths)
  if (!file && (options.configFile !== undefined || options.profile !== undefined)) {
    throw new ConfigError(`There is no apiconfig at ${paths.join(' or ')}`)
  }
  return file
}

function profileOf(file: LoadedApiconfig, wanted: string | undefined, optional: boolean): string | undefined {
  if (wanted === undefined) {
    const usual = ['default', FALLBACK_PROFILE].find((name) => file.config.sections.includes(name))
    if (usual !== undefined || optional) return usual
  } else if (file.config.has(wanted)) return wanted
  const known = file.config.sections.map((name) => `[${name}]`).join(', ') || 'none'
  throw new ConfigError(`${file.path} has no profile [${wanted ?? 'default'}]`, {
    hint: `Its profiles are: ${known}.`,
  })
}

function optionOf(file: LoadedApiconfig, profile: string, names: readonly string[]): Found | undefined {
  for (const name of names) {
    const value = read(file, profile, name)
    if (value) return { value, source: `${name} in [${profile}] of ${file.path}` }
  }
  return undefined
}

function read(file: LoadedApiconfig, profile: string, name: string): string | undefined {
  try {
    return file.config.get(profile, name)
  } catch (cause) {
    if (cause instanceof ApiconfigError) throw new ConfigError(`${file.path}: ${cause.message}`, { cause })
    throw cause
  }
}

function noKey(
  searched: readonly string[],
  file: LoadedApiconfig | undefined,
  profile: string | undefined,
  ofEnvironment: string | undefined,
) {
  const where = file
    ? `[${profile}] of ${file.path} has no apikey`
    : `looked for ${searched.join(', ') || 'nothing'}`
  const unused = ofEnvironment ? ', and RESCALE_API_KEY is not of that profile' : ''
  return new ConfigError(`There is no API key: ${where}${unused}`, {
    hint: 'Set RESCALE_API_KEY, pass apiKey, or write an apiconfig with apikey and apibaseurl: rescale profile init does.',
  })
}

function checkedKey(key: Found): Secret {
  // Blanks and line ends would break the header. Quotes are kept by configparser, and are never part of a key.
  if (!/^[\x21-\x7e]+$/.test(key.value) || /["']/.test(key.value)) {
    throw new ConfigError(
      `The API key (${key.source}) contains blanks, quotes or other characters that no key has`,
    )
  }
  return new Secret(key.value)
}

function normalizedUrl(url: Found): string {
  const bare = rootOf(url.value)
  const parsed = URL.canParse(bare) ? new URL(bare) : undefined
  if (!parsed || (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')) {
    throw new ConfigError(`The platform URL (${url.source}) is no http or https URL`)
  }
  if (parsed.username || parsed.password || parsed.search || parsed.hash) {
    throw new ConfigError(`The platform URL (${url.source}) must not have user info, a query or a fragment`)
  }
  return parsed.href.replace(/\/+$/, '')
}
