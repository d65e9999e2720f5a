import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { createRescale, listen } from '../../mock-server/index.ts'
import { aJob } from '../fixtures.ts'

/** Tests that go on at the same time on one server, each with its own key. */
const tests = Array.from({ length: 6 }, (_, number) => ({
  number,
  apiKey: String(number).repeat(40),
  /** An answer that nobody else plans, and how often. */
  fault: { status: 520 + number, times: number + 1 },
  steps: [`${number}h`, `${number}m`, `${number + 1}s`],
  pace: number === 5 ? 'per-request:30s' : 'still',
}))

const REQUESTS = 12
const hour = 3_600_000

/** Lets all go on when the last has come. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count
  let open = (): void => undefined
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    missing -= 1
    if (missing === 0) open()
    return all
  }
}

it('tests on one server have each their own faults, clock, jobs, limits and journal', async () => {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  const [planned, jobsMade, moved] = [
    meetingOf(tests.length),
    meetingOf(tests.length),
    meetingOf(tests.length),
  ]
  const run = async ({ number, apiKey, fault, steps, pace }: (typeof tests)[number]): Promise<void> => {
    const { time, faults, throttling, journal } = createControl({ baseUrl: listening.url, apiKey })
    const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
    const ask = (method: string, path: string, body?: unknown) =>
      fetch(`${listening.url}/api/v2/${path}`, {
        ...{ method, headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
    const begun = Date.parse((await time.read()).now)
    const { status, times } = fault
    await faults.plan([{ operation: 'getCurrentUser', kind: 'status', status, times }])
    await throttling.turnOn({ user: 100 + number })
    await planned()

    const met = await Promise.all(
      Array.from({ length: REQUESTS }, async () => (await ask('GET', 'users/me/')).status),
    )
    expect(met.filter((one) => one !== 200)).toEqual(Array.from({ length: times }, () => status))
    expect((await faults.list()).map(({ faults: [first] }) => first)).toMatchObject([
      { consumed: times, left: 0 },
    ])

    const name = `of ${number}`
    const { id } = (await (await ask('POST', 'jobs/', aJob({ name, command: 'sleep 60' }))).json()) as {
      id: string
    }
    expect((await ask('POST', `jobs/${id}/submit/`)).status).toBe(200)
    await jobsMade()
    // The first one's clock moves by a second, while those of others go on by hours.
    const waiting = time.wait({ job: id, status: 'Completed' }, number === 0 ? { timeout: '10ms' } : {})
    for (const by of steps) await time.advance(by)
    await moved()
    expect(await waiting).toBe(number === 0 ? 'timeout' : 'reached')
    const { now, due } = await time.read()
    expect(Date.parse(now) - begun).toBe(number * hour + number * 60_000 + (number + 1) * 1_000)
    expect(due.length).toBe(number === 0 ? 1 : 0)

    await time.setPace(pace)
    for (let count = 0; count < 3; count += 1) await ask('GET', 'users/me/')
    expect(Date.parse((await time.read()).now) - Date.parse(now)).toBe(pace === 'still' ? 0 : 4 * 30_000)
    const { results } = (await (await ask('GET', 'jobs/?page_size=100')).json()) as {
      results: { name: string }[]
    }
    expect(results.filter((job) => job.name.startsWith('of ')).map((job) => job.name)).toEqual([name])
    await faults.assertConsumed()
    await journal.assertCalled({ operation: 'getCurrentUser' }, { exactly: REQUESTS + 3 })
    await journal.assertCalled({ operation: 'getCurrentUser', status: `${status}` }, { exactly: times })
    await journal.assertCalled({ operation: 'createJob' }, { exactly: 1 })
    expect((await throttling.read()).scopes[0]).toMatchObject({ limit: 100 + number, requests: REQUESTS + 4 })
  }
  await Promise.all(tests.map(run))
})
