import { readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aFolder, type TestFolder } from '../../client/test-support/folder.ts'
import { aProxy } from '../../client/test-support/proxy.ts'
import { aTlsFront, type TlsFront } from '../../client/test-support/tls-front.ts'
import { createRescale, listen, type Rescale } from '../../mock-server/index.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { rescale } from './rescale-process.ts'

const url = 'https://rescale.test'

let mock: Rescale
let served: Awaited<ReturnType<typeof listen>>
let front: TlsFront
let home: TestFolder

beforeAll(async () => {
  await ensureBuilt()
  mock = createRescale()
  served = await listen(mock, { publicUrl: url })
  front = await aTlsFront()
  front.to((served.server.address() as AddressInfo).port)
  home = await aFolder()
})

afterAll(async () => {
  await front?.[Symbol.asyncDispose]()
  await served?.close()
  await mock?.close()
  await home?.[Symbol.asyncDispose]()
})

/** A call to a platform of a name that leads nowhere, so that it can only be reached through the proxy. */
function call(args: readonly string[], https_proxy: string) {
  const { NODE_EXTRA_CA_CERTS } = process.env
  return rescale(
    args,
    { url, apiKey: mock.apiKey },
    { home: home.path, env: { https_proxy, NODE_EXTRA_CA_CERTS } },
  )
}

it('does through the proxy of the environment what it does without, given as curl takes it', async () => {
  await using proxy = await aProxy(Number(new URL(front.url).port))
  const user = await call(['user', '-o', 'json'], proxy.host)
  expect(user).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(user.stdout).email).toContain('@')
  await writeFile(home.in('mesh'), 'bytes')
  const uploaded = await call(['files', 'upload', 'mesh', '-o', 'json'], `http://${proxy.host}`)
  const [{ id }] = JSON.parse(uploaded.stdout)
  expect(await call(['files', 'download', id, '--to', 'back'], proxy.host)).toMatchObject({ code: 0 })
  expect(await readFile(home.in('back/mesh'), 'utf8')).toBe('bytes')
  const doctor = await call(['profile', 'doctor'], proxy.host)
  expect(doctor).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`http://${proxy.host} (https_proxy)`),
  })
  const socks = await call(['user'], 'socks5://127.0.0.1:1080')
  expect(socks).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('SOCKS') })
  expect(new Set(proxy.asked.map(({ target }) => target))).toEqual(new Set(['rescale.test:443']))
})

it('says that a proxy is none, once, as a mistake of the environment', async () => {
  for (const args of [['user'], ['profile', 'doctor']]) {
    const { code, stdout, stderr } = await call(args, 'notaurl:xx')
    expect([code, (stdout + stderr).match(/https_proxy names no proxy/g)]).toEqual([2, [expect.anything()]])
    expect(stdout + stderr).toContain('http://host:port')
  }
})

it('names the proxy that cannot be reached', async () => {
  const done = await call(['user'], '127.0.0.1:9')
  expect(done).toMatchObject({ code: 6, stderr: expect.stringContaining('http://127.0.0.1:9 (https_proxy)') })
})
