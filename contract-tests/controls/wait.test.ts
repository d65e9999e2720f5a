import { expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { createRescale, listen } from '../../mock-server/index.ts'
import { MAX_WAIT_MS, MAX_WAITERS } from '../../mock-server/waiters.ts'
import { aJob, jobIn, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'
import { aWall } from './wall.ts'

/** Tells whether a promise has been kept so far. */
function watched<Value>(promise: Promise<Value>) {
  const seen = { isOver: false, promise }
  void promise.finally(() => {
    seen.isOver = true
  })
  return seen
}

const echo = aJob({ command: 'echo done' })

describeRescale('waiting', (target) => {
  const submit = (jobId: string) => target().fetch(`/api/v2/jobs/${jobId}/submit/`, { method: 'POST' })

  it('ends when the job has the status, and not before', async () => {
    const job = await submittedJob(target(), echo)
    const waiting = watched(target().control.time.wait({ job: job.id, status: 'Executing' }))
    await target().fetch('/api/v2/users/me/')
    target().world.advanceTo({ job: job.id, status: 'Started' })
    await target().fetch('/api/v2/users/me/')
    expect(waiting.isOver).toBe(false)
    target().world.advanceTo({ job: job.id, status: 'Completed' })
    expect(await waiting.promise).toBe('reached')
  })

  it('ends at once for what has been already', async () => {
    const { id } = await jobIn(target(), 'Completed', echo)
    expect(await target().control.time.wait({ job: id, status: 'Queued' })).toBe('reached')
    expect(await target().world.wait({ job: id, status: 'Queued' })).toBe('reached')
  })

  it('ends when requests have come, all in all', async () => {
    const { id } = await savedJob(target())
    const waiting = watched(target().control.time.wait({ request: 'submitJob', count: 2 }))
    await submit(id)
    await target().fetch('/api/v2/users/me/')
    expect(waiting.isOver).toBe(false)
    await submit(id)
    expect(await waiting.promise).toBe('reached')
    expect(await target().world.wait({ request: 'submitJob', count: 2 })).toBe('reached')
  })

  it('ends early when the job has ended without that status', async () => {
    const { id } = await submittedJob(target(), echo)
    const waiting = target().control.time.wait({ job: id, status: 'Force Stop' })
    target().world.settle()
    expect(await waiting).toBe('out of reach')
  })

  it('moves virtual time when told to, by the timeout at most', async () => {
    const { id } = await submittedJob(target(), echo)
    const { world, control } = target()
    const before = world.now().getTime()
    expect(
      await control.time.wait({ job: id, status: 'Completed' }, { clock: 'virtual', timeout: '1s' }),
    ).toBe('timeout')
    expect(world.now().getTime() - before).toBe(1_000)
    expect(
      await control.time.wait({ job: id, status: 'Completed' }, { clock: 'virtual', timeout: '9h' }),
    ).toBe('reached')
    expect(world.platform.job(id).status).toBe('Completed')
    const cluster = { cluster: id, status: 'Stopped' } as const
    expect(await world.wait(cluster, { clock: 'virtual', timeout: '1h' })).toBe('reached')
    const saved = await savedJob(target())
    const never = { job: saved.id, status: 'Completed' } as const
    expect(await world.wait(never, { clock: 'virtual' })).toBe('out of reach')
  })

  it.each(['over HTTP', 'in process'])(
    'for requests with the virtual clock, %s, is as long as that clock says, and moves nothing',
    async (way) => {
      const { world, control } = target()
      const wait = way === 'in process' ? world.wait : control.time.wait.bind(control.time)
      const goal = { request: 'submitJob', count: 2 } as const
      const waiting = watched(wait(goal, { clock: 'virtual', timeout: '2h' }))
      const { id } = await savedJob(target())
      await submit(id)
      const before = world.now().getTime()
      world.advance('119m')
      await target().fetch('/api/v2/users/me/')
      expect([waiting.isOver, world.now().getTime() - before]).toEqual([false, 119 * 60_000])
      world.advance('1m')
      expect(await waiting.promise).toBe('timeout')
      const another = wait(goal, { clock: 'virtual', timeout: '2h' })
      world.advance('119m')
      await submit(id)
      expect(await another).toBe('reached')
    },
  )

  it('ends when nothing is due', async () => {
    await submittedJob(target(), echo)
    const waiting = watched(target().control.time.wait('settled'))
    await target().fetch('/api/v2/users/me/')
    expect(waiting.isOver).toBe(false)
    target().world.settle()
    expect(await waiting.promise).toBe('reached')
    await submittedJob(target(), echo)
    expect(await target().control.time.wait('settled', { clock: 'virtual', timeout: '9h' })).toBe('reached')
  })

  it.each([
    '',
    '?job=AbCdEf',
    '?job=AbCdEf&status=Finished',
    '?cluster=AbCdEf&status=Executing',
    '?request=getMe',
    '?request=submitJob&settled=true',
    '?request=submitJob&times=2',
    '?request=submitJob&count=0',
    '?request=submitJob&count=some',
    '?request=submitJob&status=Completed',
    '?job=AbCdEf&cluster=AbCdEf&status=Completed',
    '?settled=perhaps',
    '?settled=true&clock=virtual&timeout=99999999h',
    '?request=submitJob&timeout=soon',
    '?request=submitJob&timeout=6m',
    '?request=submitJob&clock=sand',
    '?request=submitJob&clock=virtual&timeout=99999999h',
  ])('refuses %j', async (query) => {
    expect((await target().fetch(`/_mock/wait/${query}`)).status).toBe(400)
  })

  it('is not for a job of another world, and ends with an error when the job is deleted', async () => {
    await expect(target().control.time.wait({ job: 'AbCdEf', status: 'Completed' })).rejects.toMatchObject({
      status: 404,
    })
    const { id } = await savedJob(target())
    const waiting = expect(
      target().control.time.wait({ job: id, status: 'Completed' }),
    ).rejects.toMatchObject({
      status: 404,
    })
    await target().fetch('/api/v2/users/me/')
    await target().fetch(`/api/v2/jobs/${id}/`, { method: 'DELETE' })
    await waiting
  })
})

it('ends when time is up', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall })
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey: rescale.apiKey })
  const waiting = control.time.wait({ request: 'submitJob' }, { timeout: '2s' })
  expect(await wall.pass()).toBe(2_000)
  expect(await waiting).toBe('timeout')
})

