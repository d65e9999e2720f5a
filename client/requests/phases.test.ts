import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ConnectError, TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import { aTlsFront, OVER, type Over } from '../test-support/tls-front.ts'

const QUICK = { retries: { attempts: 1 } }

/** A server of bare sockets. */
async function sockets(server: Server): Promise<{ port: number } & AsyncDisposable> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}

it('gives the connection its own time, and knows that nothing was sent', async () => {
  // Takes connections, and never answers the client's TLS hello.
  const mute = createServer((socket) => socket.on('error', () => {}).once('close', () => socket.destroy()))
  await using server = await sockets(mute)
  const timeouts = { connectMs: 60, headersMs: 5_000 }
  const client = aClient(`https://127.0.0.1:${server.port}`, { timeouts, ...QUICK })
  const failure = await failureOf(client.jobs.stop('abc'))
  expect(failure).toBeInstanceOf(TimeoutError)
  expect(failure).toMatchObject({ phase: 'connect', timeoutMs: 60 })
})

it('sends a POST again whose connection broke before anything was sent', async () => {
  let connections = 0
  // Hangs up within the TLS handshake.
  const rude = createServer((socket) => {
    connections++
    socket.once('data', () => socket.resetAndDestroy())
  })
  await using server = await sockets(rude)
  const failure = await failureOf(aClient(`https://127.0.0.1:${server.port}`).jobs.stop('abc'))
  expect(failure).toBeInstanceOf(ConnectError)
  expect(failure).toMatchObject({ maybeSent: false, attempts: { length: 4 } })
  expect(connections).toBe(4)
})

async function before(port: number, over: Over): Promise<{ url: string } & AsyncDisposable> {
  if (over === 'HTTP') return { url: `http://127.0.0.1:${port}`, async [Symbol.asyncDispose]() {} }
  const front = await aTlsFront()
  front.to(port)
  return front
}

describe.each(OVER)('over %s', (over) => {
  it('gives the sending its own time', async () => {
    const held: { destroy(): void }[] = []
    const deaf = createServer((socket) => {
      socket.pause()
      held.push(socket)
    })
    await using server = await sockets(deaf)
    await using front = await before(server.port, over)
    const timeouts = { sendMs: 80, headersMs: 5_000 }
    const client = aClient(front.url, { timeouts, ...QUICK })
    const body = { name: 'x'.repeat(20_000_000), jobanalyses: [] }
    const failure = await failureOf(client.jobs.update('abc', body))
    expect(failure).toMatchObject({ name: 'TimeoutError', phase: 'send', timeoutMs: 80 })
    for (const socket of held) socket.destroy()
  })

  it('reads on while the answer keeps coming, however long that takes in all', async () => {
    const bodyMs = 500
    await using server = await aServer(async (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' })
      const began = performance.now()
      while (performance.now() - began < 2 * bodyMs) {
        response.write(' ')
        await new Promise(setImmediate)
      }
      response.end('{"email":"me"}')
    }, over)
    expect(await aClient(server.url, { timeouts: { bodyMs } }).user.get()).toEqual({ email: 'me' })
  })

  it('keeps requests apart that are on their way at the same time', async () => {
    await using server = await aServer((request, response) => {
      if (!request.url?.includes('slow')) sendJson(response, 200, { id: 'quick' })
    }, over)
    const client = aClient(server.url, { timeouts: { headersMs: 2_000 }, ...QUICK })
    const slow = failureOf(client.jobs.get('slow'))
    const quick = await Promise.all(Array.from({ length: 4 }, (_, index) => client.jobs.get(`job${index}`)))
    expect(quick).toHaveLength(4)
    expect(await slow).toMatchObject({ phase: 'headers', url: `${server.url}/api/v2/jobs/slow/` })
  })
})
