import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runChild, startChild } from './children.ts'
import type { BenchContext } from './context.ts'
import { freePort } from './ports.ts'
import { endServer, recentText } from './servers.ts'
import type { SshTarget } from './ssh-clients.ts'

export interface Sshd extends SshTarget {
  stop(): Promise<void>
}

const patience = 10_000

/** OpenSSH's own server for whoever runs the bench, with a configuration and a host key of its own. */
export async function startSshd(
  context: BenchContext,
  programs: Readonly<Record<'sshd' | 'keygen', string>>,
  keyPath: string,
): Promise<Sshd> {
  const [port, folder] = [await freePort(), join(context.folder, 'sshd')]
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  // Compiled into Debian's sshd, which does not start for root without it; init scripts make it elsewhere.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })
  await makeKey(programs.keygen, join(folder, 'host_key'))
  writeFileSync(join(folder, 'sshd_config'), configuration({ port, folder, home, keyPath }))
  const child = startChild(programs.sshd, ['-D', '-e', '-f', join(folder, 'sshd_config')])
  const errors = recentText(child.stderr)
  child.stdout?.resume()
  await firstLine(child.stderr)
  if (!errors().includes('Server listening')) throw new Error(`sshd does not start: ${errors()}`)
  const stop = async (): Promise<void> => void (await endServer(child, errors))
  return { place: `${userInfo().username}@127.0.0.1`, port, file: join(home, 'bench.bin'), stop }
}

export async function makeKey(keygen: string, path: string): Promise<void> {
  await runChild(keygen, ['-q', '-t', 'ed25519', '-N', '', '-C', 'bench', '-f', path])
}

/** The home is an empty folder, as bash would read the user's own ~/.bashrc before each command. */
function configuration(at: { port: number; folder: string; home: string; keyPath: string }): string {
  return `ListenAddress 127.0.0.1
Port ${at.port}
HostKey ${at.folder}/host_key
AuthorizedKeysFile ${at.keyPath}.pub
PidFile none
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
PasswordAuthentication no
Subsystem sftp internal-sftp
SetEnv HOME=${at.home}
`
}

async function firstLine(stream: NodeJS.ReadableStream | null): Promise<void> {
  if (stream === null) throw new Error('sshd needs a standard error')
  await once(createInterface({ input: stream }), 'line', { signal: AbortSignal.timeout(patience) })
}
