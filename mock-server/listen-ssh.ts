import type { Rescale } from './rescale.ts'
import type { DamagedHostKey, HostKey } from './ssh/keys/host-keys.ts'

export interface ListenSshOptions {
  /** 0 takes a free one (default). */
  readonly port?: number
  /** Commands run as the server's own user: keep it a loopback address (default 127.0.0.1). */
  readonly host?: string
  /** Where host keys are kept; without it they are made anew. */
  readonly keyFolder?: string
  /** Hears of host keys that are no longer whole, in place of which others are made. */
  readonly onDamagedKey?: (damaged: DamagedHostKey) => void
}

export interface ListeningSsh extends AsyncDisposable {
  readonly port: number
  /** `ssh-ed25519 SHA256:…`, one for each host key. */
  readonly fingerprints: readonly string[]
  close(): Promise<void>
}

/** Opens the clusters of a Rescale by SSH. Worlds that are made afterwards know the address. */
export async function listenSsh(rescale: Rescale, options: ListenSshOptions = {}): Promise<ListeningSsh> {
  const { port = 0, host = '127.0.0.1', keyFolder, onDamagedKey: onDamaged } = options
  const [{ startSshServer }, { loadHostKeys, makeHostKeys }] = await Promise.all([
    import('./ssh/ssh-server.ts'),
    import('./ssh/keys/host-keys.ts'),
  ])
  // RSA keys take half a second to make, so they are made only where they are kept.
  const hostKeys = keyFolder
    ? await loadHostKeys(keyFolder, { ...(onDamaged && { onDamaged }) })
    : await makeHostKeys(['ed25519', 'ecdsa'])
  const server = await startSshServer({ host, port, hostKeys, access: rescale.logins })
  const fingerprints = hostKeys.map(fingerprintLine)
  rescale.ssh = {
    publicIp: host,
    publicHostname: host === '127.0.0.1' ? 'localhost' : host,
    sshPort: server.port,
    fingerprints,
  }
  const close = async (): Promise<void> => {
    rescale.ssh = undefined
    await server.close()
  }
  return { port: server.port, fingerprints, close, [Symbol.asyncDispose]: close }
}

const fingerprintLine = ({ publicKey, fingerprint }: HostKey): string =>
  `${publicKey.split(' ', 1)[0]} ${fingerprint}`
