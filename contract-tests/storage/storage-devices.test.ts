import { expect, it } from 'vitest'
import type { components } from '../../openapi/generated/schema.d.ts'
import { aJob, savedJob, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale, type Target } from '../targets.ts'

type StorageDevice = components['schemas']['StorageDevice']

/** As a client of 2019 asks (TakahisaShiratori's storage_config.json). */
const aDevice = {
  name: 'High Performance Storage launched with API',
  storageSize: 10,
  hardware: { walltime: 6 },
  firstAlert: 60,
  secondAlert: 90,
  autoextend: false,
  autoextendPercent: 80,
  region: { id: 'OLjea' },
}

async function savedDevice({ client }: Target): Promise<StorageDevice> {
  const { data, error } = await client.POST('/api/v2/storage-devices/', { body: aDevice })
  if (!data) throw new Error(`the device was refused: ${JSON.stringify(error)}`)
  return data
}

async function startedDevice(target: Target): Promise<StorageDevice> {
  const device = await savedDevice(target)
  await target.fetch(new URL(device.urls.start).pathname, { method: 'POST' })
  target.world.settle()
  return device
}

const post = ({ fetch }: Target, path: string, body?: unknown) =>
  fetch(path, {
    method: 'POST',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })

async function statusesOf({ client }: Target, deviceId: string): Promise<string[]> {
  const params = { path: { deviceId } }
  const { data } = await client.GET('/api/v2/storage-devices/{deviceId}/statuses/', { params })
  return data?.results.map(({ status }) => status) ?? []
}

async function outputText({ client, fetch }: Target, jobId: string, name: string): Promise<string> {
  const params = { path: { jobId }, query: { search: name } }
  const { data } = await client.GET('/api/v2/jobs/{jobId}/files/', { params })
  const response = await fetch(`/api/v2/files/${data?.results[0]?.id}/contents/`)
  return response.text()
}

