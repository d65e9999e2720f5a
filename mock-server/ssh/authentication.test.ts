import { once } from 'node:events'
import {
  BaseAgent,
  Client,
  type ConnectConfig,
  type IdentityCallback,
  type ParsedKey,
  type SignCallback,
  utils,
} from 'ssh2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Admitted, ClusterAccess, ClusterSession } from './cluster-access.ts'
import { type HostKey, makeHostKeys } from './keys/host-keys.ts'
import { type SshServer, startSshServer } from './ssh-server.ts'
import { connectTo, runCommand } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster, USERNAME } from './testing/test-cluster.ts'

/** What a login ends with: `ready`, the client's error, or `closed` where the server just left. */
const tryLogin = async (port: number, config: ConnectConfig): Promise<string> => {
  const client = new Client()
  const ended = Promise.race([
    once(client, 'ready').then(() => 'ready'),
    new Promise<string>((resolve) => client.once('error', (error) => resolve(error.message))),
    new Promise<string>((resolve) => client.once('close', () => resolve('closed'))),
  ])
  client.connect({ host: '127.0.0.1', port, username: USERNAME, ...config })
  const end = await ended
  client.on('error', () => undefined)
  client.end()
  return end
}

const REFUSED = 'All configured authentication methods failed'

const parsed = (text: string | undefined): ParsedKey => {
  const key = utils.parseKey(text ?? '')
  if (key instanceof Error) throw key
  return Array.isArray(key) ? key[0] : key
}

/** Offers any keys and signs with any. */
class OddAgent extends BaseAgent<ParsedKey> {
  readonly #offered: ParsedKey[]
  readonly #signer: ParsedKey

  constructor(offered: ParsedKey[], signer: ParsedKey) {
    super()
    this.#offered = offered
    this.#signer = signer
  }

