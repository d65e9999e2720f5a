import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { connect } from 'node:tls'
import { expect, it } from 'vitest'
import { aTlsFront } from './tls-front.ts'

const HALF_OPEN = { allowHalfOpen: true }

/** Both ends of one connection through a front. */
async function bothEnds() {
  const server = createServer(HALF_OPEN).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front = await aTlsFront()
  front.to((server.address() as AddressInfo).port)
  const port = Number(new URL(front.url).port)
  const client = connect({ port, servername: 'localhost', ...HALF_OPEN })
  const [accepted] = await Promise.all([once(server, 'connection'), once(client, 'secureConnect')])
  const behind: Socket = accepted[0]
  return {
    client,
    behind,
    async [Symbol.asyncDispose]() {
      for (const socket of [client, behind]) socket.on('error', () => {}).destroy()
      await front[Symbol.asyncDispose]()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

it('is trusted for the authority that this run has made, and passes bytes on both ways', async () => {
  await using ends = await bothEnds()
  expect(ends.client.authorized).toBe(true)
  ends.client.write('asked')
  expect(String(await once(ends.behind, 'data'))).toBe('asked')
  ends.behind.write('answered')
  expect(String(await once(ends.client, 'data'))).toBe('answered')
})

it('passes an end on as an end of this side only', async () => {
  await using ends = await bothEnds()
  ends.behind.end('some')
  expect(String(await once(ends.client, 'data'))).toBe('some')
  await once(ends.client, 'end')
  ends.client.write('more')
  expect(String(await once(ends.behind, 'data'))).toBe('more')
})

it('passes a reset on as a reset', async () => {
  await using ends = await bothEnds()
  const failure = new Promise<NodeJS.ErrnoException>((resolve) => ends.client.once('error', resolve))
  ends.client.resume()
  ends.behind.resetAndDestroy()
  expect((await failure).code).toBe('ECONNRESET')
})

it('ends what is behind when the client has left', async () => {
  await using ends = await bothEnds()
  ends.behind.resume()
  ends.client.destroy()
  await once(ends.behind, 'end')
})
