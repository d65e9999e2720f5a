import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import type { Cluster } from '../../clusters/cluster.ts'
import { ClusterError } from '../../clusters/errors.ts'
import type { Credentials } from '../../clusters/login.ts'
import { UsageError } from '../exit-codes.ts'
import { bytes } from '../format.ts'
import { collect } from '../option-values.ts'
import { readText } from '../read-text.ts'
import type { Session } from '../session.ts'

interface LoginFlags {
  readonly identity?: string
  readonly fingerprint: readonly string[]
}

const KEY_NAMES = ['id_ed25519', 'id_ecdsa', 'id_rsa'] as const

export function defineSsh(command: Command, session: Session): void {
  withLogin(command.argument('<job>', 'a job that runs'))
    .description('a terminal on the cluster of a running job; its host key is checked against the job’s log')
    .action((jobId: string, flags: LoginFlags) =>
      onCluster(session, jobId, flags, (cluster) => terminal(session, cluster)),
    )
}

export function defineExec(command: Command, session: Session): void {
  withLogin(command.argument('<job>', 'a job that runs').argument('<command...>', 'after --, as in a shell'))
    .description('runs a command on a job’s cluster, with its output as it comes; ends with its exit code')
    .action((jobId: string, words: readonly string[], flags: LoginFlags) =>
      onCluster(session, jobId, flags, (cluster) => execute(session, cluster, words.join(' '))),
    )
}

export function defineCopy(command: Command, session: Session): void {
  withLogin(command.argument('<from>').argument('<to>'))
    .description('copies a file or folder to or from a cluster: one side is JOB:path, relative to its home')
    .action((from: string, to: string, flags: LoginFlags) => copy(session, from, to, flags))
}

function withLogin(command: Command): Command {
  return command
    .option('-i, --identity <file>', 'private key (else those of ~/.ssh and the agent)')
    .option(
      '--fingerprint <SHA256:…>',
      'trust this host key, when the job’s log names none (repeatable)',
      collect,
      [],
    )
}

async function onCluster<T>(
  session: Session,
  jobId: string,
  flags: LoginFlags,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const { clusters } = await session.client()
  const { fingerprint } = flags
  let last: unknown
  for (const credentials of await credentialsFor(session, flags)) {
    await using cluster = await clusters.attach(jobId, {
      credentials,
      signal: session.signal,
      ...(fingerprint.length > 0 && { fingerprints: fingerprint }),
    })
    try {
      await cluster.login(session.signal)
    } catch (error) {
      // Another key may be the one.
      if (!(error instanceof ClusterError) || error.kind !== 'login') throw error
      last = error
      continue
    }
    return await work(cluster)
  }
  throw last
}

async function credentialsFor({ io }: Session, { identity }: LoginFlags): Promise<Credentials[]> {
  if (identity !== undefined) return [{ privateKey: await readText(identity) }]
  const folder = join(io.env.HOME ?? io.env.USERPROFILE ?? '', '.ssh')
  const keys = await Promise.all(
    KEY_NAMES.map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)),
  )
  const agent = io.env.SSH_AUTH_SOCK
  const found: Credentials[] = [
    ...(agent ? [{ agent }] : []),
    ...keys.flatMap((privateKey) => (privateKey === undefined ? [] : [{ privateKey }])),
  ]
  if (found.length === 0)
    throw new UsageError(
      'There is no key to log in with',
      `Name one with --identity; ${folder} has none, and there is no agent.`,
    )
  return found
}

