import { expect, it } from 'vitest'
import { createRescale, type Rescale } from '../../mock-server/index.ts'
import { aJob, jobStatuses, savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'
import { aWall } from './wall.ts'

describeRescale('throttling', (target) => {
  const me = () => target().fetch('/api/v2/users/me/')
  const scope = async (name: string) =>
    (await target().control.throttling.read()).scopes.find((one) => one.scope === name)

  it('is off, and counts what it would have refused', async () => {
    target().world.throttling.turnOn({ user: 2 })
    target().world.throttling.turnOff()
    expect(await target().control.throttling.turnOff()).toMatchObject({ isOn: false })
    expect(await scope('user')).toMatchObject({ limit: 7_200, used: 0 })
    await me()
    expect(await scope('user')).toEqual({
      scope: 'user',
      limit: 7_200,
      used: 1,
      requests: 1,
      busiestHour: 1,
      busiestPercent: 0,
      refused: 0,
      wouldRefuse: 0,
    })
  })

  it('reports of what it would have refused, and refuses nothing, while it is off', async () => {
    await target().control.throttling.turnOff({ user: 2 })
    const statuses = [await me(), await me(), await me(), await me()].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200, 200])
    const report = { limit: 2, used: 2, requests: 4, busiestHour: 4, busiestPercent: 200 }
    expect(await scope('user')).toEqual({ scope: 'user', ...report, refused: 0, wouldRefuse: 2 })
    target().world.advance('61m')
    await me()
    expect(await scope('user')).toMatchObject({ used: 1, requests: 5, wouldRefuse: 2 })
  })

  it('has the limits of the platform, each for its own requests', async () => {
    const { id } = await savedJob(target())
    await target().fetch(`/api/v2/jobs/${id}/submit/`, { method: 'POST' })
    await target().fetch('/api/v2/jobs/')
    await target().fetch(`/api/v2/jobs/${id}/statuses/`)
    const { scopes } = await target().control.throttling.read()
    expect(scopes.map((one) => [one.scope, one.limit, one.used])).toEqual([
      ['user', 7_200, 1],
      ['job-submission', 1_000, 1],
      ['jobs-usage', 90_000, 2],
    ])
  })

  it('answers 429 with Retry-After until the hour has slid on', async () => {
    await target().control.throttling.turnOn({ user: 2 })
    expect([(await me()).status, (await me()).status]).toEqual([200, 200])
    target().world.advance('10m')
    const refused = await me()
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '3000',
      { detail: 'Request was throttled. Expected available in 3000 seconds.' },
    ])
    // Other scopes have room.
    expect((await target().fetch('/api/v2/jobs/')).status).toBe(200)
    expect(target().world.throttling.report()[0]).toMatchObject({
      used: 2,
      requests: 3,
      busiestHour: 3,
      busiestPercent: 150,
      refused: 1,
    })
    target().world.advance('50m')
    expect((await me()).status).toBe(200)
  })

  it('answers 429 for readings of jobs, too, when they have used up theirs', async () => {
    const { id } = await savedJob(target())
    await target().control.throttling.turnOn({ 'jobs-usage': 2 })
    const paths = ['/api/v2/jobs/', `/api/v2/jobs/${id}/`, `/api/v2/jobs/${id}/statuses/`]
    const statuses = async () =>
      Promise.all(paths.map(async (path) => (await target().fetch(path)).status)).then((all) => all.sort())
    expect(await statuses()).toEqual([200, 200, 429])
    const refused = await target().fetch('/api/v2/jobs/')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3600'])
    expect((await me()).status).toBe(200)
    target().world.advance('1h')
    expect(await statuses()).toEqual([200, 200, 429])
  })

  it('carries out nothing that it refuses', async () => {
    const [first, second] = [await savedJob(target()), await savedJob(target())]
    await target().control.throttling.turnOn({ 'job-submission': 1 })
    const submit = async ({ id }: { id: string }) =>
      (await target().fetch(`/api/v2/jobs/${id}/submit/`, { method: 'POST' })).status
    expect([await submit(first), await submit(second)]).toEqual([200, 429])
    expect(target().world.throttling.isOn).toBe(true)
    await target().control.throttling.turnOff()
    expect([await jobStatuses(target(), first.id), await jobStatuses(target(), second.id)]).toEqual([
      ['Pending'],
      [],
    ])
  })

  it('ends with the world that it was turned on for', async () => {
    await target().control.throttling.turnOn({ user: 1 })
    await me()
    await target().world.reset()
    expect(await target().control.throttling.read()).toMatchObject({
      isOn: false,
      scopes: [{ requests: 0 }, {}, {}],
    })
  })

  it.each([{}, { isOn: 'maybe' }, { isOn: true, limits: { user: 0 } }, { isOn: true, limits: { files: 1 } }])(
    'refuses %j',
    async (body) => {
      const answer = await target().fetch('/_mock/throttling/', {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      expect(answer.status).toBe(400)
      expect(target().world.throttling.isOn).toBe(false)
    },
  )
})

