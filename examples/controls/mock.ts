import { createClient } from 'localscale/client'
import { createControl } from 'localscale/control'

const {
  RESCALE_URL: baseUrl = '',
  RESCALE_KEY: apiKey = '',
  RESCALE_ADMIN_TOKEN: adminToken = '',
} = process.env

/** What the examples share. */
export const client = createClient({ baseUrl, apiKey })
export const control = createControl({ baseUrl, apiKey, adminToken })

export const saveJob = () =>
  client.jobs.create({
    name: 'pi',
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command: 'echo done',
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      },
    ],
  })

/** Status and headers of a request, whatever they are. */
export const get = (path: string, key = apiKey) =>
  fetch(baseUrl + path, { headers: { authorization: `Token ${key}` } })
