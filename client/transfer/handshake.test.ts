import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { ConnectError, type RescaleError, TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'

const BYTES = Buffer.from('some bytes')

/** A platform whose connections are taken, and then treated so before any TLS is spoken. */
async function aPlatform(treat: (socket: Socket) => void) {
  let connections = 0
  const server = createServer((socket) => {
    connections++
    treat(socket.on('error', () => {}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const timeouts = { connectMs: 60, sendMs: 5_000, headersMs: 5_000 }

it.each(['upload', 'download'] as const)(
  'gives the TLS handshake of the %s the time of connecting',
  async (way) => {
    await using folder = await aFolder()
    await using platform = await aPlatform((socket) => socket.resume())
    await using client = aClient(platform.url, { timeouts })
    const transfer = {
      upload: () => client.files.upload(BYTES, { name: 'x' }),
      download: () => client.files.download(aFile(BYTES), { to: folder.in('x') }),
    }
    const failure = (await failureOf(transfer[way]())) as RescaleError
    expect(failure).toBeInstanceOf(TimeoutError)
    expect(failure).toMatchObject({ phase: 'connect', timeoutMs: 60 })
    expect(platform.connections()).toBeGreaterThan(1)
  },
)

it('sends an upload again whose TLS handshake broke', async () => {
  await using platform = await aPlatform((socket) => socket.once('data', () => socket.resetAndDestroy()))
  await using client = aClient(platform.url, { timeouts: { ...timeouts, connectMs: 5_000 } })
  const failure = await failureOf(client.files.upload(BYTES, { name: 'x' }))
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({ maybeSent: false })
  expect(platform.connections()).toBe(4)
})
