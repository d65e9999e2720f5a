import { deviceRequest, type JobWish, jobRequest, uploadForm } from './job-requests.ts'
import { expectThat, type Speaker } from './scenario-context.ts'

/** What many scenarios and preconditions do by the API, each step a call that must succeed. */

export async function saveJob(t: Speaker, wish: Partial<JobWish> = {}): Promise<string> {
  const json = jobRequest({ name: t.unique('job'), ...wish })
  return (await t.call('createJob', { json, expect: 201 })).body.id
}

export async function submitJob(t: Speaker, wish: Partial<JobWish> = {}): Promise<string> {
  const jobId = await saveJob(t, wish)
  await t.call('submitJob', { path: { jobId }, expect: 200 })
  return jobId
}

/** Polls until the job's history has the status, and gives the history back, newest first. */
export async function untilJobWas(t: Speaker, jobId: string, status: string): Promise<string[]> {
  return t.until(`"${status}" of job ${jobId}`, async () => {
    const { body } = await t.call('listJobStatuses', { path: { jobId }, expect: 200 })
    const history = body.results.map((row) => row.status)
    expectThat(
      history.includes(status as never) || !history.includes('Completed'),
      `job ${jobId} is over, and never was "${status}"`,
    )
    return history.includes(status as never) ? history : undefined
  })
}

export async function untilClusterWas(t: Speaker, jobId: string, status: string): Promise<string[]> {
  return t.until(`"${status}" of the cluster of job ${jobId}`, async () => {
    const { body } = await t.call('listClusterStatuses', { path: { jobId }, expect: 200 })
    const history = body.results.map((row) => row.status)
    return history.includes(status as never) ? history : undefined
  })
}

export async function uploadFile(t: Speaker, name: string, bytes: Uint8Array): Promise<string> {
  return (await t.call('uploadFile', { form: uploadForm(name, bytes), expect: 201 })).body.id
}

export async function saveDevice(t: Speaker): Promise<string> {
  const { body } = await t.call('listStorageRegions', { expect: 200 })
  const [region] = body
  expectThat(region, 'there is no region for storage devices')
  const json = deviceRequest(t.unique('storage'), region.id)
  return (await t.call('createStorageDevice', { json, expect: 201 })).body.id
}

export async function untilDeviceWas(t: Speaker, deviceId: string, status: string): Promise<string[]> {
  return t.until(`"${status}" of storage device ${deviceId}`, async () => {
    const { body } = await t.call('listStorageDeviceStatuses', { path: { deviceId }, expect: 200 })
    const history = body.results.map((row) => row.status)
    return history.includes(status as never) ? history : undefined
  })
}

/** The only output that every job has, line by line. */
export async function logOf(t: Speaker, jobId: string): Promise<readonly string[]> {
  const search = { search: 'process_output.log' }
  const { body } = await t.call('listJobFiles', { path: { jobId }, query: search, expect: 200 })
  const [log] = body.results
  expectThat(log, `job ${jobId} has no process_output.log`)
  return (await t.call('listFileLines', { path: { fileId: log.id }, expect: 200 })).body.lines
}
