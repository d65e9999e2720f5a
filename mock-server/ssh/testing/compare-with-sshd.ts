import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { makeHostKeys } from '../keys/host-keys.ts'

/** A server that OpenSSH's clients reach with these options under the name `cluster`. */
export interface SshTarget {
  readonly sshOptions: readonly string[]
  /** Where files are put; absolute, or relative to where a login starts. */
  readonly folder: string
}

export interface ReferenceSshd extends SshTarget {
  stop(): Promise<void>
}

/** One value for each round. */
export interface SshComparison {
  /** Our time over sshd's: less is better. */
  readonly connectAndExec: number[]
  /** Our speed over sshd's: more is better. */
  readonly sftpUp: number[]
  readonly sftpDown: number[]
  readonly scpUp: number[]
  readonly scpDown: number[]
}

const sshdPath = ['/usr/sbin/sshd', '/usr/bin/sshd'].find(existsSync)

/**
 * OpenSSH's own server with a configuration of its own, for the user who runs this; null where it is not installed.
 * The home is an empty folder, as bash would read that user's ~/.bashrc before each command.
 */
export const startReferenceSshd = async (folder: string): Promise<ReferenceSshd | null> => {
  if (sshdPath === undefined) return null
  mkdirSync(join(folder, 'files'), { recursive: true })
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true })
  const port = await freePort()
  await writeFiles(folder, port)
  const sshd = spawn(sshdPath, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await once(sshd.stderr, 'data')
  return {
    sshOptions: ['-F', join(folder, 'ssh_config')],
    folder: join(folder, 'files'),
    async stop() {
      sshd.kill()
      await once(sshd, 'exit')
    },
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' ? (address?.port ?? 0) : 0
}

const writeFiles = async (folder: string, port: number): Promise<void> => {
  const [hostKey, userKey] = await makeHostKeys(['ed25519', 'ed25519'])
  const path = (name: string): string => join(folder, name)
  writeFileSync(path('host_key'), hostKey?.privateKey ?? '', { mode: 0o600 })
  writeFileSync(path('user_key'), userKey?.privateKey ?? '', { mode: 0o600 })
  writeFileSync(path('authorized_keys'), `${userKey?.publicKey}\n`)
  writeFileSync(path('known_hosts'), `cluster ${hostKey?.publicKey}\n`)
  writeFileSync(
    path('sshd_config'),
    `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${path('host_key')}\nAuthorizedKeysFile ${path('authorized_keys')}
StrictModes no\nUsePAM no\nPermitRootLogin yes\nPidFile none\nSubsystem sftp internal-sftp
SetEnv HOME=${path('files')}\n`,
  )
  writeFileSync(
    path('ssh_config'),
    `Host cluster\nHostName 127.0.0.1\nPort ${port}\nUser ${userInfo().username}\nHostKeyAlias cluster
UserKnownHostsFile ${path('known_hosts')}\nIdentityFile ${path('user_key')}\nIdentitiesOnly yes\nBatchMode yes\n`,
  )
}

/** Ours and sshd's by turns, so that both see the same machine. `file` is sent there and fetched again. */
export const compareWithSshd = (
  ours: SshTarget,
  reference: SshTarget,
  { rounds, file }: { readonly rounds: number; readonly file: string },
): SshComparison => {
  const [mine, theirs] = [targetOf(ours, file), targetOf(reference, file)]
  const each = (measure: (own: Actions, other: Actions) => number): number[] =>
    Array.from({ length: rounds }, () => measure(mine, theirs))
  return {
    connectAndExec: each((own, other) => timeOf(own.exec) / timeOf(other.exec)),
    sftpUp: each((own, other) => 1 / (timeOf(own.sftpUp) / timeOf(other.sftpUp))),
    sftpDown: each((own, other) => 1 / (timeOf(own.sftpDown) / timeOf(other.sftpDown))),
    scpUp: each((own, other) => 1 / (timeOf(own.scpUp) / timeOf(other.scpUp))),
    scpDown: each((own, other) => 1 / (timeOf(own.scpDown) / timeOf(other.scpDown))),
  }
}

type Actions = Readonly<Record<'exec' | 'sftpUp' | 'sftpDown' | 'scpUp' | 'scpDown', () => void>>

const targetOf = ({ sshOptions, folder }: SshTarget, file: string): Actions => {
  const run = (program: string, args: readonly string[], input = ''): void => {
    execFileSync(program, [...sshOptions, ...args], { input, stdio: ['pipe', 'ignore', 'ignore'] })
  }
  const sftp = (line: string): void => run('sftp', ['-b', '-', 'cluster'], `${line}\n`)
  return {
    exec: () => run('ssh', ['cluster', 'true']),
    sftpUp: () => sftp(`put ${file} ${folder}/transferred`),
    sftpDown: () => sftp(`get ${folder}/transferred /dev/null`),
    scpUp: () => run('scp', ['-O', file, `cluster:${folder}/transferred`]),
    scpDown: () => run('scp', ['-O', `cluster:${folder}/transferred`, '/dev/null']),
  }
}

const timeOf = (action: () => void): number => {
  const begin = performance.now()
  action()
  return performance.now() - begin
}
