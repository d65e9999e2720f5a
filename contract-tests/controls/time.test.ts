import { expect, it } from 'vitest'
import { createRescale, type TimeGoal } from '../../mock-server/index.ts'
import { aJob, jobStatuses, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale, inProcessTarget } from '../targets.ts'

interface Time {
  now: string
  pace: string
  reached?: boolean
  dueCount: number
  due: { at: string; kind: string; jobId?: string }[]
}

const goalsFor = (job: string): TimeGoal[] => [
  'next',
  { job, status: 'Executing' },
  { cluster: job, status: 'Stopped' },
  { job, status: 'Stopping' },
  'settled',
]

describeRescale('the clock of a world', (target) => {
  it('is moved alike by a method and over HTTP', async () => {
    await using twin = createRescale()
    const method = await inProcessTarget(twin)
    const lives = await Promise.all(
      [method, target()].map(async (one) => {
        const job = await submittedJob(one, aJob({ command: 'echo done' }))
        const life: unknown[] = [job.id]
        const note = async (reached: boolean | undefined) => {
          const answer = await one.fetch(`/api/v2/jobs/${job.id}/statuses/`)
          const clusters = await one.fetch(`/api/v2/jobs/${job.id}/cluster_statuses/`)
          const texts = [await answer.text(), await clusters.text()]
          life.push(reached, one.world.now(), ...texts.map((text) => text.replaceAll(one.origin, '')))
        }
        for (const goal of goalsFor(job.id))
          await note(
            one === method ? one.world.advanceTo(goal) : (await one.control.time.advanceUntil(goal)).reached,
          )
        if (one === method) one.world.advance('90s')
        else await one.control.time.advance('90s')
        await note(undefined)
        return life
      }),
    )
    expect(lives[1]).toEqual(lives[0])
    // Whether each goal was reached, after the id, with what was seen then.
    expect(lives[0]?.filter((seen) => typeof seen === 'boolean')).toEqual([true, true, true, false, true])
  })

  const time = async (method: string, path = '', body?: unknown) => {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const answer = await target().fetch(`/_mock/time/${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    })
    return { status: answer.status, time: (await answer.json()) as Time }
  }

  it('tells what is due, and goes to the next of it', async () => {
    const job = await submittedJob(target())
    const before = (await time('GET')).time
    expect(before).toMatchObject({
      pace: 'still',
      dueCount: 1,
      due: [{ kind: 'job-moves', jobId: job.id, to: 'Queued' }],
    })
    const { time: after } = await time('POST', 'advance/', { until: 'next' })
    expect(after).toMatchObject({ reached: true, now: before.due[0]?.at })
    expect((await jobStatuses(target(), job.id))[0]).toBe('Queued')
  })

  it('goes on by a duration, until a status, or until all has happened', async () => {
    const { now } = (await time('GET')).time
    const { time: later } = await time('POST', 'advance/', { by: '90s' })
    expect(Date.parse(later.now) - Date.parse(now)).toBe(90_000)
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    expect(
      (await time('POST', 'advance/', { until: { job: job.id, status: 'Completed' } })).time.reached,
    ).toBe(true)
    expect((await time('POST', 'advance/', { until: 'settled' })).time).toMatchObject({
      reached: true,
      dueCount: 0,
    })
    const saved = await savedJob(target())
    expect(
      (await time('POST', 'advance/', { until: { job: saved.id, status: 'Completed' } })).time.reached,
    ).toBe(false)
  })

  it('takes another pace', async () => {
    expect((await time('PUT', '', { pace: 'settled' })).time.pace).toBe('settled')
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
  })

  it('is frozen, and let go again', async () => {
    await target().control.time.setPace('settled')
    expect(await target().control.time.freeze()).toMatchObject({ pace: 'still' })
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    expect((await jobStatuses(target(), job.id))[0]).toBe('Pending')
    await target().control.time.setPace('settled')
    expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
  })

  it.each([
    ['PUT', '', { pace: 'fast' }],
    ['PUT', '', {}],
    ['POST', 'advance/', { by: 'a while' }],
    ['POST', 'advance/', { by: '999999999h' }],
    ['POST', 'advance/', { by: `${'9'.repeat(400)}h` }],
    ['POST', 'advance/', { by: '5m', until: 'next' }],
    ['POST', 'advance/', { until: 'doomsday' }],
    ['POST', 'advance/', { until: { job: 'ObMcJc', cluster: 'ObMcJc', status: 'Completed' } }],
    ['PUT', '', { pace: '1000001x' }],
    ['PUT', '', { pace: '0.0000001x' }],
    ['PUT', '', { pace: 'per-request:8761h' }],
    ['POST', 'advance/', { until: { job: 'ObMcJc', status: 'Finished' } }],
  ])('refuses %s %s %j and stays as it was', async (method, path, body) => {
    const before = (await time('GET')).time
    expect((await time(method, path, body)).status).toBe(400)
    expect((await time('GET')).time).toEqual(before)
  })
})
