import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import ssh2, { type Client, type ClientChannel, type SFTPWrapper } from 'ssh2'
import type { KeyPair } from '../../client/clusters/key-pair.ts'

export interface LoginTo {
  readonly username: string
  readonly publicIp: string
  readonly sshPort: number
}

/** Rejects when the cluster does not let us in. */
export async function logIn(
  { username, publicIp, sshPort }: LoginTo,
  { privateKey }: KeyPair,
): Promise<Client> {
  const client = new ssh2.Client()
  const ready = once(client, 'ready')
  client.connect({ host: publicIp, port: sshPort, username, privateKey })
  await ready
  // Clusters that go down are part of these tests.
  client.on('error', () => undefined)
  return client
}

/** Runs a command; `onOutput` sees what it writes as it is written. */
export async function run(
  client: Client,
  command: string,
  onOutput: (text: string) => void = () => undefined,
) {
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.exec(command, (error, opened) => (error ? reject(error) : resolve(opened)))
  })
  let stdout = ''
  let stderr = ''
  let code: number | null = null
  channel.on('exit', (exitCode: number | null) => {
    code = exitCode
  })
  channel.on('data', (chunk: Buffer) => {
    stdout += chunk
    onOutput(String(chunk))
  })
  channel.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  await once(channel, 'close')
  return { stdout, stderr, code }
}

const sftpOf = (client: Client): Promise<SFTPWrapper> =>
  new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)))
  })

const done = (start: (callback: (error?: Error | null) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()))
  })

export async function put(client: Client, from: string, to: string): Promise<void> {
  const sftp = await sftpOf(client)
  await done((callback) => sftp.fastPut(from, to, callback))
  sftp.end()
}

export async function fetchText(client: Client, from: string, to: string): Promise<string> {
  const sftp = await sftpOf(client)
  await done((callback) => sftp.fastGet(from, to, callback))
  sftp.end()
  return readFile(to, 'utf8')
}
