import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import { expect, it } from 'vitest'
import { testCertificates } from './test-certificates.ts'

it('makes authorities that can be trusted beside each other', async () => {
  const made = [await testCertificates('localhost'), await testCertificates('localhost')]
  const ca = made.map((one) => one.ca)
  for (const { cert, key } of made) {
    const server = createServer({ cert, key }, (socket) => void socket.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca })
    await once(socket, 'secureConnect')
    expect(socket.authorized).toBe(true)
    socket.destroy()
    server.close()
  }
})
