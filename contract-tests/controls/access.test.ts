import { EventEmitter, once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { createRescale, listen } from '../../mock-server/index.ts'
import { controlRoutes } from '../../openapi/generated/control-routes.ts'
import { describeRescale } from '../targets.ts'

const otherKey = 'f'.repeat(40)
const pathOf = (path: string): string => path.replace(/\{\w+\}/g, 'AbCdEf')

describeRescale('the authority for controls', (target) => {
  const asked = async (method: string, path: string, authorization?: string) => {
    const headers = { ...(authorization !== undefined && { authorization }) }
    const answer = await target().anonymous(pathOf(path), { method, headers })
    return [answer.status, (await answer.json()) as { detail: string }] as const
  }

  it.each(controlRoutes)('is missing for $operationId without credentials', async ({ method, path }) => {
    const [status, body] = await asked(method, path)
    expect([status, body.detail]).toEqual([401, 'Authentication credentials were not provided.'])
  })

  it.each(controlRoutes.filter(({ authority }) => authority === 'server'))(
    'is not that of a tenant for $operationId',
    async ({ method, path }) => {
      const [status] = await asked(method, path, `Token ${target().apiKey}`)
      expect(status).toBe(401)
      expect(target().rescale.tenants()).toHaveLength(1)
    },
  )

  it.each(controlRoutes.filter(({ authority }) => authority === 'tenant'))(
    'is not that of the admin for $operationId',
    async ({ method, path }) => {
      const [status, body] = await asked(method, path, `Token ${target().rescale.adminToken}`)
      expect([status, body.detail]).toEqual([403, expect.stringContaining('API key of the tenant')])
    },
  )

  it('of the admin is none for the API', async () => {
    const [status] = await asked('GET', '/api/v2/users/me/', `Token ${target().rescale.adminToken}`)
    expect(status).toBe(401)
  })

  it.each(['', ' ', 'localscale-admin-', 'localscale-admin-0'.padEnd(57, '0')])(
    'is not to be guessed by %j',
    async (token) => {
      expect((await asked('GET', '/_mock/tenants/', `Token ${token}`))[0]).toBe(401)
    },
  )

  it('of the admin makes, lists and ends worlds', async () => {
    const { server } = target().control
    const created = await server.createTenant(otherKey)
    expect(created.apiKey).toBe(otherKey)
    const [own, other] = await server.tenants()
    expect(own).toMatchObject({ keyEnding: target().apiKey.slice(-4), pace: 'still' })
    expect(other).toMatchObject({ tenantId: created.tenantId, keyEnding: 'ffff' })
    await server.deleteTenant(created.tenantId)
    expect((await server.tenants()).map(({ tenantId }) => tenantId)).toEqual([own?.tenantId])
    await expect(server.deleteTenant(created.tenantId)).rejects.toMatchObject({ status: 404 })
  })

  it('of the admin gets a key made up, with which the API answers', async () => {
    const { apiKey } = await target().control.server.createTenant()
    const headers = { authorization: `Token ${apiKey}` }
    expect((await target().anonymous('/api/v2/users/me/', { headers })).status).toBe(200)
    for (const key of ['', ' ', 'short', 'A'.repeat(40), `${'a'.repeat(40)}\n0`])
      await expect(target().control.server.createTenant(key)).rejects.toMatchObject({
        status: 400,
        body: { apiKey: [expect.any(String)] },
      })
    expect(target().rescale.tenants()).toHaveLength(2)
  })

  it('of the admin says how new worlds begin, and old ones stay as they are', async () => {
    const { server } = target().control
    expect(await server.settings()).toMatchObject({ pace: 'still' })
    expect(await server.changeSettings({ pace: 'settled' })).toMatchObject({ pace: 'settled' })
    await expect(server.changeSettings({ pace: 'fast' })).rejects.toMatchObject({ status: 400 })
    await server.createTenant(otherKey)
    expect((await server.tenants()).map(({ pace }) => pace)).toEqual(['still', 'settled'])
    expect(target().rescale.defaults).toMatchObject({ pace: 'settled' })
  })

  it('is nothing to a page of another origin', async () => {
    const headers = { authorization: `Token ${target().apiKey}`, origin: 'http://evil.example' }
    for (const path of ['/_mock/time/', '/_mock/tenants/']) {
      const answer = await target().anonymous(path, { headers })
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
    if (!target().takesUndescribed) return
    const asks = { ...headers, 'access-control-request-method': 'POST' }
    const preflight = await target().anonymous('/_mock/world/reset/', { method: 'OPTIONS', headers: asks })
    expect([preflight.ok, preflight.headers.get('access-control-allow-origin')]).toEqual([false, null])
  })

  it('does not help with another method, or where there is no control', async ({ skip }) => {
    skip(!target().takesUndescribed, 'through msw only what is described arrives')
    const answer = async (method: string, path: string) => (await target().fetch(path, { method })).status
    expect(await answer('DELETE', '/_mock/time/')).toBe(405)
    expect(await answer('GET', '/_mock/nothing/')).toBe(404)
    const near = await target().fetch('/_mock/time')
    expect([near.status, await near.json()]).toEqual([
      404,
      { detail: 'Not found. The slash at the end is missing: /_mock/time/.' },
    ])
  })
})

it('accepts a key that was made although only given ones are accepted', async () => {
  await using rescale = createRescale({ apiKeys: ['a'.repeat(40)] })
  expect(() => rescale.world(otherKey)).toThrow('does not accept')
  const created = rescale.createTenant(otherKey)
  expect(rescale.world(otherKey).platform.tenantId).toBe(created?.tenantId)
  expect(await rescale.deleteTenant(created?.tenantId ?? '')).toBe(true)
  expect(() => rescale.world(otherKey)).toThrow('does not accept')
})

it('tells what clocks say now, though nobody has asked in their worlds meanwhile', async () => {
  let real = Date.UTC(2026, 10, 29)
  await using rescale = createRescale({ pace: 'real', wall: { now: () => real, after: () => () => {} } })
  const begun = rescale.world().now().getTime()
  real += 60_000
  expect(rescale.tenants().map(({ now }) => now.getTime() - begun)).toEqual([60_000])
})

it('ends when it is told to, and says so before', async () => {
  const events = new EventEmitter()
  const ended = once(events, 'ended')
  await using rescale = createRescale({ onShutDown: () => events.emit('ended') })
  const { apiKey, adminToken } = rescale
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey, adminToken })
  await control.server.shutDown()
  await ended
})