  override getIdentities(done: IdentityCallback<ParsedKey>): void {
    done(undefined, this.#offered)
  }

  override sign(_key: unknown, data: Buffer, ...rest: unknown[]): void {
    const done = rest.at(-1) as SignCallback
    done(undefined, this.#signer.sign(data) as Buffer)
  }
}

describe('Logging in', () => {
  let cluster: TestCluster
  let stranger: HostKey

  beforeAll(async () => {
    cluster = await startTestCluster({
      keyKinds: ['ed25519', 'ecdsa', 'rsa'],
      hostKeyKinds: ['ed25519', 'ecdsa'],
    })
    const [key] = await makeHostKeys(['ed25519'])
    if (key === undefined) throw new Error('no key')
    stranger = key
  })

  afterAll(() => cluster.close())

  const login = (config: ConnectConfig): Promise<string> => tryLogin(cluster.server.port, config)

  test.each(['ed25519', 'ecdsa', 'rsa'] as const)('works with a registered %s key', async (kind) => {
    const privateKey = cluster.keys.find((key) => key.kind === kind)?.privateKey ?? ''
    expect(await login({ privateKey })).toBe('ready')
  })

  test('is refused for a key that is not registered', async () => {
    expect(await login({ privateKey: stranger.privateKey })).toBe(REFUSED)
  })

  test('is refused for an unknown user in the same words', async () => {
    const [key] = cluster.keys
    expect(await login({ username: 'uprod_other', privateKey: key?.privateKey ?? '' })).toBe(REFUSED)
  })

  test('is refused for passwords and keyboard-interactive', async () => {
    expect(await login({ password: 'secret' })).toBe(REFUSED)
    expect(await login({ tryKeyboard: true })).toBe(REFUSED)
  })

  test('is refused for a signature that was made with another key', async () => {
    const agent = new OddAgent([parsed(cluster.keys[0]?.publicKey)], parsed(stranger.privateKey))
    expect(await login({ agent })).toBe(REFUSED)
  })

  test('shows the host key whose fingerprint the server reports', async () => {
    const seen: string[] = []
    await login({
      privateKey: cluster.keys[0]?.privateKey ?? '',
      hostHash: 'sha256',
      hostVerifier: (hash: string) =>
        seen.push(Buffer.from(hash, 'hex').toString('base64').replace(/=+$/, '')) > 0,
    })
    expect(seen.map((hash) => `SHA256:${hash}`)).toEqual([cluster.server.fingerprints[0]])
  })

  test('is not possible without ending the connection after too many tries', async () => {
    const keys = await makeHostKeys(Array.from({ length: 7 }, () => 'ed25519' as const))
    const agent = new OddAgent(
      keys.map(({ publicKey }) => parsed(publicKey)),
      parsed(stranger.privateKey),
    )
    const lines: string[] = []
    const end = await login({ agent, debug: (line) => lines.push(line) })
    expect(end).not.toBe('ready')
    // One more for asking which methods there are.
    expect(lines.filter((line) => line.includes('Inbound: Received USERAUTH_FAILURE'))).toHaveLength(1 + 6)
  })
})

describe('A cluster that stops', () => {
  let cluster: TestCluster

  beforeEach(async () => {
    cluster = await startTestCluster()
  })

  afterEach(() => cluster.close())

  test('ends its connections', async () => {
    const client = await connectTo(cluster)
    const closed = once(client, 'close')
    cluster.stop.abort()
    await closed
  })

  test('lets nobody in any more', async () => {
    cluster.stop.abort()
    const privateKey = cluster.keys[0]?.privateKey ?? ''
    expect(await tryLogin(cluster.server.port, { privateKey })).toBe(REFUSED)
  })
})

describe('A cluster that has no home yet', () => {
  let cluster: TestCluster
  let server: SshServer
  /** How often somebody was at the door, and what is found there then. */
  let asked: number
  let found: (asked: number) => Admitted

  beforeEach(async () => {
    cluster = await startTestCluster()
    asked = 0
    const access: ClusterAccess = { admit: () => found(++asked) }
    server = await startSshServer({ host: '127.0.0.1', port: 0, hostKeys: cluster.hostKeys, access })
  })

  afterEach(async () => {
    await server.close()
    await cluster.close()
  })

  const session = (): ClusterSession => {
    const { home, stop } = cluster
    return { home, presentedHome: '/enc/uprod_one', environment: {}, down: stop.signal, shell: 'bash' }
  }
  const login = () => tryLogin(server.port, { privateKey: cluster.keys[0]?.privateKey ?? '' })

  test('lets a login wait until there is one', async () => {
    found = (times) => (times < 6 ? 'soon' : session())
    expect(await login()).toBe('ready')
    expect(asked).toBe(6)
  })

  test('refuses a login that waited when the cluster goes', async () => {
    found = (times) => (times < 6 ? 'soon' : null)
    expect(await login()).toBe(REFUSED)
    found = (times) => {
      if (times === 12) cluster.stop.abort()
      return times < 12 ? 'soon' : session()
    }
    expect(await login()).toBe(REFUSED)
  })

  test('asks no more for a client that left', async () => {
    const client = new Client()
    const left = new Promise<void>((resolve) => {
      found = (times) => {
        if (times === 4) client.end().once('close', resolve)
        return 'soon'
      }
    })
    client.connect({
      host: '127.0.0.1',
      port: server.port,
      username: USERNAME,
      privateKey: cluster.keys[0]?.privateKey ?? '',
    })
    await left
    // Whoever is served after it finds that nobody asked in between.
    const before = asked
    found = () => session()
    expect(await login()).toBe('ready')
    expect(asked).toBe(before + 2)
  })
})

describe('Two clusters of one server', () => {
  let server: SshServer

  afterEach(() => server.close())

  test('open to their own keys only', async () => {
    const one = await startTestCluster()
    const two = await startTestCluster()
    const [keyOne, keyTwo] = [one.keys[0], two.keys[0]]
    const access: ClusterAccess = {
      admit: (username, key) => {
        const [cluster, own] = username === 'uprod_one' ? [one, keyOne] : [two, keyTwo]
        const line = `${key.type} ${key.blob.toString('base64')}`
        if (line !== own?.publicKey) return null
        const session = { home: cluster.home, presentedHome: `/enc/${username}`, environment: {} }
        return { ...session, down: cluster.stop.signal, shell: 'bash' }
      },
    }
    server = await startSshServer({ host: '127.0.0.1', port: 0, hostKeys: one.hostKeys, access })
    const login = (username: string, key: HostKey | undefined) =>
      tryLogin(server.port, { username, privateKey: key?.privateKey ?? '' })
    expect(await login('uprod_one', keyOne)).toBe('ready')
    expect(await login('uprod_two', keyTwo)).toBe('ready')
    expect(await login('uprod_one', keyTwo)).toBe(REFUSED)
    expect(await login('uprod_two', keyOne)).toBe(REFUSED)

    const client = await connectTo({ server, keys: two.keys }, { username: 'uprod_two' })
    one.stop.abort()
    expect((await runCommand(client, 'pwd')).stdout).toBe(`${two.home}\n`)
    client.end()
    await Promise.all([one.close(), two.close()])
  })
})
