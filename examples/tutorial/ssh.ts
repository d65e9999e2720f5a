import { once } from 'node:events'
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2'
import type { KeyPair } from '../../client/clusters/key-pair.ts'
import type { Instance } from '../../client/index.ts'

/** A login to a cluster. Only a server whose host key has one of the fingerprints is trusted, where they are known. */
export class Login {
  readonly #client: Client

  private constructor(client: Client) {
    this.#client = client
  }

  static async open(
    instance: Instance,
    { privateKey }: KeyPair,
    fingerprints: readonly string[],
  ): Promise<Login> {
    const { default: ssh2 } = await import('ssh2')
    const { createHash } = await import('node:crypto')
    const fingerprintOf = (key: Buffer) =>
      `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`
    const client = new ssh2.Client()
    const ready = once(client, 'ready')
    client.connect({
      host: instance.publicIp,
      port: instance.sshPort,
      username: instance.username,
      privateKey,
      hostVerifier: (key: Buffer) =>
        fingerprints.length === 0 || fingerprints.some((known) => known.includes(fingerprintOf(key))),
    })
    await ready
    return new Login(client)
  }

  /** Runs a command; `onOutput` sees what it writes while it runs. */
  async run(
    command: string,
    onOutput: (text: string) => void,
  ): Promise<{ output: string; exitCode: number | null }> {
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      this.#client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened)))
    })
    let output = ''
    let exitCode: number | null = null
    const take = (chunk: Buffer): void => {
      output += chunk
      onOutput(String(chunk))
    }
    channel.on('data', take)
    channel.stderr.on('data', take)
    channel.on('exit', (code: number | null) => {
      exitCode = code
    })
    await once(channel, 'close')
    return { output, exitCode }
  }

  put(local: string, remote: string): Promise<void> {
    return this.#transfer((sftp, callback) => sftp.fastPut(local, remote, callback))
  }

  get(remote: string, local: string): Promise<void> {
    return this.#transfer((sftp, callback) => sftp.fastGet(remote, local, callback))
  }

  close(): void {
    this.#client.end()
  }

  async #transfer(
    start: (sftp: SFTPWrapper, callback: (error?: Error | null) => void) => void,
  ): Promise<void> {
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      this.#client.sftp((error, opened) => (error ? reject(error) : resolve(opened)))
    })
    await new Promise<void>((resolve, reject) => {
      start(sftp, (error) => (error ? reject(error) : resolve()))
    })
    sftp.end()
  }
}
