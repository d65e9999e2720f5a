import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createNetServer } from 'node:net'
import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ConfigError, ConnectError, TimeoutError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { aProxy } from '../test-support/proxy.ts'
import { aServer, sendJson } from '../test-support/server.ts'
import { aTlsFront, type Over } from '../test-support/tls-front.ts'
import type { ThrottleEvent } from './events.ts'
import { proxyFor } from './proxy.ts'

/** A platform that has one file, of these bytes. */
function aPlatform(bytes: Buffer, over: Over) {
  return aServer(async (request, response) => {
    if (request.method !== 'POST') {
      if (request.url?.includes('/contents/')) return serveBytes(bytes, request, response)
      return sendJson(response, 200, { host: request.headers.host })
    }
    if (request.url?.includes('/jobs/')) return sendJson(response, 201, { id: 'job1' })
    const [part] = await receiveForm(request)
    sendJson(response, 201, aFile(part?.body ?? Buffer.alloc(0)))
  }, over)
}

describe.each([
  ['HTTP', 'http://rescale.test', 'rescale.test:80'],
  ['TLS', 'https://rescale.test', 'rescale.test:443'],
] as const)('over %s', (over, url, asked) => {
  const bytes = someBytes(3_000_017)
  const names = over === 'TLS' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']

  it('sends through the proxy of the environment, requests and transfers alike', async () => {
    await using folder = await aFolder()
    await using server = await aPlatform(bytes, over)
    await using proxy = await aProxy(Number(new URL(server.url).port))
    const [lower = '', upper = ''] = names
    const env = { [lower]: `http://me:pass@${proxy.host}`, [upper]: 'http://wrong.invalid' }
    await using client = aClient(url, { env })
    expect(await client.user.get()).toEqual({ host: 'rescale.test' })
    expect(await client.jobs.create({ name: 'x', jobanalyses: [] })).toMatchObject({ id: 'job1' })
    expect((await client.files.upload(bytes, { name: 'x', verify: true })).decryptedSize).toBe(bytes.length)
    for (const connections of [1, 4]) {
      const to = folder.in(String(connections))
      const options = { to, connections, minRangeBytes: 64 * 1024 }
      const done = await client.files.download(aFile(bytes), options)
      expect(done).toMatchObject({ verified: true, connections })
      expect((await readFile(to)).equals(bytes)).toBe(true)
    }
    // No name of that kind leads anywhere: whatever arrived came through a tunnel.
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(server.seen.filter(({ headers }) => headers.range).length).toBeGreaterThanOrEqual(4)
    for (const { target, authorization } of proxy.asked) {
      expect(target).toBe(asked)
      expect(authorization).toBe(`Basic ${Buffer.from('me:pass').toString('base64')}`)
    }
  })
})

it('reaches a proxy over TLS, and through it a platform with TLS of its own', async () => {
  const bytes = someBytes(1000)
  await using server = await aPlatform(bytes, 'TLS')
  await using proxy = await aProxy(Number(new URL(server.url).port))
  await using front = await aTlsFront()
  front.to(Number(proxy.host.split(':')[1]))
  await using client = aClient('https://rescale.test', { env: { https_proxy: front.url } })
  expect(await client.user.get()).toEqual({ host: 'rescale.test' })
  expect((await client.files.upload(bytes, { name: 'x', verify: true })).decryptedSize).toBe(bytes.length)
  expect(await client.files.download(aFile(bytes), { sink: () => {} })).toMatchObject({ verified: true })
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['rescale.test:443']))
})

it('never speaks to a platform behind a proxy whose certificate is for another name', async () => {
  await using folder = await aFolder()
  await using server = await aPlatform(someBytes(10), 'TLS')
  await using proxy = await aProxy(Number(new URL(server.url).port))
  await using client = aClient('https://other.test', { env: { https_proxy: `http://${proxy.host}` } })
  const calls = [
    () => client.user.get(),
    () => client.files.upload(someBytes(10), { name: 'x' }),
    () => client.files.download(aFile(someBytes(10)), { to: folder.in('x') }),
  ]
  for (const call of calls) expect(await failureOf(call())).toBeInstanceOf(ConnectError)
  expect(proxy.asked.map(({ target }) => target)).toContain('other.test:443')
  expect(server.seen).toEqual([])
})

it('keeps to the platform’s limits unless it talks to this machine', async () => {
  const throttled: ThrottleEvent[] = []
  const onThrottle = (event: ThrottleEvent) => throttled.push(event)
  await using server = await aServer((_, response) => sendJson(response, 200, {}))
  await using proxy = await aProxy(Number(new URL(server.url).port))
  const env = { http_proxy: `http://${proxy.host}` }
  await using far = aClient('http://rescale.test', { env, onThrottle })
  await using near = aClient(server.url, { onThrottle })
  for (const client of [near, far]) for (let call = 0; call < 150; call++) await client.user.get()
  expect(throttled).toEqual([])
  await near.user.get()
  expect(throttled).toEqual([])
  await far.user.get()
  await far.jobs.get('abc')
  expect(throttled).toMatchObject([{ scope: 'user', reason: 'limit', position: 1 }])
  // 85 % of 7,200 an hour.
  expect(throttled[0]?.waitMs).toBe(Math.ceil(1000 / 1.7))
})

it('has a proxy’s password in no error', async () => {
  const env = { http_proxy: 'http://me:verysecret@127.0.0.1:9' }
  const failure = await failureOf(aClient('http://rescale.test', { env }).user.get())
  expect(inspect(failure, { depth: 12, showHidden: true })).not.toContain('verysecret')
})

