import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { expect, it } from 'vitest'
import { createRescaleServer } from './server.ts'

it('answers a client that has ended its side, as netcat does', async () => {
  const server = createRescaleServer(async () => ({ status: 200, headers: {}, body: 'late' }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect({
    port: (server.address() as AddressInfo).port,
    host: '127.0.0.1',
    allowHalfOpen: true,
  })
  socket.end('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  let answer = ''
  for await (const chunk of socket) answer += chunk
  expect(answer.startsWith('HTTP/1.1 200 OK\r\n')).toBe(true)
  expect(answer.endsWith('\r\n\r\nlate')).toBe(true)
  server.close()
})
