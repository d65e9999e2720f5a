import { type ClusterStatus, clusterStatuses } from '../../domain/cluster-status.ts'
import type { PlatformEvent } from '../../domain/events.ts'
import { jobStatuses } from '../../domain/job-status.ts'
import type { WorldState } from '../../domain/saved/save-changes.ts'
import type { SavedDevice } from '../../domain/saved/saved-platform.ts'
import type { SavedVolume, SavedVolumeContent } from '../../domain/saved/saved-volume.ts'
import type { Appointment } from '../../domain/scheduler.ts'
import { fields, flag, id, listOf, nullable, number, object, oneOf, text, whole } from './fields.ts'

const status = (value: unknown, where: string): ClusterStatus => oneOf(clusterStatuses)(value, where)

const device = fields({
  id,
  sequence: whole,
  clusterId: text,
  dateInserted: whole,
  definition: fields({
    name: text,
    storageSize: number,
    hardware: fields({ walltime: nullable(number), coresPerSlot: whole, coreType: text }),
    firstAlert: number,
    secondAlert: number,
    autoextend: flag,
    autoextendPercent: number,
    walltimeAlert: flag,
    walltimeAlertHours: number,
    region: fields({ id: text, name: text }),
  }),
  isSubmitted: flag,
  statuses: listOf(fields({ id: text, status, at: whole, reason: nullable(text) })),
})

export const readDevice = (value: unknown): SavedDevice => device(value, 'device')

export function tellVolume({ deviceId, files }: SavedVolume) {
  return {
    deviceId,
    files: files.map(({ content, ...file }) => ({ ...file, content: tellContent(content) })),
  }
}

const tellContent = (content: SavedVolumeContent) =>
  content.kind === 'bytes'
    ? { kind: 'bytes', base64: Buffer.from(content.bytes).toString('base64') }
    : content

const volume = fields({
  deviceId: id,
  files: listOf(fields({ path: text, at: whole, content: readContent })),
})

export const readVolume = (value: unknown): SavedVolume => volume(value, 'volume')

function readContent(value: unknown, where: string): SavedVolumeContent {
  const content = object(value, where)
  if (content.kind === 'bytes')
    return { kind: 'bytes', bytes: Buffer.from(text(content.base64, where), 'base64') }
  if (content.kind === 'seeded')
    return { kind: 'seeded', ...fields({ size: whole, seed: text, isText: flag })(content, where) }
  return { kind: oneOf(['unkept'])(content.kind, where), size: whole(content.size, where) }
}

const appointment = fields({ at: whole, order: whole, event: object, optional: flag })

export function readAppointment(value: unknown): Appointment<PlatformEvent> {
  const { event, ...read } = appointment(value, 'appointment')
  return { ...read, event: readEvent(event) }
}

function readEvent(event: Readonly<Record<string, unknown>>): PlatformEvent {
  const kind = oneOf(eventKinds)(event.kind, 'event.kind')
  if (kind === 'storage-moves') return { kind, ...fields({ deviceId: id, to: status })(event, 'event') }
  if (kind === 'storage-walltime-reached') return { kind, ...fields({ deviceId: id })(event, 'event') }
  if (kind === 'cluster-moves') return { kind, ...fields({ jobId: id, to: status })(event, 'event') }
  if (kind === 'job-moves') return { kind, ...fields({ jobId: id, to: oneOf(jobStatuses) })(event, 'event') }
  if (kind === 'ending-strikes' || kind === 'instance-replaced')
    return { kind, ...fields({ jobId: id })(event, 'event') }
  return { kind, ...fields({ jobId: id, runId: id })(event, 'event') }
}

const eventKinds = [
  'storage-moves',
  'storage-walltime-reached',
  'job-moves',
  'cluster-moves',
  'run-ends',
  'run-obeys',
  'ending-strikes',
  'instance-replaced',
  'walltime-reached',
] as const satisfies readonly PlatformEvent['kind'][]

const idCounts = fields({
  job: whole,
  file: whole,
  cluster: whole,
  status: whole,
  instance: whole,
  account: whole,
})

const state = fields({ seed: text, now: whole, booked: whole })

/** A kind of which none was taken is left out. */
export function readState(value: unknown): WorldState {
  const none = { job: 0, file: 0, cluster: 0, status: 0, instance: 0, account: 0 }
  const { ids } = object(value, 'world')
  return { ...state(value, 'world'), ids: idCounts({ ...none, ...object(ids, 'world.ids') }, 'world.ids') }
}
