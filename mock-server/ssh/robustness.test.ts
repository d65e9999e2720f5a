import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import type { Client, ClientChannel } from 'ssh2'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { byteStrings } from './testing/byte-strings.ts'
import { connectTo, endOf, openCommand, runCommand } from './testing/npm-client.ts'
import { startTestCluster, type TestCluster } from './testing/test-cluster.ts'

const openSubsystem = (client: Client): Promise<ClientChannel> =>
  new Promise((resolve, reject) => {
    client.subsys('sftp', (error, channel) => (error ? reject(error) : resolve(channel)))
  })

describe('Whatever a client sends', () => {
  let cluster: TestCluster
  let client: Client

  beforeAll(async () => {
    cluster = await startTestCluster()
    client = await connectTo(cluster)
  })

  afterAll(async () => {
    expect((await runCommand(client, 'echo alive')).stdout).toBe('alive\n')
    expect(readdirSync(cluster.folder).sort()).toEqual(['home', 'id_ed25519', 'known_hosts', 'ssh_config'])
    client.end()
    await cluster.close()
  })

  test('instead of a handshake, the server goes on', async () => {
    const openings = fc.oneof(
      byteStrings(300),
      byteStrings(3000).map((rest) => `SSH-2.0-x\r\n${rest}`),
    )
    await fc.assert(
      fc.asyncProperty(openings, async (text) => {
        const socket = connect(cluster.server.port, '127.0.0.1')
        socket.on('error', () => undefined)
        await once(socket, 'connect')
        socket.end(text, 'latin1')
        socket.resume()
        await once(socket, 'close')
      }),
      { numRuns: 60 },
    )
  })

  test('as SFTP, the session ends and nothing else', async () => {
    const type = fc.integer({ min: 0, max: 255 })
    const message = fc.tuple(type, fc.uint8Array({ maxLength: 60 })).map(([first, rest]) => {
      const body = Buffer.from([first, ...rest])
      const length = Buffer.alloc(4)
      length.writeUInt32BE(body.length)
      return Buffer.concat([length, body])
    })
    const streams = fc.oneof(
      fc.array(message, { maxLength: 20 }).map(Buffer.concat),
      byteStrings(200).map((text) => Buffer.from(text, 'latin1')),
    )
    await fc.assert(
      fc.asyncProperty(streams, async (bytes) => {
        const channel = await openSubsystem(client)
        const end = endOf(channel)
        channel.end(bytes)
        await end
      }),
      { numRuns: 100 },
    )
  })

  test('as SCP, the session ends and nothing else', async () => {
    const line = fc.oneof(
      byteStrings(30),
      fc.constantFrom(
        'C0644 5 f',
        'C0644 99999999999 f',
        'D0755 0 d',
        'E',
        'T1 0 1 0',
        '\x01trouble',
        '\x02trouble',
        'C0644 5 ../f',
        'D0755 0 ..',
      ),
    )
    const commands = fc.constantFrom(
      'scp -t work',
      'scp -r -t work',
      'scp -rpd -t .',
      'scp -f work',
      'scp -rf .',
      'scp -t ../..',
    )
    await fc.assert(
      fc.asyncProperty(commands, fc.array(line, { maxLength: 12 }), async (command, lines) => {
        const channel = await openCommand(client, command)
        const end = endOf(channel)
        channel.end(Buffer.from(lines.join('\n'), 'latin1'))
        await end
      }),
      { numRuns: 100 },
    )
  })
})

