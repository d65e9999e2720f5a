// Our own client against the mock in this process, every exchange checked against the description of the API.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countsAsFinding, jobRequest, watchFetch } from 'localscale/contract'
import { createRescale } from 'localscale/mock-server'
import { runJob } from '../src/run-job.mjs'

test('our client runs a job to its end, and says nothing that the API does not know', async () => {
  const rescale = createRescale()
  const watched = await watchFetch(rescale.fetch)
  const platform = {
    baseUrl: 'http://rescale.test',
    apiKey: rescale.apiKey,
    fetch: watched.fetch,
    wait: async () => rescale.world().advanceTo('next'),
  }
  const { reason } = await runJob(platform, jobRequest({ name: 'ours', command: 'echo hello' }))
  assert.equal(reason, 'Completed successfully')
  assert.deepEqual(watched.findings().filter(countsAsFinding), [])
  assert.ok(watched.exchanges.length > 3)
  await rescale.close()
})

test('what our client should not say is found', async () => {
  const rescale = createRescale()
  const watched = await watchFetch(rescale.fetch)
  const response = await watched.fetch('http://rescale.test/api/v2/jobs/?colour=red', {
    headers: { Authorization: `Token ${rescale.apiKey}` },
  })
  await response.text()
  await rescale.close()
  const [finding] = watched.findings().filter(countsAsFinding)
  assert.equal(finding?.class, 'undocumented-parameter')
})
