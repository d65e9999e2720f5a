import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CannotRunError } from '../not-run.ts'
import type { LiveProfile } from './profile.ts'

/** What a user has said once about a profile. */
export interface Allowance {
  readonly host: string
  readonly tenant: string
  /** ISO 8601. */
  readonly allowedAt: string
  /** Of all runs of a day together, in the platform's currency. */
  readonly dayLimit: number
}

type Allowances = Readonly<Record<string, Allowance>>

/** In the platform's currency; enough for a few runs of the suite, and no surprise on a bill. */
export const DEFAULT_DAY_LIMIT = 10

/** Set in CI to the profile's name; elsewhere it means nothing. */
export const CI_VARIABLE = 'LOCALSCALE_CONTRACT_LIVE'

const fileIn = (folder: string): string => join(folder, 'allowed.json')

export async function allow(
  folder: string,
  profile: LiveProfile,
  options: { readonly now: Date; readonly dayLimit?: number },
): Promise<Allowance> {
  const { now, dayLimit = DEFAULT_DAY_LIMIT } = options
  const allowance = { host: profile.host, tenant: profile.tenant, allowedAt: now.toISOString(), dayLimit }
  await write(folder, { ...(await read(folder)), [profile.name]: allowance })
  return allowance
}

/** False when it was not allowed anyway. */
export async function forbid(folder: string, name: string): Promise<boolean> {
  const { [name]: found, ...others } = await read(folder)
  if (found) await write(folder, others)
  return found !== undefined
}

/** What was allowed. Throws CannotRunError for a profile that nobody allowed, or that is another account by now. */
export async function allowanceFor(
  folder: string,
  profile: LiveProfile,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Allowance> {
  const found = (await read(folder))[profile.name]
  const how = `Run once: localscale contract allow ${profile.name}`
  if (!found) throw notAllowed(`Nobody has allowed live runs with profile [${profile.name}]. ${how}`)
  if (found.tenant !== profile.tenant) {
    throw notAllowed(`Profile [${profile.name}] has another key or host than when it was allowed. ${how}`)
  }
  if (isCi(env) && !env[CI_VARIABLE]?.split(',').includes(profile.name)) {
    throw notAllowed(`In CI, live runs need ${CI_VARIABLE}=${profile.name} as well.`)
  }
  return found
}

const isCi = ({ CI }: Readonly<Record<string, string | undefined>>): boolean =>
  CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'

async function read(folder: string): Promise<Allowances> {
  try {
    return JSON.parse(await readFile(fileIn(folder), 'utf8')) as Allowances
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

async function write(folder: string, allowances: Allowances): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${fileIn(folder)}.${process.pid}.tmp`
  await writeFile(temporary, `${JSON.stringify(allowances, null, 2)}\n`, { mode: 0o600 })
  await rename(temporary, fileIn(folder))
}

const notAllowed = (text: string): CannotRunError => new CannotRunError({ kind: 'not-allowed', text })