async function execute(session: Session, cluster: Cluster, command: string): Promise<void> {
  const { out, io, signal } = session
  const isLive = out.form !== 'json'
  // A character may come in two pieces.
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  const tell = async (stream: 'stdout' | 'stderr', text: string) => {
    if (text !== '') await out.each({ stream, text }, '')
  }
  const take = (stream: 'stdout' | 'stderr') => async (chunk: Uint8Array) => {
    if (!isLive) return
    if (out.form === 'ndjson') await tell(stream, decoders[stream].decode(chunk, { stream: true }))
    else if (stream === 'stderr') await out.errorChunk(chunk)
    else await out.chunk(chunk)
  }
  const result = await cluster.exec(command, {
    signal,
    onStdout: take('stdout'),
    onStderr: take('stderr'),
    ...(io.stdin.isTTY ? {} : { stdin: io.stdin }),
  })
  // Of a character that ends nowhere.
  for (const stream of ['stdout', 'stderr'] as const) await tell(stream, decoders[stream].decode())
  if (out.form === 'json') await out.json(result)
  session.remoteExit = result.exitCode ?? 1
  if (result.exitCode === null) out.warn(`a signal ended it: ${result.exitSignal ?? 'unknown'}`)
}

interface RemotePath {
  readonly jobId: string
  readonly path: string
}

// A drive letter of Windows is no job.
function remote(text: string): RemotePath | undefined {
  const match = /^([A-Za-z0-9]{2,}):(.*)$/.exec(text)
  return match ? { jobId: match[1] ?? '', path: match[2] || '.' } : undefined
}

async function copy(session: Session, from: string, to: string, flags: LoginFlags): Promise<void> {
  const [source, target] = [remote(from), remote(to)]
  const place = source ?? target
  if (!place || (source && target)) throw new UsageError('One side has to be on a cluster: JOB:path.')
  if (target && !(await stat(from).catch(() => undefined)))
    throw new UsageError(`There is no file or folder ${from}`)
  await onCluster(session, place.jobId, flags, async (cluster) => {
    const progress = session.progress()
    const options = { signal: session.signal, onProgress: progress.onProgress(`copy ${basename(from)}`) }
    try {
      const copied = source
        ? await cluster.get(source.path, to, options)
        : await cluster.put(from, targetPath(place.path, from), options)
      progress.done()
      await session.out.result({ from, to, ...copied }, `${copied.files} files, ${bytes(copied.bytes)}`)
    } finally {
      progress.clear()
    }
  })
}

// As with scp: a path that ends with a slash is a folder to put it into.
function targetPath(path: string, from: string): string {
  return path.endsWith('/') || path === '.' ? `${path.replace(/\/$/, '')}/${basename(from)}` : path
}

/**
 * The keyboard goes there and the screen comes from there, as they are. What is piped in goes to a shell that has no
 * terminal, and ends with it.
 */
async function terminal(session: Session, cluster: Cluster): Promise<void> {
  const { signal } = session
  const { stdin, stdout, stderr, env } = session.io
  const login = await cluster.login(signal)
  const size = () => ({ rows: stdout.rows || 24, cols: stdout.columns || 80 })
  const raw = stdin as typeof stdin & { setRawMode?: (on: boolean) => void }
  const isTyped = stdin.isTTY === true
  await login.during(async () => {
    const shell = await login.shell(
      isTyped && { term: env.TERM ?? 'xterm', ...size(), width: 0, height: 0 },
      (channel) => {
        channel.on('exit', (code: number | null) => {
          session.remoteExit = code ?? 1
        })
        return { channel, closed: once(channel, 'close') }
      },
    )
    const { channel, closed } = shell
    const resize = () => channel.setWindow(size().rows, size().cols, 0, 0)
    signal.addEventListener('abort', () => channel.close(), { once: true })
    stdout.on('error', session.loseOutput)
    if (isTyped) stdout.on('resize', resize)
    raw.setRawMode?.(true)
    stdin.pipe(channel)
    channel.pipe(stdout, { end: false })
    channel.stderr.pipe(stderr, { end: false })
    try {
      await closed
    } finally {
      stdin.unpipe(channel)
      stdin.pause()
      raw.setRawMode?.(false)
      stdout.off('resize', resize)
      stdout.off('error', session.loseOutput)
    }
  })
}
