import { type ClusterStatus, clusterStatusesAfter } from './cluster-status.ts'
import { endOf, type Step } from './delays.ts'
import type { StorageEvent } from './events.ts'
import { hour } from './instant.ts'
import type { StoredStorageDevice } from './stored-storage-device.ts'
import type { World } from './world.ts'

/** Where a device goes by itself once it is submitted, and once it is shut down. */
const itinerary: Readonly<Partial<Record<ClusterStatus, readonly [step: Step, to: ClusterStatus]>>> = {
  'Not Started': ['storageNotStarted', 'Starting'],
  Starting: ['storageStarting', 'Started'],
  'Stop Requested': ['clusterStopRequested', 'Stopping'],
  Stopping: ['clusterStopping', 'Stopped'],
}

export function launchStorage(world: World, device: StoredStorageDevice): void {
  device.isSubmitted = true
  world.changes?.device(device)
  bookNext(world, device)
}

/** The user shuts the device down, or its walltime is over. Nothing happens when it is ending already (inferred). */
export function endStorage(world: World, device: StoredStorageDevice): void {
  if (device.isOver) return
  world.scheduler.cancel((event) => 'deviceId' in event && event.deviceId === device.id)
  moveStorage(world, device, 'Stop Requested')
}

export function happenToStorage(world: World, device: StoredStorageDevice, event: StorageEvent): void {
  if (event.kind === 'storage-moves') moveStorage(world, device, event.to)
  else endStorage(world, device)
}

function moveStorage(world: World, device: StoredStorageDevice, to: ClusterStatus): void {
  if (!clusterStatusesAfter[device.status].includes(to))
    throw new Error(`Storage device ${device.id} cannot go from ${device.status} to ${to}`)
  device.note(to, world.scheduler.now())
  world.changes?.device(device)
  if (to === 'Stopped') world.changes?.volume(device.id)
  bookNext(world, device)
  if (to === 'Started') bookWalltime(world, device)
  if (to === 'Stopped') void world.executor.releaseVolume?.({ tenantId: world.tenantId, deviceId: device.id })
}

function bookNext(world: World, device: StoredStorageDevice): void {
  const next = itinerary[device.status]
  if (!next) return
  const [step, to] = next
  const chance = world.random.chance('jitter', `${device.id} ${step}`)
  const at = endOf(step, world.scheduler.now(), chance)
  world.scheduler.book({ at, event: { kind: 'storage-moves', deviceId: device.id, to } })
}

/** Optional, for who settles wants to see the device at work, not to wait for the end of its weeks. */
function bookWalltime(world: World, device: StoredStorageDevice): void {
  const { walltime } = device.definition.hardware
  if (walltime === null) return
  const event = { kind: 'storage-walltime-reached', deviceId: device.id } as const
  world.scheduler.book({ delay: Math.round(walltime * hour), event, optional: true })
}
