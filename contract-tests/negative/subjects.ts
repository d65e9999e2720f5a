import type { JsonBodyOperationId } from '../../openapi/generated/request-schemas.ts'
import { aJob, finishedJob, savedJob, uploadedFile } from '../fixtures.ts'
import type { Target } from '../targets.ts'
import type { JsonValue } from './violations.ts'

/** A request that the platform takes, before anything in it is broken. */
export interface Subject {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body: JsonValue
}

const asJson = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue

/** Of every operation with a body that the platform looks at. */
export const subjects: Partial<Record<JsonBodyOperationId, (target: Target) => Promise<Subject>>> = {
  createJob: async () => ({ method: 'POST', path: '/api/v2/jobs/', body: asJson(aJob()) }),
  updateJob: async (target) => {
    const { id } = await savedJob(target)
    return { method: 'PATCH', path: `/api/v2/jobs/${id}/`, body: asJson(aJob()) }
  },
  replaceJob: async (target) => {
    const { id } = await savedJob(target)
    return { method: 'PUT', path: `/api/v2/jobs/${id}/`, body: asJson(aJob()) }
  },
  addJobTag: async (target) => {
    const { id } = await savedJob(target)
    return { method: 'POST', path: `/api/v2/jobs/${id}/tags/`, body: { name: 'airfoil' } }
  },
  removeJobTag: async (target) => {
    const { id } = await savedJob(target)
    await target.client.POST('/api/v2/jobs/{jobId}/tags/', {
      params: { path: { jobId: id } },
      body: { name: 'airfoil' },
    })
    return { method: 'DELETE', path: `/api/v2/jobs/${id}/tags/`, body: { name: 'airfoil' } }
  },
  setJobCustomFields: async (target) => {
    const { id } = await savedJob(target)
    return { method: 'POST', path: `/api/v2/jobs/${id}/custom-fields/`, body: { Customer: 'ACME' } }
  },
  assignJobToProject: async (target) => {
    const { id } = await savedJob(target)
    const { user, projects } = target.world.platform
    const path = `/api/v2/organizations/${user.company.code}/jobs/${id}/project-assignment/`
    return { method: 'POST', path, body: { projectId: projects[0]?.id ?? '' } }
  },
  shareJob: async (target) => {
    const { id } = await finishedJob(target)
    return { method: 'POST', path: `/api/v2/jobs/${id}/share/`, body: { email: 'ada@example.com' } }
  },
  updateFile: async (target) => {
    const { id } = await uploadedFile(target, 'range.inp', '1 2')
    return { method: 'PATCH', path: `/api/v2/files/${id}/`, body: { name: 'other.inp' } }
  },
  createStorageDevice: async () => ({ method: 'POST', path: '/api/v2/storage-devices/', body: aDevice }),
  attachStorageDevice: async (target) => {
    const device = await runningDevice(target)
    const { id } = await savedJob(target)
    const body = { storageDevice: { id: device } }
    return { method: 'POST', path: `/api/v2/jobs/${id}/storage-devices/`, body }
  },
  downloadFilesToStorageDevice: async (target) => {
    const device = await runningDevice(target)
    const { id } = await uploadedFile(target, 'range.inp', '1 2')
    const body = { files: [{ id }] }
    return { method: 'POST', path: `/api/v2/storage-devices/${device}/file-downloads/`, body }
  },
}

const aDevice = { name: 'scratch', storageSize: 10, hardware: { walltime: 6 } }

async function runningDevice(target: Target): Promise<string> {
  const { data } = await target.client.POST('/api/v2/storage-devices/', { body: aDevice })
  if (!data) throw new Error('the device was refused')
  const params = { path: { deviceId: data.id } }
  await target.client.POST('/api/v2/storage-devices/{deviceId}/submit/', { params })
  target.world.settle()
  return data.id
}
