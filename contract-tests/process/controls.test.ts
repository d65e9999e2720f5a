import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { startBuiltServer } from '../programs/built-server.ts'

it('ends a served mock with its admin token, and only with that', { timeout: 60_000 }, async () => {
  await using server = await startBuiltServer()
  const { url: baseUrl, apiKey, adminToken } = server
  const stranger = createControl({ baseUrl, apiKey, adminToken: apiKey })
  await expect(stranger.server.shutDown()).rejects.toMatchObject({ status: 401 })
  const control = createControl({ baseUrl, apiKey, adminToken })
  expect(await control.throttling.read()).toMatchObject({ isOn: false })
  await control.server.shutDown()
  await server.stop()
  await expect(fetch(baseUrl)).rejects.toThrow('fetch failed')
})

it('throttles from the beginning when it is served so', { timeout: 60_000 }, async () => {
  await using server = await startBuiltServer(['--throttling'])
  const { url: baseUrl, apiKey, adminToken } = server
  const control = createControl({ baseUrl, apiKey, adminToken })
  expect(await control.throttling.read()).toMatchObject({ isOn: true })
  expect(await control.server.settings()).toMatchObject({ throttling: true, pace: '60x' })
})
