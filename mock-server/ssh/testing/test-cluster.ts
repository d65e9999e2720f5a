import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClusterAccess, ClusterSession } from '../cluster-access.ts'
import { type HostKey, makeHostKeys } from '../keys/host-keys.ts'
import type { HostKeyKind } from '../keys/key-fields.ts'
import { parsePublicKeyLine, samePublicKey } from '../keys/public-key.ts'
import { type SshServer, type SshServerOptions, startSshServer } from '../ssh-server.ts'

export const USERNAME = 'uprod_abc123'

export interface TestClusterOptions
  extends Partial<Pick<ClusterSession, 'shell' | 'environment' | 'mounts' | 'inside'>>,
    Partial<Pick<SshServerOptions, 'limits' | 'terminalMaker' | 'mark'>> {
  /** Kinds of keys of the user; each is registered. */
  readonly keyKinds?: readonly HostKeyKind[]
  readonly hostKeyKinds?: readonly HostKeyKind[]
}

/** A server with one cluster, its user's keys, and everything that OpenSSH's clients want to know in files. */
export interface TestCluster {
  readonly server: SshServer
  /** A folder for the test, removed at the end. */
  readonly folder: string
  /** The user's home on the cluster, with `work/` inside. */
  readonly home: string
  readonly keys: readonly HostKey[]
  readonly keyPath: string
  readonly hostKeys: readonly HostKey[]
  /** Options for ssh, scp and sftp. The host is called `cluster`. */
  readonly sshOptions: readonly string[]
  /** Stops the cluster, not the server. */
  readonly stop: AbortController
  close(): Promise<void>
}

export const startTestCluster = async (options: TestClusterOptions = {}): Promise<TestCluster> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'localscale-ssh-test-')))
  const home = join(folder, 'home')
  mkdirSync(join(home, 'work'), { recursive: true })
  const keys = await makeHostKeys(options.keyKinds ?? ['ed25519'])
  const hostKeys = await makeHostKeys(options.hostKeyKinds ?? ['ed25519'])
  const stop = new AbortController()
  const access = accessFor(keys, { home, stop, ...options })
  const server = await startSshServer({ host: '127.0.0.1', port: 0, hostKeys, access, ...options })
  const { keyPath, sshOptions } = writeClientFiles(folder, server.port, keys, hostKeys)
  const close = async (): Promise<void> => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { server, folder, home, keys, keyPath, hostKeys, sshOptions, stop, close }
}

const accessFor = (
  keys: readonly HostKey[],
  {
    home,
    stop,
    shell = 'bash',
    environment = {},
    mounts = {},
    inside,
  }: TestClusterOptions & { home: string; stop: AbortController },
): ClusterAccess => {
  const registered = keys.map(({ publicKey }) => parsePublicKeyLine(publicKey)).filter((key) => key !== null)
  return {
    admit: (username, key) =>
      username === USERNAME && registered.some((one) => samePublicKey(one, key))
        ? {
            home,
            presentedHome: `/enc/${username}`,
            environment,
            mounts,
            ...(inside && { inside }),
            down: stop.signal,
            shell,
          }
        : null,
  }
}

const writeClientFiles = (
  folder: string,
  port: number,
  keys: readonly HostKey[],
  hostKeys: readonly HostKey[],
): { keyPath: string; sshOptions: string[] } => {
  const keyPaths = keys.map(({ kind, privateKey }) => {
    const path = join(folder, `id_${kind}`)
    writeFileSync(path, privateKey, { mode: 0o600 })
    return path
  })
  const knownHosts = join(folder, 'known_hosts')
  writeFileSync(knownHosts, hostKeys.map(({ publicKey }) => `cluster ${publicKey}\n`).join(''))
  const config = join(folder, 'ssh_config')
  writeFileSync(config, clientConfig(port, keyPaths, knownHosts))
  return { keyPath: keyPaths[0] ?? '', sshOptions: ['-F', config] }
}

/** The host's key has to be the right one: nothing is taken on trust. */
const clientConfig = (port: number, keyPaths: readonly string[], knownHosts: string): string => `
Host cluster
  HostName 127.0.0.1
  Port ${port}
  User ${USERNAME}
  HostKeyAlias cluster
  UserKnownHostsFile ${knownHosts}
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  IdentitiesOnly yes
${keyPaths.map((path) => `  IdentityFile ${path}`).join('\n')}
  BatchMode yes
  LogLevel ERROR
`
