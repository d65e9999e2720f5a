import type { Command } from 'commander'
import { apiconfigPaths, loadApiconfig, thisMachine } from '../../apiconfig-file.ts'
import { writeProfile } from '../../apiconfig-writer.ts'
import { createClient } from '../../client.ts'
import { Secret } from '../../secret.ts'
import { DEFAULT_BASE_URL, KEY_OPTIONS, URL_OPTIONS } from '../../settings.ts'
import { ask, confirm, readAll } from '../ask.ts'
import { UsageError } from '../exit-codes.ts'
import type { Session } from '../session.ts'
import { defineDoctor } from './doctor.ts'

interface Profile {
  readonly name: string
  readonly url: string
  readonly key: string | undefined
}

/** Keys are some dozen characters, JWTs a few thousand. */
const MAX_KEY_BYTES = 16_384

export function defineProfile(command: Command, session: Session): void {
  command
    .command('init [profile]')
    .description('writes a profile into the apiconfig; the key is asked for, or comes on stdin')
    .option('--no-check', 'do not ask the platform whether it takes the key')
    .option('--yes', 'replace a profile of that name without asking')
    .action((name: string | undefined, options) => init(session, name ?? 'default', options))
  command
    .command('list')
    .description('the profiles of the apiconfig')
    .action(() => list(session))
  command
    .command('use <profile>')
    .description('makes a profile the default one, for all tools that read the apiconfig')
    .option('--yes', 'even if the key of the present default is in no other profile')
    .action((name: string, options) => use(session, name, options))
  defineDoctor(command.command('doctor'), session)
}

async function init(
  session: Session,
  name: string,
  options: { check: boolean; yes?: boolean },
): Promise<void> {
  const path = pathOf(session)
  const existing = profilesIn(session).find((profile) => profile.name === name)
  if (existing) await confirm(session.io, `replace the profile [${name}] of ${path}`, options.yes)
  const { io, globals } = session
  const isAsked = io.stdin.isTTY && io.stderr.isTTY
  const url =
    globals.url ??
    io.env.RESCALE_API_URL ??
    (isAsked ? await askedUrl(session) : undefined) ??
    DEFAULT_BASE_URL
  const apiKey = globals.apiKey ?? io.env.RESCALE_API_KEY ?? (await keyFrom(session))
  // The client's own checks of URL and key, before anything is written.
  await using client = createClient({ baseUrl: url, apiKey, env: {}, fetch: io.fetch })
  const user = options.check ? await client.user.get({ signal: session.signal }) : undefined
  await writeProfile(path, name, { baseUrl: client.settings.baseUrl, apiKey })
  const whose = user ? `, the key of ${user.email}` : ''
  await session.out.result(
    { profile: name, url: client.settings.baseUrl, configFile: path, user: user?.email ?? null },
    `[${name}] of ${path}: ${client.settings.baseUrl}${whose}`,
  )
}

async function askedUrl({ io }: Session): Promise<string | undefined> {
  return (await ask(io, `Platform URL [${DEFAULT_BASE_URL}]: `)) || undefined
}

async function keyFrom({ io }: Session): Promise<string> {
  const key = io.stdin.isTTY
    ? await ask(io, 'API key (not shown): ', { secret: true })
    : (await readAll(io, MAX_KEY_BYTES)).trim()
  if (key === '') throw new UsageError('There is no key', 'Pipe it in, or set RESCALE_API_KEY.')
  return key
}

async function list(session: Session): Promise<void> {
  const chosen = session.globals.profile ?? session.io.env.RESCALE_PROFILE ?? 'default'
  const profiles = profilesIn(session).map(({ name, url, key }) => ({
    name,
    url,
    key: key === undefined ? null : String(new Secret(key)),
    isUsed: name === chosen,
  }))
  if (profiles.length === 0)
    session.out.note(`no profiles in ${pathOf(session)}; rescale profile init writes one`)
  await session.out.list(profiles, [
    { title: 'used', value: ({ isUsed }) => (isUsed ? '*' : '') },
    { title: 'profile', value: ({ name }) => name },
    { title: 'url', value: ({ url }) => url },
    { title: 'key', value: ({ key }) => key },
  ])
}

/**
 * All other tools read `[default]`, so that is where the choice goes. A key that stands nowhere else would be lost
 * with it.
 */
async function use(session: Session, name: string, options: { yes?: boolean }): Promise<void> {
  const profiles = profilesIn(session)
  const wanted = profiles.find((profile) => profile.name === name)
  if (!wanted) {
    const known = profiles.map((profile) => `[${profile.name}]`).join(', ') || 'none'
    session.fail(
      'notFound',
      `There is no profile [${name}] in ${pathOf(session)}`,
      `Its profiles are: ${known}.`,
    )
  }
  if (wanted.key === undefined) throw new UsageError(`The profile [${name}] has no key`)
  const present = profiles.find((profile) => profile.name === 'default')
  const isKept = profiles.some((profile) => profile.name !== 'default' && profile.key === present?.key)
  if (name !== 'default') {
    if (present?.key !== undefined && !isKept)
      await confirm(session.io, 'replace [default], whose key is in no other profile', options.yes)
    await writeProfile(pathOf(session), 'default', { baseUrl: wanted.url, apiKey: wanted.key })
  }
  await session.out.result({ profile: name, url: wanted.url }, `[default] is now ${wanted.url}, as [${name}]`)
}

function candidates({ globals, io }: Session): readonly string[] {
  if (globals.config !== undefined) return [globals.config]
  const machine = thisMachine(io.env)
  return machine ? apiconfigPaths(machine) : []
}

/** The apiconfig that is there, or the one that would be written. */
function pathOf(session: Session): string {
  const paths = candidates(session)
  const path = loadApiconfig(paths)?.path ?? paths[0]
  if (path === undefined) throw new UsageError('There is no home folder to keep an apiconfig in')
  return path
}

function profilesIn(session: Session): Profile[] {
  const file = loadApiconfig(candidates(session))
  if (!file) return []
  const first = (section: string, names: readonly string[]) =>
    names.map((name) => file.config.get(section, name)).find((value) => value)
  return file.config.sections.map((name) => ({
    name,
    url: first(name, URL_OPTIONS) ?? DEFAULT_BASE_URL,
    key: first(name, KEY_OPTIONS),
  }))
}
