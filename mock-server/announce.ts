import type { Listening } from './listen.ts'
import type { ListeningSsh } from './listen-ssh.ts'
import type { Rescale } from './rescale.ts'
import type { RoomsFound } from './rooms/find-rooms.ts'
import type { ServeOptions } from './serve.ts'

/** What the ready line tells. */
interface Ready {
  readonly url: string
  readonly apiKey: string
  readonly adminToken: string
  /** Null when --host is not a loopback address: commands on clusters run as the server's own user. */
  readonly sshPort: number | null
  /** `ssh-ed25519 SHA256:…`, for clients that pin them. */
  readonly sshFingerprints: readonly string[]
  /** Whether jobs that run at once see nothing of each other; null where nothing really runs. */
  readonly isolation: 'namespaces' | 'none' | null
  readonly pid: number
}

/** What has been started. */
export interface Started {
  readonly rescale: Rescale
  readonly listening: Listening
  readonly ssh: ListeningSsh | null
  readonly rooms: RoomsFound | null
}

/** Says that it answers, and what one has to know to use it: to people, or in one line of JSON. */
export async function announce(
  { rescale, listening, ssh, rooms }: Started,
  options: ServeOptions,
): Promise<void> {
  const ready: Ready = {
    url: listening.url,
    apiKey: rescale.apiKey,
    adminToken: rescale.adminToken,
    sshPort: ssh?.port ?? null,
    sshFingerprints: ssh?.fingerprints ?? [],
    isolation: rooms === null ? null : rooms.kind === 'rooms' ? 'namespaces' : 'none',
    pid: process.pid,
  }
  const profile =
    options.writeProfile === undefined ? null : await writeProfileOf(options.writeProfile, ready)
  process.stdout.write(
    options.readyJson ? `${JSON.stringify(ready)}\n` : banner(ready, options, profile, rooms),
  )
}

async function writeProfileOf(name: string, { url, apiKey }: Ready): Promise<string> {
  const { apiconfigPaths, thisMachine } = await import('../client/apiconfig-file.ts')
  const { writeProfile } = await import('../client/apiconfig-writer.ts')
  const machine = thisMachine(process.env)
  const [path] = machine ? apiconfigPaths(machine) : []
  if (path === undefined) throw new Error('There is no home folder to write an apiconfig to.')
  try {
    await writeProfile(path, name, { baseUrl: url, apiKey })
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  return path
}

function banner(
  { url, apiKey, adminToken, sshPort }: Ready,
  { executor, pace, apiKey: given, writeProfile = 'default' }: ServeOptions,
  profile: string | null,
  rooms: RoomsFound | null,
): string {
  const keys = given.length > 0 ? '' : ' (any other 40 hexadecimal characters are a world of their own)'
  return `LocalScale answers at ${url}   API page: ${url}/docs/
executor ${executor}, pace ${pace}${sshPort === null ? '' : `, clusters by SSH on port ${sshPort}`}. Stop with Ctrl+C.${apartness(rooms)}

API key: ${apiKey}${keys}
Admin token, for controls of the whole server: ${adminToken}
${profile ? `Written to ${profile}:` : 'For ~/.config/rescale/apiconfig:'}

[${writeProfile}]
apibaseurl = ${url}
apikey = ${apiKey}
`
}

function apartness(rooms: RoomsFound | null): string {
  if (rooms === null) return ''
  return rooms.kind === 'rooms'
    ? '\nCommands really run, as your user. Jobs see nothing of each other: processes, folders, /tmp.'
    : `\nCommands really run, as your user. Jobs see each other's processes and files: ${rooms.why}.`
}