it.each([
  ['https://platform.rescale.com', { https_proxy: 'http://a' }, 'http://a/'],
  ['https://platform.rescale.com', { HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, 'http://b/'],
  ['https://platform.rescale.com', { https_proxy: 'proxy.corp:8080' }, 'http://proxy.corp:8080/'],
  ['https://platform.rescale.com', { https_proxy: 'me:pass@proxy.corp' }, 'http://me:pass@proxy.corp/'],
  ['https://platform.rescale.com', { https_proxy: '127.0.0.1:9' }, 'http://127.0.0.1:9/'],
  ['https://platform.rescale.com', { http_proxy: 'http://a' }, undefined],
  ['https://platform.rescale.com', { https_proxy: '' }, undefined],
  ['http://127.0.0.1:8000', { http_proxy: 'http://a' }, undefined],
  ['http://localhost:8000', { http_proxy: 'http://a' }, undefined],
  ['http://rescale.test', { http_proxy: 'http://a', no_proxy: '*' }, undefined],
  ['http://rescale.test', { http_proxy: 'http://a', NO_PROXY: 'x.test, rescale.test' }, undefined],
  ['http://eu.rescale.test', { http_proxy: 'http://a', no_proxy: '.rescale.test' }, undefined],
  ['http://eu.rescale.test', { http_proxy: 'http://a', no_proxy: '*.rescale.test' }, undefined],
  ['http://eu.rescale.test', { http_proxy: 'http://a', no_proxy: 'RESCALE.test:80' }, undefined],
  ['http://rescale.test', { http_proxy: 'http://a', no_proxy: 'rescale.test:8080' }, 'http://a/'],
  ['http://prescale.test', { http_proxy: 'http://a', no_proxy: 'rescale.test' }, 'http://a/'],
  // What cannot be used does no harm where it is not used.
  ['http://rescale.test', { http_proxy: 'socks5h://a', no_proxy: 'rescale.test' }, undefined],
])('reaches %s with %j through %s', (baseUrl, env, proxy) => {
  expect(proxyFor(baseUrl, env)?.url).toBe(proxy)
})

it.each(['notaurl:xx', 'http://', 'ftp://a', 'http://me%:verysecret@a'])(
  'takes %s for no proxy, and says so once before anything is sent',
  (https_proxy) => {
    const make = () => aClient('https://rescale.test', { env: { https_proxy } })
    expect(make).toThrow(ConfigError)
    expect(make).toThrow('https_proxy')
    expect(make).not.toThrow('verysecret')
  },
)

it.each(['socks5://proxy:1080', 'socks5h://me:verysecret@proxy', 'SOCKS4://proxy', 'socks://proxy'])(
  'says of %s that it speaks another protocol, and what to do, before anything is sent',
  async (proxy) => {
    for (const [url, env] of [
      ['https://rescale.test', { HTTPS_PROXY: proxy }],
      ['http://rescale.test', { http_proxy: proxy }],
    ] as const) {
      const failure = await failureOf((async () => aClient(url, { env }))())
      expect(failure).toBeInstanceOf(ConfigError)
      expect(failure.message).toMatch(/^https?_proxy names a SOCKS proxy/i)
      expect(failure).toMatchObject({ hint: expect.stringMatching(/http:\/\/host:port.*no_proxy/) })
      expect(inspect(failure, { depth: 12 })).not.toContain('verysecret')
    }
    expect(() => aClient('http://rescale.test', { env: { http_proxy: proxy, no_proxy: '*' } })).not.toThrow()
  },
)

it('goes around the proxy to the hosts of NO_PROXY', async () => {
  await using proxy = await aProxy(9)
  const env = { http_proxy: `http://${proxy.host}`, NO_PROXY: 'rescale.invalid' }
  await failureOf(aClient('http://rescale.invalid', { env, retries: { attempts: 1 } }).user.get())
  expect(proxy.asked).toEqual([])
})

it('names the proxy where that cannot be reached, or does not let through', async () => {
  await using folder = await aFolder()
  const server = createServer().listen(0, '127.0.0.1')
  server.on('connect', (_, socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const isThere of [true, false]) {
    await using client = aClient('http://rescale.test', { env: { http_proxy: `me:verysecret@${host}` } })
    const calls = [
      () => client.jobs.stop('abc'),
      () => client.files.upload(someBytes(10), { name: 'x' }),
      () => client.files.download(aFile(someBytes(10)), { to: folder.in('x') }),
    ]
    for (const call of calls) {
      const failure = (await failureOf(call())) as ConnectError
      expect(failure).toBeInstanceOf(ConnectError)
      expect(failure.maybeSent).toBe(false)
      expect(failure.hint).toContain(`http://${host} (http_proxy)`)
      expect(failure.hint).toContain(isThere ? 'password' : 'cannot be reached')
      expect(inspect(failure, { depth: 12, showHidden: true })).not.toContain('verysecret')
    }
    server.closeAllConnections()
    if (isThere) await new Promise((resolve) => server.close(resolve))
  }
})

it('names the proxy that does not answer', async () => {
  const server = createNetServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const options = { timeouts: { connectMs: 60 }, retries: { attempts: 1 } }
  await using client = aClient('http://rescale.test', { env: { http_proxy: host }, ...options })
  const failure = await failureOf(client.user.get())
  expect(failure).toBeInstanceOf(TimeoutError)
  expect(failure).toMatchObject({ phase: 'connect', hint: expect.stringContaining(host) })
  server.close()
})
