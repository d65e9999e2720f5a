import { describe, expect, it } from 'vitest'
import { hour, minute } from './instant.ts'
import { announcedQuirks } from './quirks.ts'
import type { StorageDevice, StorageDraft } from './storage-device.ts'
import { anUpload, aPlatform, createJob, refusalOf } from './testing/a-platform.ts'

type TestWorld = ReturnType<typeof aPlatform>

const aStorageDraft = (changes: Partial<StorageDraft> = {}): StorageDraft => ({
  name: 'Test HPS Storage',
  storageSize: 10,
  hardware: { walltime: 6 },
  region: { id: 'OLjea' },
  ...changes,
})

const aDevice = ({ platform, catalogue }: TestWorld, changes: Partial<StorageDraft> = {}): StorageDevice =>
  platform.storage.create(aStorageDraft(changes), catalogue)

function aStartedDevice(world: TestWorld, changes: Partial<StorageDraft> = {}): StorageDevice {
  const device = aDevice(world, changes)
  world.platform.storage.submit(device.id)
  world.platform.settle()
  return device
}

const statusesOf = ({ statuses }: StorageDevice) => statuses.map(({ status }) => status)
const wholeLife = ['Stopped', 'Stopping', 'Stop Requested', 'Started', 'Starting', 'Not Started']

describe('a storage device', () => {
  it('is saved Not Started, with what was asked for and what is usual', () => {
    const world = aPlatform()
    const device = aDevice(world)
    world.platform.advance(24 * hour)
    expect(statusesOf(device)).toEqual(['Not Started'])
    expect(device.statuses[0]?.at).toBe(device.dateInserted)
    expect(device.definition).toEqual({
      name: 'Test HPS Storage',
      storageSize: 10,
      hardware: { walltime: 6, coresPerSlot: 1, coreType: 'hpc-3' },
      firstAlert: 60,
      secondAlert: 80,
      autoextend: false,
      autoextendPercent: 1,
      walltimeAlert: false,
      walltimeAlertHours: 0,
      region: { id: 'OLjea', name: 'ap-northeast-2' },
    })
  })

  it('understands the older form, in megabytes', () => {
    const { platform, catalogue } = aPlatform()
    const device = platform.storage.create({ name: 'old', storageSizeMb: 1000, walltime: 4 }, catalogue)
    expect(device.definition).toMatchObject({ storageSize: 1, hardware: { walltime: 4 } })
  })

  it('is refused with all that is wrong', () => {
    const { platform, catalogue } = aPlatform()
    const draft = {
      name: ' ',
      hardware: { walltime: 0, coreType: 'diamond' },
      region: { id: 'nowhere' },
    }
    expect(refusalOf(() => platform.storage.create(draft, catalogue))).toEqual({
      kind: 'invalid',
      errors: {
        name: ['This field may not be blank.'],
        storageSize: ['This field is required.'],
        hardware: {
          coreType: ['Object with code=diamond does not exist.'],
          walltime: ['Ensure this value is greater than 0.'],
        },
        region: ['Invalid pk "nowhere" - object does not exist.'],
      },
    })
    expect(platform.storage.list().count).toBe(0)
  })

  it('starts when it is submitted, and lasts until it is shut down', () => {
    const world = aPlatform()
    const device = aStartedDevice(world, { hardware: {} })
    expect(statusesOf(device)).toEqual(['Started', 'Starting', 'Not Started'])
    world.platform.advance(10_000 * hour)
    expect(device.status).toBe('Started')
    world.platform.storage.shutDown(device.id)
    expect(device.status).toBe('Stop Requested')
    world.platform.settle()
    expect(statusesOf(device)).toEqual(wholeLife)
  })

  it('ends at its walltime, which counts from its start', () => {
    const world = aPlatform()
    const device = aStartedDevice(world)
    world.platform.advance(6 * hour - minute)
    expect(device.status).toBe('Started')
    world.platform.advance(2 * minute)
    expect(statusesOf(device)).toEqual(wholeLife)
  })

  it('can be shut down before it has started', () => {
    const world = aPlatform()
    const device = aDevice(world)
    world.platform.storage.submit(device.id)
    world.platform.storage.shutDown(device.id)
    world.platform.settle()
    expect(statusesOf(device)).toEqual(['Stopped', 'Stopping', 'Stop Requested', 'Not Started'])
  })

  it('is submitted once; what a second time does is as for jobs', () => {
    const observed = aPlatform()
    const device = aStartedDevice(observed)
    observed.platform.storage.submit(device.id)
    observed.platform.settle()
    expect(statusesOf(device)).toEqual(['Started', 'Starting', 'Not Started'])
    const announced = aPlatform({ quirks: announcedQuirks })
    const other = aStartedDevice(announced)
    expect(refusalOf(() => announced.platform.storage.submit(other.id))?.kind).toBe('storage-submitted')
  })

  it('is shut down once, and only when it runs', () => {
    const world = aPlatform()
    const { storage } = world.platform
    const device = aDevice(world)
    expect(refusalOf(() => storage.shutDown(device.id))?.kind).toBe('storage-not-running')
    storage.submit(device.id)
    storage.shutDown(device.id)
    expect(refusalOf(() => storage.shutDown(device.id))).toBeNull()
    world.platform.settle()
    expect(refusalOf(() => storage.shutDown(device.id))?.kind).toBe('storage-not-running')
    expect(refusalOf(() => storage.shutDown('nobody'))?.kind).toBe('not-found')
  })

  it('is listed newest first, and by whether it is active', () => {
    const world = aPlatform()
    const { storage } = world.platform
    const [saved, ended, started] = [aDevice(world), aDevice(world), aDevice(world)]
    for (const { id } of [ended, started]) storage.submit(id)
    world.platform.settle()
    storage.shutDown(ended.id)
    expect(storage.list({ active: true }).slice(0, 9)).toEqual([started, ended])
    world.platform.settle()
    expect(storage.list().slice(0, 9)).toEqual([started, ended, saved])
    expect(storage.list({ active: true }).slice(0, 9)).toEqual([started])
    expect(storage.list({ active: false }).slice(0, 9)).toEqual([ended, saved])
  })

  it('lets the executor forget its files when it has stopped', () => {
    const world = aPlatform()
    const released: unknown[] = []
    world.executor.releaseVolume = async (volume) => void released.push(volume)
    const device = aStartedDevice(world)
    world.platform.storage.shutDown(device.id)
    expect(released).toEqual([])
    world.platform.settle()
    expect(released).toEqual([{ tenantId: 'tenant', deviceId: device.id }])
  })
})

