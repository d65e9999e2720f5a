import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { drained } from './node-drain.ts'

/** Has a server drain the body of a request that sends so many bytes and then waits. */
async function drain(sent: number, announced: number, limit: number): Promise<boolean> {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const client = httpRequest({ port, method: 'POST', headers: { 'content-length': announced } })
  client.on('error', () => undefined)
  client.write(Buffer.alloc(sent))
  const [request] = await once(server, 'request')
  const outcome = drained(request, limit)
  if (sent < announced && sent <= limit) client.destroy()
  const whole = await outcome
  client.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  return whole
}

it('reads a body to its end', async () => {
  expect(await drain(100_000, 100_000, 100_000)).toBe(true)
})

it('gives up on a body beyond the limit', async () => {
  expect(await drain(200_000, 1_000_000, 100_000)).toBe(false)
})

it('gives up when the client leaves', async () => {
  expect(await drain(1_000, 1_000_000, 100_000)).toBe(false)
})
