import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { firstBytes } from './first-bytes.ts'

let client: Socket
let socket: Socket

beforeEach(async () => {
  const listener = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  client = connect((listener.address() as AddressInfo).port, '127.0.0.1')
  ;[socket] = (await once(listener, 'connection')) as [Socket]
  listener.close()
})

afterEach(() => {
  client.destroy()
  socket.destroy()
})

it('tells what comes first, and leaves it for the next reader', async () => {
  client.write('SSH-2.0-one\r\n')
  expect(await firstBytes(socket)).toBe('SSH-2.0-one\r\n')
  client.end('more')
  let read = ''
  for await (const chunk of socket) read += chunk
  expect(read).toBe('SSH-2.0-one\r\nmore')
})

it('does not wait for ever for a client that waits for us', async () => {
  expect(await firstBytes(socket)).toBe('')
  client.end('late')
  let read = ''
  for await (const chunk of socket) read += chunk
  expect(read).toBe('late')
})

it('ends with a client that leaves', async () => {
  client.destroy()
  expect(await firstBytes(socket)).toBe('')
})
