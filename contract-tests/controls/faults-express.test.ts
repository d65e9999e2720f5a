import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it } from 'vitest'
import { createControl, type PlannedFault } from '../../client/control/index.ts'
import { rescaleApp } from '../../mock-server/express.ts'
import { createRescale } from '../../mock-server/index.ts'

/** The mock as an app that is mounted in somebody else's. */
async function mounted() {
  const rescale = createRescale()
  const server = createServer(express().use(rescaleApp(rescale)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    rescale,
    url,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await rescale.close()
    },
  }
}

const faults: readonly PlannedFault[] = [
  { operation: 'getCurrentUser', kind: 'status', status: 503 },
  { operation: 'getCurrentUser', kind: 'reset', when: 'before' },
  { operation: 'getCurrentUser', kind: 'reset', when: 'during', afterBytes: 10 },
  { operation: 'getCurrentUser', kind: 'cut', afterBytes: 10 },
  { operation: 'getCurrentUser', kind: 'cut', afterBytes: 10, contentLength: 'honest' },
]

it('act the same through an Express app', async () => {
  await using mock = await mounted()
  const { apiKey } = mock.rescale
  const control = createControl({ baseUrl: mock.url, apiKey })
  await control.faults.plan(faults)
  const me = () => fetch(`${mock.url}/api/v2/users/me/`, { headers: { authorization: `Token ${apiKey}` } })
  expect((await me()).status).toBe(503)
  await expect(me()).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  for (let count = 0; count < 2; count += 1) {
    const broken = await me()
    expect(Number(broken.headers.get('content-length'))).toBeGreaterThan(10)
    await expect(broken.text()).rejects.toThrow(TypeError)
  }
  expect(await (await me()).text()).toHaveLength(10)
  expect((await me()).status).toBe(200)
  await control.faults.assertConsumed()
})

it('leaves requests for other hosts alone there, too', async () => {
  await using mock = await mounted()
  const { request } = await import('node:http')
  const asked = request(`${mock.url}/_mock/time/`, { headers: { host: 'evil.example' } }).end()
  const [response] = await once(asked, 'response')
  expect(response.resume().statusCode).toBe(421)
})