describe('The limits of a server', () => {
  const open: TestCluster[] = []

  const limited = async (limits: Parameters<typeof startTestCluster>[0]): Promise<TestCluster> => {
    const cluster = await startTestCluster(limits)
    open.push(cluster)
    return cluster
  }

  const knock = async (cluster: TestCluster): Promise<Socket> => {
    const socket = connect(cluster.server.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.resume()
    await once(socket, 'connect')
    return socket
  }

  afterEach(async () => {
    await Promise.all(open.splice(0).map((cluster) => cluster.close()))
  })

  test('end connections that do not log in', async () => {
    const socket = await knock(await limited({ limits: { authenticationTime: 50 } }))
    await once(socket, 'close')
  })

  test('turn further connections away, and let them in again later', async () => {
    const cluster = await limited({ limits: { unauthenticatedConnections: 2 } })
    const first = await knock(cluster)
    const [greeting] = await once(first, 'data').catch(() => [])
    expect(String(greeting)).toBe('SSH-2.0-OpenSSH_9.2 LocalScale\r\n')
    const second = await knock(cluster)
    await once(second, 'data')
    await once(await knock(cluster), 'close')
    first.destroy()
    second.destroy()
    // The server hears of it a moment later.
    const client = await vi.waitFor(() => connectTo(cluster), { timeout: 10_000 })
    expect((await runCommand(client, 'echo in')).stdout).toBe('in\n')
    client.end()
  })

  test('refuse further channels on a connection', async () => {
    const cluster = await limited({ limits: { channelsPerConnection: 3 } })
    const client = await connectTo(cluster)
    const channels = await Promise.all([1, 2, 3].map(() => openCommand(client, 'cat')))
    await expect(openCommand(client, 'true')).rejects.toThrow('Channel open failure')
    const ends = channels.map((channel) => endOf(channel))
    for (const channel of channels) channel.end()
    await Promise.all(ends)
    expect((await runCommand(client, 'echo again')).stdout).toBe('again\n')
    client.end()
  })

  test('end connections that have nothing open for long', async () => {
    const cluster = await limited({ limits: { idleTime: 50 } })
    const client = await connectTo(cluster)
    await once(client, 'close')
  })

  test('leave connections alone on which something runs', async () => {
    const cluster = await limited({ limits: { idleTime: 50 } })
    const client = await connectTo(cluster)
    const channel = await openCommand(client, 'sleep 0.3; echo done')
    expect((await endOf(channel)).stdout).toBe('done\n')
    await once(client, 'close')
  })
})

/** What ssh2's own client never does: it is all there, but not public. */
const rawOf = (client: Client, channel: ClientChannel) => {
  const { _protocol, _sock } = client as unknown as {
    _protocol: {
      channelData(id: number, bytes: Buffer): void
      channelWindowAdjust(id: number, bytes: number): void
    }
    _sock: Socket
  }
  const { outgoing } = channel as unknown as { outgoing: { id: number } }
  return { protocol: _protocol, socket: _sock, id: outgoing.id }
}

describe('A client that breaks the rules of flow control', () => {
  let cluster: TestCluster
  let client: Client

  beforeEach(async () => {
    cluster = await startTestCluster()
    client = await connectTo(cluster)
  })

  afterEach(async () => {
    client.destroy()
    await cluster.close()
  })

  test('by a window without end and an unread socket, makes its command wait all the same', async () => {
    const command = 'while head -c 1000000 /dev/zero; do printf x >> work/megabytes; done'
    const channel = await openCommand(client, command)
    const { protocol, socket, id } = rawOf(client, channel)
    protocol.channelWindowAdjust(id, 0x7fffffff)
    socket.pause()
    const other = await connectTo(cluster)
    // While as much as this goes to a client that reads, what goes to the other one stays what buffers hold.
    await runCommand(other, 'head -c 80000000 /dev/zero')
    other.end()
    expect(statSync(join(cluster.home, 'work/megabytes')).size).toBeLessThan(30)
  })

  test('by sending more than the window allows, is cut off', async () => {
    const channel = await openCommand(client, 'sleep 1000')
    const { protocol, id } = rawOf(client, channel)
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
    const piece = Buffer.alloc(32_000)
    for (let sent = 0; sent < 20_000_000; sent += piece.length) protocol.channelData(id, piece)
    await closed
  })
})

describe('A client that does not read', () => {
  test('keeps a command waiting, and the server’s memory as it was', async () => {
    const cluster = await startTestCluster()
    const client = await connectTo(cluster)
    const channel = await openCommand(client, 'echo $$; exec yes')
    channel.pause()
    const before = process.memoryUsage().rss
    await runCommand(client, 'head -c 100000000 /dev/zero | wc -c')
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
    client.end()
    await cluster.close()
  })
})

describe('Two servers in one process', () => {
  test('do not meet', async () => {
    const [one, two] = await Promise.all([startTestCluster(), startTestCluster()])
    const [clientOne, clientTwo] = await Promise.all([connectTo(one), connectTo(two)])
    await expect(connectTo({ server: one.server, keys: two.keys })).rejects.toThrow('authentication')
    await one.close()
    expect((await runCommand(clientTwo, 'pwd')).stdout).toBe(`${two.home}\n`)
    clientOne.end()
    clientTwo.end()
    await two.close()
  })

  test('close at once when nobody came', async () => {
    const cluster = await startTestCluster()
    await cluster.close()
    await cluster.server.close().catch(() => undefined)
  })
})
