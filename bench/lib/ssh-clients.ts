import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runChild } from './children.ts'

/** Where OpenSSH's clients find a server, and the file there that goes to and fro. */
export interface SshTarget {
  readonly place: string
  readonly port: number
  /** Absolute, or relative to where a login starts. */
  readonly file: string
}

/** Paths of OpenSSH's clients. */
export type SshPrograms = Readonly<Record<'ssh' | 'scp' | 'sftp', string>>

export interface SshActions {
  exec(command: string): Promise<string>
  /** Cipher and key exchange that the two agree on. */
  agreement(): Promise<string>
  sftpPut(from: string): Promise<string>
  sftpGet(to: string): Promise<string>
  scpUp(flag: ScpFlag, from: string): Promise<string>
  scpDown(flag: ScpFlag, to: string): Promise<string>
  /** Of the file that went there. */
  remove(): Promise<string>
}

/** Over SFTP, or by scp's own older protocol. */
export type ScpFlag = '-s' | '-O'

/** A client that hangs is ended. Milliseconds; 256 MiB in it are a hundredth of the usual speed. */
const patience = 120_000

export function sshActions(
  programs: SshPrograms,
  target: SshTarget,
  keyPath: string,
  folder: string,
): SshActions {
  const run = (program: keyof SshPrograms, port: '-p' | '-P', args: readonly string[]): Promise<string> =>
    runChild(programs[program], [...clientOptions(keyPath), port, String(target.port), ...args], {
      timeout: patience,
      killSignal: 'SIGKILL',
    })
  const sftp = (line: string): Promise<string> => {
    const batch = join(folder, 'sftp-batch')
    writeFileSync(batch, `${line}\n`)
    return run('sftp', '-P', ['-q', '-b', batch, target.place])
  }
  const scp = (...args: readonly string[]) => run('scp', '-P', ['-q', ...args])
  const remote = `${target.place}:${target.file}`
  return {
    exec: (command) => run('ssh', '-p', [target.place, command]),
    agreement: async () => agreedOn(await verbose(programs.ssh, target, keyPath)),
    sftpPut: (from) => sftp(`put ${from} ${target.file}`),
    sftpGet: (to) => sftp(`get ${target.file} ${to}`),
    scpUp: (flag, from) => scp(flag, from, remote),
    scpDown: (flag, to) => scp(flag, remote, to),
    remove: () => run('ssh', '-p', [target.place, `rm -f ${target.file}`]),
  }
}

/** What the client says with `-v` about the connection. */
export function agreedOn(log: string): string {
  const [exchange, cipher] = [/kex: algorithm: (\S+)/, /server->client cipher: (\S+)/].map(
    (pattern) => pattern.exec(log)?.[1],
  )
  if (exchange === undefined || cipher === undefined) throw new Error(`no cipher in ${log.slice(-1_000)}`)
  return `${exchange}, ${cipher}`
}

/** The log goes to standard output through a shell of our own, as that is what `runChild` gives. */
function verbose(ssh: string, target: SshTarget, keyPath: string): Promise<string> {
  const options = clientOptions(keyPath).filter((option) => option !== '-oLogLevel=ERROR')
  const args = [ssh, '-v', ...options, '-p', String(target.port), target.place, 'true']
  return runChild('/bin/sh', ['-c', '"$@" 2>&1', 'sh', ...args], { timeout: patience, killSignal: 'SIGKILL' })
}

/** Our key and none of the user's own settings. Host keys of both servers are new in each run. */
function clientOptions(keyPath: string): string[] {
  return [
    ...['-F', 'none', '-i', keyPath, '-oIdentitiesOnly=yes', '-oBatchMode=yes', '-oLogLevel=ERROR'],
    ...['-oStrictHostKeyChecking=no', '-oUserKnownHostsFile=/dev/null', '-oGlobalKnownHostsFile=/dev/null'],
  ]
}