/** As many jobs, none of them submitted. */
async function savedJobs({ apiKey, fetch }: Rescale, count: number): Promise<string[]> {
  const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(aJob()) }
  const ids: string[] = []
  while (ids.length < count) {
    const answer = await fetch('http://mock.test/api/v2/jobs/', init)
    ids.push(((await answer.json()) as { id: string }).id)
  }
  return ids
}

// The platform's own numbers, each reached by as many requests.
it.each([
  { scope: 'user', limit: 7_200, method: 'GET', path: () => '/api/v2/users/me/' },
  {
    scope: 'job-submission',
    limit: 1_000,
    method: 'POST',
    path: (job = '') => `/api/v2/jobs/${job}/submit/`,
  },
  { scope: 'jobs-usage', limit: 90_000, method: 'GET', path: () => '/api/v2/jobs/?page_size=1' },
] as const)(
  'answers 429 after $limit requests of $scope in an hour, and not before',
  { timeout: 60_000 },
  async ({ scope, limit, method, path }) => {
    await using rescale = createRescale({ throttling: true, journal: { isOn: false } })
    const world = rescale.world()
    const headers = { authorization: `Token ${rescale.apiKey}` }
    const jobs = scope === 'job-submission' ? await savedJobs(rescale, limit + 2) : []
    const origin = 'http://mock.test'
    const ask = async (count: number) =>
      rescale.exchange({ method, target: path(jobs[count]), origin, headers, body: null })
    const one = async (count: number) => {
      const { status, headers: told } = await ask(count)
      return [status, told['retry-after']]
    }
    expect(await one(0)).toEqual([200, undefined])
    world.advance('1m')
    for (let count = 1; count < limit; count += 1) {
      const { status } = await ask(count)
      if (status !== 200) throw new Error(`request ${count + 1} was answered with ${status}`)
    }
    expect(await one(limit)).toEqual([429, '3540'])
    expect(world.throttling.report().find((report) => report.scope === scope)).toMatchObject({
      ...{ limit, used: limit, requests: limit + 1, refused: 1 },
    })
    world.advance('58m')
    expect(await one(limit)).toEqual([429, '60'])
    // The first has been an hour ago, the others have not.
    world.advance('1m')
    expect(await one(limit)).toEqual([200, undefined])
    expect(await one(limit + 1)).toEqual([429, '60'])
    world.advance('1m')
    expect(await one(limit + 1)).toEqual([200, undefined])
  },
)

it.each([{ user: 0 }, { user: 1.5 }, { user: Number.NaN }, { user: 1_000_001 }, { files: 1 }])(
  'takes no limit %j in process either, and stays as it was',
  async (limits) => {
    await using rescale = createRescale()
    const { throttling } = rescale.world()
    const before = throttling.report()
    expect(() => throttling.turnOn(limits)).toThrow('No limit of a scope')
    expect([throttling.isOn, throttling.report()]).toEqual([false, before])
  },
)

it('can be on from the beginning, and lets through again by a clock that only requests move', async () => {
  const wall = aWall()
  await using rescale = createRescale({ throttling: true, pace: 'per-request:10m', wall })
  const { throttling } = rescale.world()
  expect(throttling.isOn).toBe(true)
  throttling.turnOn({ user: 1 })
  const headers = { authorization: `Token ${rescale.apiKey}` }
  const statuses: number[] = []
  for (let count = 0; count < 14; count += 1)
    statuses.push((await rescale.fetch('http://mock.test/api/v2/users/me/', { headers })).status)
  expect(statuses).toContain(429)
  expect(statuses.slice(1)).toContain(200)
})