it.each([
  ['/api/v2/users/me/', 'evil.example', undefined, 421],
  ['/_mock/time/', 'evil.example', undefined, 421],
  ['/_mock/time/', 'localhost.evil.example:80', undefined, 421],
  ['/_mock/time/', 'localhost', undefined, 200],
  ['/_mock/time/', 'mock.example', undefined, 200],
  ['/api/v2/users/me/', 'localhost', 'http://evil.example', 403],
  ['/api/v2/users/me/', 'localhost', 'null', 403],
  ['/api/v2/users/me/', 'localhost', 'http://localhost:5173', 200],
  ['/api/v2/users/me/', 'mock.example', undefined, 200],
  ['/api/v2/users/me/', 'mock.example', 'http://localhost:5173', 200],
  ['/api/v2/users/me/', 'mock.example', 'http://evil.example', 403],
  ['/api/v2/users/me/', 'mock.example.evil.example', undefined, 421],
  ['/_mock/time/', 'localhost', 'http://localhost:5173', 403],
  ['/_mock/time/', 'localhost', 'null', 403],
  ['/_mock/journal/events/', 'localhost', undefined, 200],
  ['/_mock/journal/events/', 'mock.example', undefined, 200],
  ['/_mock/journal/events/', 'evil.example', undefined, 421],
  ['/_mock/journal/events/', 'mock.example.evil.example', undefined, 421],
  ['/_mock/journal/events/', 'localhost', 'http://evil.example', 403],
  ['/_mock/journal/events/', 'mock.example', 'http://localhost:5173', 403],
])('answers %s for the host %s from a page of %s with %i', async (path, host, origin, status) => {
  await using rescale = createRescale()
  await using listening = await listen(rescale, { publicUrl: 'http://mock.example' })
  const { port } = listening.server.address() as { port: number }
  const headers = { host, authorization: `Token ${rescale.apiKey}`, ...(origin && { origin }) }
  const request = httpRequest({ host: '127.0.0.1', port, path, headers }).end()
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(status)
  expect(corsIn(response)).toEqual([])
  // A stream of events would never end by itself.
  request.destroy()
})

it.each(['/api/v2/users/me/', '/api/v2/jobs/', '/_mock/time/', '/_mock/journal/events/'])(
  'lets no web page ask whether it may use %s',
  async (path) => {
    await using rescale = createRescale()
    await using listening = await listen(rescale)
    const headers = {
      origin: 'http://localhost:5173',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    }
    const request = httpRequest(listening.url + path, { method: 'OPTIONS', headers }).end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(corsIn(response)).toEqual([])
    request.destroy()
  },
)

const corsIn = ({ headers }: IncomingMessage): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'))
