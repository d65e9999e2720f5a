import { once } from 'node:events'
import {
  Client,
  type ClientChannel,
  type ConnectConfig,
  type ExecOptions,
  type PseudoTtyOptions,
  type SFTPWrapper,
} from 'ssh2'
import { type TestCluster, USERNAME } from './test-cluster.ts'

/** npm's ssh2 as a client: a second implementation beside OpenSSH's, and there on every machine. */
export const connectTo = async (
  { server, keys }: Pick<TestCluster, 'server' | 'keys'>,
  config: Partial<ConnectConfig> = {},
): Promise<Client> => {
  const client = new Client()
  const ready = once(client, 'ready')
  client.connect({
    host: '127.0.0.1',
    port: server.port,
    username: USERNAME,
    privateKey: keys[0]?.privateKey ?? '',
    ...config,
  })
  await ready
  // Each packet is three small writes, of which TCP would hold back the last two for 40 ms.
  client.setNoDelay(true)
  // A server that closes is part of several tests.
  client.on('error', () => undefined)
  return client
}

export interface CommandEnd {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

type Exit = Pick<CommandEnd, 'code' | 'signal'>

/** The exit may come with the same packet as the channel, before anybody could listen. */
const exits = new WeakMap<ClientChannel, Exit>()

const noteExit = (channel: ClientChannel): ClientChannel => {
  channel.once('exit', (code: number | null, signal: string | undefined) => {
    exits.set(channel, { code, signal: signal ?? null })
  })
  return channel
}

export const openCommand = (
  client: Client,
  command: string,
  options: ExecOptions = {},
): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    client.exec(command, options, (error, channel) => (error ? reject(error) : resolve(noteExit(channel))))
  })

export const openShell = (client: Client, terminal: PseudoTtyOptions | false): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    client.shell(terminal, (error, channel) => (error ? reject(error) : resolve(noteExit(channel))))
  })

export const endOf = async (channel: ClientChannel): Promise<CommandEnd> => {
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  channel.on('data', (chunk: Buffer) => stdout.push(chunk))
  channel.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
  await once(channel, 'close')
  const { code, signal } = exits.get(channel) ?? { code: null, signal: null }
  return { code, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }
}

export const runCommand = async (
  client: Client,
  command: string,
  input: string | Uint8Array = '',
  options: ExecOptions = {},
): Promise<CommandEnd> => {
  const channel = await openCommand(client, command, options)
  const end = endOf(channel)
  channel.end(input)
  return end
}

export const openSftp = (client: Client): Promise<SFTPWrapper> =>
  new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)))
  })
