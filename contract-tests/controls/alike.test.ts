import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { createRescale, listen, type Rescale } from '../../mock-server/index.ts'
import { controlRoutes } from '../../openapi/generated/control-routes.ts'
import { aJob } from '../fixtures.ts'
import { fault, otherKey, type Place, publicKey, throttlingOf, timeOf, ways } from './ways-to-control.ts'

it.each(controlRoutes)('$operationId does what a method does, and says the same', async (route) => {
  const { operationId } = route
  await using here = await prepared()
  await using there = await prepared()
  const { method, http, gives } = ways[operationId]
  const before = plain(stateOf(here.rescale))
  const [given, answered] = [await method(here), await http(there)]
  if (given !== undefined) expect(plain(answered)).toEqual(plain(given))
  if (gives) expect(given).toMatchObject(gives)
  if (operationId !== 'shutDown') {
    const after = plain(stateOf(here.rescale))
    expect(plain(stateOf(there.rescale))).toEqual(after)
    if (changes(route)) expect(after).not.toEqual(before)
    else expect(after).toEqual(before)
  } else await expect.poll(() => [here, there].map(({ rescale }) => rescale.tenants().length)).toEqual([0, 0])
})

/** Whether a world is another one after it. To wait on the virtual clock moves it, and to verify is to ask with a body. */
const changes = ({ operationId, method }: (typeof controlRoutes)[number]): boolean =>
  operationId === 'waitFor' || (method !== 'GET' && operationId !== 'verifyJournal')

/** Real time that stands still, so that journals are the same. */
const wall = { now: () => Date.parse('2026-11-22T09:00:00Z'), after: () => () => {} }

async function prepared(): Promise<Place & AsyncDisposable> {
  const rescale = createRescale({ wall, adminToken: 'localscale-admin-0' })
  const listening = await listen(rescale, { publicUrl: 'http://mock.test' })
  const { port } = listening.server.address() as { port: number }
  const { apiKey, adminToken } = rescale
  const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
  const ask = (path: string, init: RequestInit = {}) =>
    rescale.fetch(`http://mock.test/api/v2/${path}`, { headers, ...init })
  const job = async () => {
    const answer = await ask('jobs/', {
      method: 'POST',
      body: JSON.stringify(aJob({ command: 'sleep 900' })),
    })
    return ((await answer.json()) as { id: string }).id
  }
  const file = new Uint8Array(await buffer(rescale.world().export()))
  const [saved, running] = [await job(), await job()]
  await ask(`jobs/${running}/submit/`, { method: 'POST' })
  await ask('users/me/', { headers: {} })
  const world = rescale.world()
  world.snapshot('base')
  world.advanceTo({ job: running, status: 'Executing' })
  world.authorizedKeys.add(publicKey)
  world.faults.plan([fault], { name: 'planned' })
  world.throttling.turnOn({ user: 100 })
  return {
    ...{ rescale, saved, running, file },
    control: createControl({ baseUrl: `http://127.0.0.1:${port}`, apiKey, adminToken }),
    other: rescale.createTenant(otherKey)?.tenantId ?? '',
    async [Symbol.asyncDispose]() {
      await listening.close()
      await rescale.close()
    },
  }
}

/** All that controls can change. */
function stateOf(rescale: Rescale) {
  const world = rescale.world()
  const { platform, throttling, authorizedKeys, journal, faults } = world
  const jobs = platform.jobs()
  return {
    ...{ tenants: rescale.tenants(), defaults: rescale.defaults, time: timeOf(rescale) },
    ...{ throttling: throttlingOf(throttling), keys: authorizedKeys.list(), plans: faults.plans() },
    ...{ snapshots: world.snapshots(), journal: journal.summary() },
    jobs: jobs.slice(0, jobs.count).map(({ id, status }) => ({ id, status })),
    files: platform.files().count,
  }
}

/** As JSON tells it, with instants in milliseconds whichever way they were written. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' && /^\d{4}-\d\d-\d\dT/.test(part) ? Date.parse(part) : part,
    ) ?? 'null',
  )
