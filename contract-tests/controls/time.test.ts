import { expect, it } from 'vitest'
import { aJob, jobStatuses, savedJob, submittedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

interface Time {
  now: string
  pace: string
  reached?: boolean
  dueCount: number
  due: { at: string; kind: string; jobId?: string }[]
}

describeRescale('the clock of a world', (target) => {
  it('is moved alike by a method and over HTTP', async () => {
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    expect(target().world.advanceTo({ job: job.id, status: 'Executing' })).toBe(true)
    expect((await jobStatuses(target(), job.id))[0]).toBe('Executing')
    expect(target().world.advanceTo({ cluster: job.id, status: 'Stopped' })).toBe(true)
    expect(target().world.advanceTo({ job: job.id, status: 'Stopping' })).toBe(false)
  })

  // msw answers what the real platform has; controls are for servers and for the object itself.
  const time = async (method: string, path = '', body?: unknown) => {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const answer = await target().fetch(`/_mock/time/${path}`, {
      ...init,
      headers: { 'content-type': 'application/json' },
    })
    return { status: answer.status, time: (await answer.json()) as Time }
  }

  it('tells what is due, and goes to the next of it', async () => {
    if (!target().takesUndescribed) return
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
    if (!target().takesUndescribed) return
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
    if (!target().takesUndescribed) return
    expect((await time('PUT', '', { pace: 'settled' })).time.pace).toBe('settled')
    const job = await submittedJob(target(), aJob({ command: 'echo done' }))
    expect((await jobStatuses(target(), job.id))[0]).toBe('Completed')
  })

  it.each([
    ['PUT', '', { pace: 'fast' }],
    ['PUT', '', {}],
    ['POST', 'advance/', { by: 'a while' }],
    ['POST', 'advance/', { until: 'doomsday' }],
    ['POST', 'advance/', { until: { job: 'ObMcJc', status: 'Finished' } }],
  ])('refuses %s %s %j and stays as it was', async (method, path, body) => {
    if (!target().takesUndescribed) return
    const before = (await time('GET')).time
    expect((await time(method, path, body)).status).toBe(400)
    expect((await time('GET')).time).toEqual(before)
  })
})
