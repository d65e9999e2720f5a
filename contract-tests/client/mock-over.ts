import { createControl } from '../../client/control/index.ts'
import { createClient } from '../../client/index.ts'
import { aClock } from '../../client/test-support/clock.ts'
import type { Over } from '../../client/test-support/tls-front.ts'
import { createRescale, type RescaleOptions } from '../../mock-server/index.ts'
import { servedOver } from './served-over.ts'

/** The mock, its faults, and a client that never really sleeps: where the mock's clock stands still, it moves that. */
export async function mockOver(over: Over, options: RescaleOptions = {}) {
  const rescale = createRescale(options)
  const served = await servedOver(rescale, over)
  const clock = aClock((ms) => {
    if (options.pace === 'still') rescale.world().advance(ms)
  })
  const { apiKey } = rescale
  const baseUrl = served.url
  const client = createClient({ baseUrl, apiKey, env: {}, clock, timeouts: { bodyMs: 100 } })
  const { faults } = createControl({ baseUrl, apiKey })
  return {
    rescale,
    url: baseUrl,
    client,
    clock,
    faults,
    async [Symbol.asyncDispose]() {
      await client.close()
      await served[Symbol.asyncDispose]()
      await rescale.close()
    },
  }
}
