import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { startBuiltServer } from '../programs/built-server.ts'
import { call, until } from './api.ts'

it('ends a served mock with its admin token, and only with that', { timeout: 60_000 }, async () => {
  await using server = await startBuiltServer()
  const { url: baseUrl, apiKey, adminToken } = server
  const stranger = createControl({ baseUrl, apiKey, adminToken: apiKey })
  await expect(stranger.server.shutDown()).rejects.toMatchObject({ status: 401 })
  const control = createControl({ baseUrl, apiKey, adminToken })
  expect(await control.throttling.read()).toMatchObject({ isOn: false })
  await control.server.shutDown()
  await server.stop(null)
  await expect(fetch(baseUrl)).rejects.toThrow('fetch failed')
})

it('ends at once, whoever still waits for something', { timeout: 60_000 }, async () => {
  await using server = await startBuiltServer()
  const { url: baseUrl, apiKey, adminToken } = server
  const control = createControl({ baseUrl, apiKey, adminToken })
  await control.faults.plan([{ operation: 'getCurrentUser', kind: 'delay', when: 'before', for: '10m' }])
  const request = { operation: 'submitJob' }
  const waiting = [
    control.time.wait({ request: 'submitJob' }, { timeout: '5m' }),
    control.journal.verify({ request, timeout: '5m' }),
    control.journal.watch({}).next(),
    call(server, 'users/me/'),
  ].map((one) => one.then(() => 'answered').catch(({ name }: Error) => name))
  await until('the delay has begun', async () => (await control.faults.list())[0]?.faults[0]?.consumed === 1)
  const began = performance.now()
  await control.server.shutDown()
  await server.stop(null)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'TypeError'))
})

it('throttles from the beginning when it is served so', { timeout: 60_000 }, async () => {
  await using server = await startBuiltServer(['--throttling'])
  const { url: baseUrl, apiKey, adminToken } = server
  const control = createControl({ baseUrl, apiKey, adminToken })
  expect(await control.throttling.read()).toMatchObject({ isOn: true })
  expect(await control.server.settings()).toMatchObject({ throttling: true, pace: '60x' })
})