async function submitTo(url: string, apiKey: string): Promise<string> {
  const headers = { authorization: `Token ${apiKey}`, 'content-type': 'application/json' }
  const post = (path: string, body = '') => fetch(url + path, { method: 'POST', headers, body })
  const { id } = (await (await post('/api/v2/jobs/', JSON.stringify(echo))).json()) as { id: string }
  await post(`/api/v2/jobs/${id}/submit/`)
  return id
}

it('goes along with real time where time does', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall, pace: '60x' })
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey: rescale.apiKey })
  const id = await submitTo(listening.url, rescale.apiKey)
  const waiting = watched(control.time.wait({ job: id, status: 'Completed' }, { timeout: '5m' }))
  while (!waiting.isOver) await wall.passNext()
  expect(await waiting.promise).toBe('reached')
})

it('for requests with the virtual clock goes along with time that runs along', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall, pace: '60x' })
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey: rescale.apiKey })
  await submitTo(listening.url, rescale.apiKey)
  const begun = wall.now()
  const waiting = watched(control.time.wait({ request: 'stopJob' }, { clock: 'virtual', timeout: '1m' }))
  while (!waiting.isOver) await wall.passNext()
  expect(await waiting.promise).toBe('timeout')
  expect(wall.now() - begun).toBeLessThan(60_000)
})

it('with the virtual clock holds no connection longer than with the real one', async () => {
  const wall = aWall()
  await using rescale = createRescale({ wall })
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey: rescale.apiKey })
  const waiting = control.time.wait({ request: 'submitJob' }, { clock: 'virtual', timeout: '9h' })
  expect(await wall.pass()).toBe(MAX_WAIT_MS)
  expect(await waiting).toBe('timeout')
})

it('is for so many at once, and those who leave make room', async () => {
  await using rescale = createRescale()
  await using listening = await listen(rescale)
  const control = createControl({ baseUrl: listening.url, apiKey: rescale.apiKey })
  const leave = new AbortController()
  const gone = control.time.wait({ request: 'submitJob' }, { signal: leave.signal }).catch(() => 'gone')
  const others = Array.from({ length: MAX_WAITERS - 1 }, () => control.time.wait({ request: 'stopJob' }))
  const another = () =>
    control.time.wait({ request: 'stopJob' }, { timeout: '1ms' }).catch(({ status }) => status)
  while ((await another()) !== 503);
  leave.abort()
  expect(await gone).toBe('gone')
  while ((await another()) === 503);
  await rescale.deleteTenant(rescale.tenants()[0]?.tenantId ?? '')
  expect(new Set(await Promise.all(others))).toEqual(new Set(['timeout']))
})