describe('a job with a storage device', () => {
  const volumesOf = ({ executor }: TestWorld) => executor.orders.map(({ volumes }) => volumes)

  it('finds it in its home when it runs', () => {
    const world = aPlatform()
    const device = aStartedDevice(world)
    const job = createJob(world.platform)
    for (let time = 0; time < 2; time += 1)
      expect(world.platform.storage.attach(job.id, device.id)).toBe(device)
    world.platform.submitJob(job.id)
    world.platform.settle()
    expect(volumesOf(world)).toEqual([[{ tenantId: 'tenant', deviceId: device.id }]])
  })

  it('does not find a device that is not up', () => {
    const world = aPlatform()
    const device = aDevice(world)
    const job = createJob(world.platform)
    world.platform.storage.attach(job.id, device.id)
    world.platform.submitJob(job.id)
    world.platform.settle()
    expect(volumesOf(world)).toEqual([[]])
  })

  it('has to be attached before it is submitted, to a device that has not ended', () => {
    const world = aPlatform()
    const { storage } = world.platform
    const device = aStartedDevice(world)
    const submitted = createJob(world.platform)
    world.platform.submitJob(submitted.id)
    expect(refusalOf(() => storage.attach(submitted.id, device.id))?.kind).toBe('already-submitted')
    const saved = createJob(world.platform)
    storage.shutDown(device.id)
    expect(refusalOf(() => storage.attach(saved.id, device.id))?.kind).toBe('storage-not-running')
    expect(refusalOf(() => storage.attach('nobody', device.id))).toMatchObject({
      kind: 'not-found',
      what: 'job',
    })
    expect(refusalOf(() => storage.attach(saved.id, 'nobody'))).toEqual({
      kind: 'invalid',
      errors: { storageDevice: ['Invalid pk "nobody" - object does not exist.'] },
    })
  })
})

describe('files for a storage device', () => {
  it('go into a folder of it, and are kept until they are there', async () => {
    const world = aPlatform()
    const device = aStartedDevice(world)
    const file = anUpload(world, 'mesh.dat')
    const given: unknown[] = []
    world.executor.fillVolume = async (volume, files) => {
      await world.platform.deleteFile(file.id)
      given.push(volume, files, world.files.text(file.bytes))
    }
    await world.platform.storage.fill(device.id, [file.id], 'case')
    expect(given).toEqual([
      { tenantId: 'tenant', deviceId: device.id },
      [{ path: 'case/mesh.dat', bytes: file.bytes }],
      'mesh.dat',
    ])
    expect(world.files.count).toBe(0)
  })

  it('are refused when there are none, or the device is not up', async () => {
    const world = aPlatform()
    const device = aDevice(world)
    const file = anUpload(world, 'mesh.dat')
    const refusalOfFill = async (...fileIds: string[]) =>
      world.platform.storage.fill(device.id, fileIds, '').then(
        () => null,
        ({ refusal }) => refusal,
      )
    expect(await refusalOfFill(file.id)).toMatchObject({ kind: 'storage-not-running' })
    expect(await refusalOfFill(file.id, 'nobody')).toEqual({
      kind: 'invalid',
      errors: { files: [{}, { id: ['Invalid pk "nobody" - object does not exist.'] }] },
    })
  })
})
