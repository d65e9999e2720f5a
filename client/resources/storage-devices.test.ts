import { expect, it } from 'vitest'
import { aClient } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aPage, aServer, bodyOf, sendJson } from '../test-support/server.ts'

/** A platform on which each look at a device's history gives the next of `looks`, the last one for ever. */
function aDeviceServer(looks: readonly (readonly string[])[]) {
  let look = 0
  return aServer((_, response) => {
    const rows = looks[Math.min(look++, looks.length - 1)] ?? []
    const entries = rows.map((status, index) => ({
      status,
      statusDate: `2026-01-01T00:00:0${rows.length - index}.000000Z`,
      statusReason: null,
    }))
    sendJson(response, 200, aPage(entries))
  })
}

it('calls every operation at its address, with its body', async () => {
  const bodies: unknown[] = []
  await using server = await aServer(async (request, response) => {
    const body = await bodyOf(request)
    if (body.length > 0) bodies.push(JSON.parse(body.toString()))
    const isPage =
      request.method === 'GET' && /storage-devices\/(\?.*|abc\/statuses\/)?$/.test(request.url ?? '')
    sendJson(response, 200, isPage ? aPage([]) : {})
  })
  const { storageDevices, jobs } = aClient(server.url)
  const calls: (() => Promise<unknown>)[] = [
    () => storageDevices.list().toArray(),
    () => storageDevices.list({ active: true }).toArray(),
    () => storageDevices.get('abc'),
    () => storageDevices.create({ name: 'device', storageSize: 10, region: { id: 'OLjea' } }),
    () => storageDevices.submit('abc'),
    () => storageDevices.shutdown('abc'),
    () => storageDevices.statuses('abc').toArray(),
    () => storageDevices.regions(),
    () => storageDevices.putFiles('abc', ['one', 'two'], { outputDir: 'case' }),
    () => jobs.attachStorage('job', 'abc'),
  ]
  for (const call of calls) await call()
  expect(server.seen.map(({ method, url }) => `${method} ${url.replace('/api/v2/', '')}`)).toEqual([
    'GET storage-devices/',
    'GET storage-devices/?active=true',
    'GET storage-devices/abc/',
    'POST storage-devices/',
    'POST storage-devices/abc/submit/',
    'POST storage-devices/abc/shutdown/',
    'GET storage-devices/abc/statuses/',
    'GET storage-devices/available-regions/',
    'POST storage-devices/abc/file-downloads/',
    'POST jobs/job/storage-devices/',
  ])
  expect(bodies).toEqual([
    { name: 'device', storageSize: 10, region: { id: 'OLjea' } },
    { files: [{ id: 'one' }, { id: 'two' }], outputDir: 'case' },
    { storageDevice: { id: 'abc' } },
  ])
})

it('waits until a device has started, and reports what comes on the way', async () => {
  await using server = await aDeviceServer([
    ['Not Started'],
    ['Starting', 'Not Started'],
    ['Started', 'Starting', 'Not Started'],
  ])
  const seen: string[] = []
  const client = aClient(server.url, { clock: aClock() })
  const result = await client.storageDevices.waitFor('abc', 'Started', {
    onStatus: ({ status }) => seen.push(status),
  })
  expect(result).toMatchObject({ reached: true, status: { status: 'Started' } })
  expect(seen).toEqual(['Not Started', 'Starting', 'Started'])
})

it('does not wait for a device that has stopped without it', async () => {
  await using server = await aDeviceServer([
    ['Not Started'],
    ['Stopped', 'Stopping', 'Stop Requested', 'Not Started'],
  ])
  const client = aClient(server.url, { clock: aClock() })
  const result = await client.storageDevices.waitFor('abc', ['Starting', 'Started'])
  expect(result).toMatchObject({ reached: false, why: 'ended', last: { status: 'Stopped' } })
})

it('waits until a device has stopped', async () => {
  await using server = await aDeviceServer([['Started'], ['Stopping', 'Started'], ['Stopped', 'Started']])
  const client = aClient(server.url, { clock: aClock() })
  expect((await client.storageDevices.waitFor('abc', 'Stopped')).reached).toBe(true)
})
