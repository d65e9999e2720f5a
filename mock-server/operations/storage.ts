import { type StorageDevice, type StorageRegion, storageRegions } from '../domain/storage-device.ts'
import type { User } from '../domain/user.ts'
import type { Operation } from './operation.ts'
import { listingOf, pageOf } from './page.ts'
import type { Beholder } from './present-file.ts'
import { presentClusterStatus } from './present-job.ts'
import { utcTime } from './present-time.ts'
import type { Wire } from './wire.ts'

export const listStorageDevices: Operation<'listStorageDevices'> = ({ platform, query, page, request }) =>
  pageOf(platform.storage.list({ active: query.active }), page, (device) =>
    presentListItem(device, { user: platform.user, origin: request.origin }),
  )

export const createStorageDevice: Operation<'createStorageDevice'> = async ({
  platform,
  body,
  request,
  catalogue,
}) => {
  const device = platform.storage.create(body, await catalogue())
  return { status: 201, body: presentDevice(device, { user: platform.user, origin: request.origin }) }
}

export const listStorageRegions: Operation<'listStorageRegions'> = () => ({
  status: 200,
  body: storageRegions.map(presentRegion),
})

export const getStorageDevice: Operation<'getStorageDevice'> = ({ platform, path, request }) => ({
  status: 200,
  body: presentDevice(platform.storage.get(path.deviceId), {
    user: platform.user,
    origin: request.origin,
  }),
})

export const submitStorageDevice: Operation<'submitStorageDevice'> = ({ platform, path }) => {
  platform.storage.submit(path.deviceId)
  return { status: 200 }
}

export const shutDownStorageDevice: Operation<'shutDownStorageDevice'> = ({ platform, path }) => {
  platform.storage.shutDown(path.deviceId)
  return { status: 200 }
}

export const listStorageDeviceStatuses: Operation<'listStorageDeviceStatuses'> = ({ platform, path, page }) =>
  pageOf(listingOf(platform.storage.get(path.deviceId).statuses), page, presentClusterStatus)

export const downloadFilesToStorageDevice: Operation<'downloadFilesToStorageDevice'> = async ({
  platform,
  path,
  body,
}) => {
  const { files, outputDir = '' } = body
  const fileIds = files.map(({ id }) => id)
  await platform.storage.fill(path.deviceId, fileIds, outputDir)
  return { status: 201, body: { files: fileIds.map((id) => ({ id })), outputDir } }
}

export const attachStorageDevice: Operation<'attachStorageDevice'> = ({ platform, path, body }) => {
  const { id } = platform.storage.attach(path.jobId, body.storageDevice.id)
  return { status: 201, body: { storageDevice: { id } } }
}

function presentDevice(device: StorageDevice, beholder: Beholder): Wire<'StorageDevice'> {
  const { hardware, region, ...definition } = device.definition
  return {
    ...definition,
    ...factsOf(device, beholder),
    hardware: { ...hardware },
    region: presentRegion(region),
  }
}

function presentListItem(device: StorageDevice, beholder: Beholder): Wire<'StorageDeviceListItem'> {
  const { name, storageSize, hardware } = device.definition
  return { name, storageSize, ...factsOf(device, beholder), hardware: { walltime: hardware.walltime } }
}

const factsOf = (
  { id, clusterId, dateInserted }: StorageDevice,
  { user, origin }: { readonly user: User; readonly origin: string },
) => ({
  id,
  clusterId,
  dateInserted: utcTime(dateInserted),
  owner: user.email,
  urls: {
    statuses: `${origin}/api/v2/storage-devices/${id}/statuses/`,
    start: `${origin}/api/v2/storage-devices/${id}/submit/`,
    fileDownload: `${origin}/api/v2/storage-devices/${id}/file-downloads/`,
  },
})

const presentRegion = ({ id, name }: StorageRegion): Wire<'StorageRegion'> => ({ id, name })