describeRescale('storage devices', (target) => {
  it('are saved, and read back with where to go on', async () => {
    const device = await savedDevice(target())
    expect(device).toMatchObject({
      ...aDevice,
      id: expect.stringMatching(/^[A-Za-z]{6}$/),
      owner: expect.stringContaining('@'),
      hardware: { walltime: 6 },
      region: { id: 'OLjea', name: 'ap-northeast-2' },
      urls: {
        statuses: `${target().origin}/api/v2/storage-devices/${device.id}/statuses/`,
        start: `${target().origin}/api/v2/storage-devices/${device.id}/submit/`,
        fileDownload: `${target().origin}/api/v2/storage-devices/${device.id}/file-downloads/`,
      },
    })
    const response = await target().fetch(`/api/v2/storage-devices/${device.id}/`)
    expect(await response.json()).toEqual(device)
    expect(await statusesOf(target(), device.id)).toEqual(['Not Started'])
  })

  it('are launched, used and shut down', async () => {
    const { id } = await savedDevice(target())
    const submitted = await post(target(), `/api/v2/storage-devices/${id}/submit/`)
    expect([submitted.status, await submitted.text()]).toEqual([200, ''])
    target().world.settle()
    expect(await statusesOf(target(), id)).toEqual(['Started', 'Starting', 'Not Started'])
    const down = await post(target(), `/api/v2/storage-devices/${id}/shutdown/`)
    expect([down.status, await down.text()]).toEqual([200, ''])
    target().world.settle()
    expect((await statusesOf(target(), id))[0]).toBe('Stopped')
    const again = await post(target(), `/api/v2/storage-devices/${id}/shutdown/`)
    expect([again.status, await again.json()]).toEqual([
      400,
      { detail: 'This storage device is not running.' },
    ])
  })

  it('end at their walltime', async () => {
    const { id } = await startedDevice(target())
    target().world.advance('6h')
    target().world.settle()
    expect((await statusesOf(target(), id)).slice(0, 3)).toEqual(['Stopped', 'Stopping', 'Stop Requested'])
  })

  it('are listed newest first, and by whether they are active', async () => {
    const [saved, started] = [await savedDevice(target()), await startedDevice(target())]
    const { data } = await target().client.GET('/api/v2/storage-devices/')
    expect(data?.results.map(({ id }) => id)).toEqual([started.id, saved.id])
    expect(data?.results[1]?.hardware).toEqual({ walltime: 6 })
    const params = { query: { active: true } }
    const active = await target().client.GET('/api/v2/storage-devices/', { params })
    expect(active.data?.results.map(({ id }) => id)).toEqual([started.id])
  })

  it('have regions', async () => {
    const response = await target().fetch('/api/v2/storage-devices/available-regions/')
    expect(await response.json()).toEqual(
      expect.arrayContaining([
        { id: 'pCTMk', name: 'us-east-1' },
        { id: 'OLjea', name: 'ap-northeast-2' },
      ]),
    )
  })

  it('are asked for in the spelling of older clients, too', async () => {
    const response = await post(target(), '/api/v2/storage-devices/', {
      name: 'old',
      storage_size_mb: '1000',
      walltime: 4,
    })
    expect([response.status, await response.json()]).toEqual([
      201,
      expect.objectContaining({
        storageSize: 1,
        hardware: { walltime: 4, coresPerSlot: 1, coreType: 'hpc-3' },
      }),
    ])
  })

  it('are refused with all that is wrong', async () => {
    const response = await post(target(), '/api/v2/storage-devices/', {
      name: 'wrong',
      region: { id: 'nowhere' },
      hardware: { coreType: 'diamond' },
    })
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        storageSize: ['This field is required.'],
        region: ['Invalid pk "nowhere" - object does not exist.'],
        hardware: { coreType: ['Object with code=diamond does not exist.'] },
      },
    ])
    const unnamed = await post(target(), '/api/v2/storage-devices/', { storageSize: 'much' })
    expect([unnamed.status, await unnamed.json()]).toEqual([
      400,
      { name: ['This field is required.'], storageSize: ['A valid integer is required.'] },
    ])
  })

  it('are not found under other ids, nor by other users', async () => {
    const { id } = await startedDevice(target())
    for (const [method, end] of [
      ['GET', ''],
      ['GET', 'statuses/'],
      ['POST', 'submit/'],
      ['POST', 'shutdown/'],
    ] as const) {
      const response = await target().fetch(`/api/v2/storage-devices/ABCDEF/${end}`, { method })
      expect([response.status, await response.json()]).toEqual([404, { detail: 'Not found.' }])
      const foreign = await target().anonymous(`/api/v2/storage-devices/${id}/${end}`, {
        method,
        headers: { authorization: `Token ${'f'.repeat(40)}` },
      })
      expect(foreign.status).toBe(404)
    }
  })

  it('are attached to a job in either spelling, before it is submitted', async () => {
    const { id } = await startedDevice(target())
    for (const key of ['storageDevice', 'storage_device']) {
      const job = await savedJob(target())
      const path = `/api/v2/jobs/${job.id}/storage-devices/`
      const response = await post(target(), path, { [key]: { id } })
      expect([response.status, await response.json()]).toEqual([201, { storageDevice: { id } }])
    }
    const submitted = await submittedJob(target())
    const late = await post(target(), `/api/v2/jobs/${submitted.id}/storage-devices/`, {
      storageDevice: { id },
    })
    expect([late.status, await late.json()]).toEqual([400, { detail: 'This job has already been started.' }])
    const saved = await savedJob(target())
    const wrong = await post(target(), `/api/v2/jobs/${saved.id}/storage-devices/`, {
      storageDevice: { id: 'ABCDEF' },
    })
    expect([wrong.status, await wrong.json()]).toEqual([
      400,
      { storageDevice: ['Invalid pk "ABCDEF" - object does not exist.'] },
    ])
  })

  /** The whole of TakahisaShiratori's submit_hps_job.py. */
  it('hand the results of one job to the next', async () => {
    const input = await uploadedFile(target(), 'input.txt', 'an input\n')
    const device = await startedDevice(target())
    const run = async (command: string, inputs: readonly { id: string }[] = []) => {
      const job = await savedJob(target(), aJob({ command, inputs }))
      await post(target(), `/api/v2/jobs/${job.id}/storage-devices/`, { storageDevice: { id: device.id } })
      await post(target(), `/api/v2/jobs/${job.id}/submit/`)
      target().world.settle()
      return job
    }
    const first = await run('cp input.txt output.txt\necho "Hello from first job" >> output.txt', [
      { id: input.id },
    ])
    const second = await run(
      `cp ~/storage_${device.id}/jobs/${first.id}/run/1/output.txt input.txt\n` +
        'cp input.txt output.txt\necho "Hello from second Job" >> output.txt',
    )
    expect(await outputText(target(), second.id, 'output.txt')).toBe(
      'an input\nHello from first job\nHello from second Job\n',
    )
  })

  it('take files, into a folder', async () => {
    const file = await uploadedFile(target(), 'mesh.dat', 'mesh\n')
    const device = await startedDevice(target())
    const body = { files: [{ id: file.id }], outputDir: 'case' }
    const response = await post(target(), new URL(device.urls.fileDownload).pathname, body)
    expect([response.status, await response.json()]).toEqual([201, body])
    const job = await savedJob(
      target(),
      aJob({ command: `cp ~/storage_${device.id}/case/mesh.dat copy.dat` }),
    )
    await post(target(), `/api/v2/jobs/${job.id}/storage-devices/`, { storageDevice: { id: device.id } })
    await post(target(), `/api/v2/jobs/${job.id}/submit/`)
    target().world.settle()
    expect(await outputText(target(), job.id, 'copy.dat')).toBe('mesh\n')
    const missing = await post(target(), new URL(device.urls.fileDownload).pathname, {
      files: [{ id: 'ABCDEF' }],
    })
    expect([missing.status, await missing.json()]).toEqual([
      400,
      { files: [{ id: ['Invalid pk "ABCDEF" - object does not exist.'] }] },
    ])
  })
})
