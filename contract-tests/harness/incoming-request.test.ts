import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { incomingRequest } from './incoming-request.ts'
import type { WireRequest } from './transport.ts'

/** What a server makes of a request with this body, reading ten bytes at most. */
async function received(body: string): Promise<WireRequest | Error> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const read = once(server, 'request').then(([incoming]) =>
    incomingRequest(incoming, 'https://rescale.test', 10),
  )
  const { port } = server.address() as AddressInfo
  const sent = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/a/?b=1',
    headers: { 'X-Some': 'Header' },
  })
  sent.on('error', () => {}).end(body)
  const made = await read.catch((error: Error) => error)
  server.closeAllConnections()
  server.close()
  return made
}

it('is as it was sent, at the origin that it is for, without what is of its connection only', async () => {
  expect(await received('ten bytes.')).toEqual({
    method: 'POST',
    url: 'https://rescale.test/a/?b=1',
    headers: [['X-Some', 'Header']],
    body: new TextEncoder().encode('ten bytes.'),
  })
  expect(await received('')).toMatchObject({ body: null })
})

it('is not read beyond what it may be long', async () => {
  expect(await received('eleven bytes')).toMatchObject({ name: 'RangeError', message: /more than 10 bytes/ })
})
