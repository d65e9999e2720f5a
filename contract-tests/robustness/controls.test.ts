import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { controlBodies, controlRoutes } from '../../openapi/generated/control-routes.ts'
import type { BodySchema } from '../../openapi/route.ts'
import { aJob } from '../fixtures.ts'

/** Waiting is over at once. */
const wall = {
  now: () => Date.parse('2026-11-22T09:00:00Z'),
  after(_: number, callback: () => void) {
    const waiting = setImmediate(callback)
    return () => clearImmediate(waiting)
  },
}

const known = { running: '' }
const texts = [
  ...['', ' ', 'x', '\0', '\ud800', '__proto__', '../x', '9'.repeat(400), 'submitJob', '*', 'AbCdEf'],
  ...['5m', '-5m', '0s', '0.0001ms', '999999999999h', `${'9'.repeat(30)}h`, 'next', 'settled', 'Completed'],
  ...[
    'per-request:1s',
    'per-request:8760h',
    '1000000x',
    '0.0000001x',
    '99999999999999x',
    'out-of-memory after 9999999h',
  ],
]
const scalars = fc.oneof(
  fc.constantFrom(...texts, null, true, false, 0, 1, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER),
  fc.constant(known).map(({ running }) => running),
)
const odd = fc.oneof(scalars, fc.constantFrom([], {}, [null], [[]], { constructor: 1 }))

/** What looks like it here, and is not there. */
function like(schema: BodySchema | undefined): fc.Arbitrary<unknown> {
  const { type, properties, items, oneOf, enum: choices } = schema ?? {}
  const right: fc.Arbitrary<unknown>[] = []
  if (choices) right.push(fc.constantFrom(...choices))
  if (oneOf) right.push(...oneOf.map(like))
  if (type === 'object' && properties)
    right.push(
      fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, like(one)])), {
        requiredKeys: [],
      }),
    )
  if (type === 'array') right.push(fc.array(like(items), { maxLength: 3 }))
  return right.length === 0
    ? odd
    : fc.oneof({ weight: 1, arbitrary: odd }, { weight: 8, arbitrary: fc.oneof(...right) })
}

async function opened() {
  const errors: unknown[] = []
  const rescale = createRescale({ wall, onError: (error) => errors.push(error) })
  const ask = async (
    method: string,
    path: string,
    { key = rescale.apiKey, body }: { key?: string; body?: unknown } = {},
  ) => {
    const answer = await rescale.fetch(`http://rescale.test${path}`, {
      method,
      headers: { authorization: `Token ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, text: await answer.text() }
  }
  const { text } = await ask('POST', '/api/v2/jobs/', { body: aJob({ command: 'sleep 900' }) })
  known.running = (JSON.parse(text) as { id: string }).id
  await ask('POST', `/api/v2/jobs/${known.running}/submit/`)
  return { rescale, ask, errors }
}

type Opened = Awaited<ReturnType<typeof opened>>

/** Time, jobs and lists can still be read: nothing that was taken has spoilt the world. */
async function expectAlive({ ask, errors, rescale }: Opened): Promise<void> {
  for (const path of ['/_mock/time/', '/_mock/faults/', '/_mock/journal/', '/_mock/throttling/'])
    expect((await ask('GET', path)).status).toBe(200)
  rescale.world().faults.clear()
  rescale.world().throttling.turnOff()
  for (const path of ['/api/v2/users/me/', '/api/v2/jobs/', '/api/v2/files/'])
    expect((await ask('GET', path)).status).toBe(200)
  expect(errors).toEqual([])
}

// The end of the server ends the test; and a stream of events only ends with its client.
const asked = controlRoutes.filter(
  ({ operationId, parameters }) =>
    !['shutDown', 'streamJournal'].includes(operationId) &&
    (parameters.length > 0 || controlBodies[operationId] !== undefined),
)

it.each(asked)(
  '$operationId refuses what it cannot do, whatever it is told, and the world goes on',
  async (route) => {
    const { operationId, method, path, parameters, authority } = route
    const place = await opened()
    await using rescale: Rescale = place.rescale
    const key = authority === 'server' ? rescale.adminToken : rescale.apiKey
    const named = (where: string) => parameters.filter((one) => one.in === where).map(({ name }) => name)
    const words = fc.constantFrom(...texts, '1', '-1', '1e9', 'true', 'perhaps')
    const query = fc.record(Object.fromEntries(named('query').map((name) => [name, words])), {
      requiredKeys: [],
    })
    const ids = fc.constantFrom(
      ...texts.filter((text) => text.trim() !== '' && text !== '\ud800'),
      known.running,
    )
    const requests = fc.record({ query, id: ids, body: like(controlBodies[operationId]) })
    await fc.assert(
      fc.asyncProperty(requests, async ({ query, id, body }) => {
        const target = path.replace(/\{\w+\}/g, encodeURIComponent(id))
        const search = new URLSearchParams(query as Record<string, string>)
        const given = controlBodies[operationId] === undefined ? {} : { body }
        const { status, text } = await place.ask(method, `${target}?${search}`, { key, ...given })
        expect([status, text.slice(0, 300)]).toEqual([
          expect.toBeOneOf([200, 201, 204, 400, 404, 408, 409]),
          expect.anything(),
        ])
        if (status === 400) expect(Object.values(JSON.parse(text)).length).toBeGreaterThan(0)
        await expectAlive(place)
      }),
      { numRuns: 60 },
    )
  },
)
