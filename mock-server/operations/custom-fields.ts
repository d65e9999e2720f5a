import type { Operation } from './operation.ts'

export const getJobCustomFields: Operation<'getJobCustomFields'> = ({ platform, path }) => ({
  status: 200,
  body: Object.fromEntries(
    [...platform.job(path.jobId).customFields].map(([name, value]) => [
      name,
      { meta: { name }, value: typeof value === 'object' && value !== null ? [...value] : value },
    ]),
  ),
})

/** Nextflow's plugin reads the answer as JSON: what it sent, in its tests. */
export const setJobCustomFields: Operation<'setJobCustomFields'> = ({ platform, path, body }) => {
  platform.setCustomFields(path.jobId, Object.entries(body))
  return { status: 200, body }
}
