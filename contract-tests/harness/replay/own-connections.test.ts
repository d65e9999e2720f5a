import { once } from 'node:events'
import { createServer } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import tls, { connect as secureConnect } from 'node:tls'
import { afterEach, expect, it } from 'vitest'
import { type Destination, watchConnections } from './own-connections.ts'

const before = { connect: net.Socket.prototype.connect, secure: tls.connect }
const unwatch: (() => void)[] = []
afterEach(() => {
  for (const end of unwatch.splice(0)) end()
})

function watched(verdict: 'through' | number | Error): Destination[] {
  const seen: Destination[] = []
  const decide = (destination: Destination) => {
    seen.push(destination)
    return verdict
  }
  unwatch.push(watchConnections({ decide, openBefore }))
  return seen
}

const refusal = new Error('not so')
const openBefore = () => new Error('open before')
const errorOf = async (socket: net.Socket) => (await once(socket, 'error'))[0]

it('hears of a connection in whatever way it is asked for, and makes none that is refused', async () => {
  const seen = watched(refusal)
  const sockets = [
    net.connect(81, 'one.test'),
    net.connect({ port: 82, host: 'two.test' }),
    new net.Socket().connect(83, 'three.test'),
    new net.Socket().connect({ port: 84, host: 'four.test' }),
    net.createConnection(85),
  ]
  expect(await Promise.all(sockets.map(errorOf))).toEqual(sockets.map(() => refusal))
  expect(seen).toEqual([
    { host: 'one.test', port: 81, secure: false },
    { host: 'two.test', port: 82, secure: false },
    { host: 'three.test', port: 83, secure: false },
    { host: 'four.test', port: 84, secure: false },
    { host: 'localhost', port: 85, secure: false },
  ])
})

it('refuses TLS, also to whoever knew of `tls.connect` before', async () => {
  const early = tls.connect
  const seen = watched(refusal)
  const sockets = [
    secureConnect(443, 'one.test'),
    tls.connect({ port: 443, host: 'two.test' }),
    early({ port: 443, host: 'three.test' }),
  ]
  expect(await Promise.all(sockets.map(errorOf))).toEqual(sockets.map(() => refusal))
  expect(new Set(seen.map(({ host, secure }) => `${host} ${secure}`))).toEqual(
    new Set(['one.test true', 'two.test true', 'three.test true']),
  )
})

it('does not let a connection be led elsewhere that cannot be spoken to in the clear', async () => {
  const early = tls.connect
  watched(1)
  expect(await errorOf(early({ port: 443, host: 'early.test' }))).toMatchObject({ message: /began before/ })
})

it('says nothing of sockets in the file system', async () => {
  const seen = watched(refusal)
  const error = await errorOf(net.connect('/nowhere/at/all.sock'))
  expect(error).toMatchObject({ code: 'ENOENT' })
  expect(seen).toEqual([])
})

it('leads a TLS connection to a port of this machine, where it is a plain one', async () => {
  const server = createServer((_, response) => response.end('here')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  watched((server.address() as AddressInfo).port)
  const socket = tls.connect({ port: 443, host: 'platform.test' })
  await once(socket, 'secureConnect')
  socket.end('GET / HTTP/1.1\r\nhost: platform.test\r\nconnection: close\r\n\r\n')
  let said = ''
  for await (const chunk of socket) said += chunk
  expect(said).toContain('here')
  server.close()
})

it('puts back what was there before', () => {
  watched('through')
  for (const end of unwatch.splice(0)) end()
  expect(tls.connect).toBe(before.secure)
  expect(net.Socket.prototype.connect).toBe(before.connect)
})

it('leaves everything as it was, in whatever order watching ends', async () => {
  const one = watchConnections({ decide: () => refusal, openBefore })
  const two = watchConnections({ decide: () => 'through', openBefore })
  one()
  const error = await errorOf(net.connect({ port: 1, host: '127.0.0.1' }))
  expect(error).not.toBe(refusal)
  two()
  const three = watchConnections({ decide: () => 'through', openBefore })
  three()
  expect(await errorOf(net.connect({ port: 1, host: '127.0.0.1' }))).not.toBe(refusal)
})
