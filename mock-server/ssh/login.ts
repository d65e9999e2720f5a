import { existsSync } from 'node:fs'
import type { ClusterSession } from './cluster-access.ts'
import type { SshLimits } from './limits.ts'
import { MARK_VARIABLE } from './process/marks.ts'
import type { PipePool } from './process/pipe-pool.ts'
import type { TerminalMaker } from './terminal/terminal-program.ts'

/** What all channels of one connection share. */
export interface Login {
  readonly username: string
  readonly session: ClusterSession
  readonly limits: SshLimits
  readonly pipes: PipePool
  /** Null where the machine has none. */
  readonly terminalMaker: TerminalMaker | null
  /** Begins the mark of every process of the cluster. */
  readonly clusterMark: string
  /** `client address, client port, server address, server port`. */
  readonly endpoints: readonly [string, number, string, number]
}

const bashes = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash']

export const bashPath = (): string => bashes.find(existsSync) ?? 'bash'

/** sshd_config of Debian: `AcceptEnv LANG LC_*`. */
export const mayClientSet = (name: string): boolean => name === 'LANG' || /^LC_[A-Z]+$/.test(name)

/** What sshd sets, then what the cluster sets, then what the client may choose. The mark always wins. */
export const environmentOf = (
  { username, session, endpoints }: Login,
  fromClient: ReadonlyMap<string, string>,
  mark: string,
): Record<string, string> => {
  const [clientAddress, clientPort, serverAddress, serverPort] = endpoints
  return {
    HOME: session.home,
    USER: username,
    LOGNAME: username,
    SHELL: bashPath(),
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    ...(process.env.LANG === undefined ? {} : { LANG: process.env.LANG }),
    SSH_CLIENT: `${clientAddress} ${clientPort} ${serverPort}`,
    SSH_CONNECTION: `${clientAddress} ${clientPort} ${serverAddress} ${serverPort}`,
    ...session.environment,
    ...Object.fromEntries(fromClient),
    [MARK_VARIABLE]: mark,
  }
}
