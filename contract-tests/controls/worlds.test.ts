import { expect, it } from 'vitest'
import { createRescale } from '../../mock-server/index.ts'
import { aJob, jobIn, submittedJob, uploadedFile } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'
import { resigned } from './resigned.ts'

describeRescale('the world of a tenant', (target) => {
  const read = async (path: string, apiKey = target().apiKey) => {
    const answer = await target().anonymous(path, { headers: { authorization: `Token ${apiKey}` } })
    return (await answer.text()).replaceAll(target().origin, '')
  }
  const jobs = (apiKey?: string) => read('/api/v2/jobs/', apiKey)
  const control = () => target().control.world

  it('is reset by a method', async () => {
    const { world } = target()
    const [before, now] = [await jobs(), world.now()]
    await jobIn(target(), 'Completed', aJob({ command: 'echo done' }))
    await world.reset()
    expect(await jobs()).toBe(before)
    expect(world.now()).toEqual(now)
  })

  it('goes back to a snapshot, and from there the same requests get the same answers', async () => {
    const { world } = target()
    const file = await uploadedFile(target(), 'range.inp', '1000')
    const { id } = await submittedJob(target(), aJob({ command: 'cat range.inp', inputs: [{ id: file.id }] }))
    world.advanceTo({ job: id, status: 'Executing' })
    expect(world.snapshot('executing')).toMatchObject({ name: 'executing', takenAt: world.now() })
    const goOn = async () => {
      world.settle()
      const outputs = JSON.parse(await read(`/api/v2/jobs/${id}/files/`))
      return [await jobs(), outputs, await read(`/api/v2/files/${outputs.results[0].id}/contents/`)]
    }
    const first = await goOn()
    await world.platform.deleteFile(file.id)
    await world.platform.deleteJob(id)
    await world.restore('executing')
    expect(await read(`/api/v2/files/${file.id}/contents/`)).toBe('1000')
    expect(await goOn()).toEqual(first)
    expect(first[2]).toContain('1000')
  })

  it('is given to another key, and goes on apart from it', async () => {
    const { world } = target()
    const { id } = await jobIn(target(), 'Executing', aJob({ command: 'sleep 300' }))
    const here = await jobs()
    const { apiKey } = world.fork()
    expect(await jobs(apiKey)).toBe(here)
    target().rescale.world(apiKey).advance('2h')
    expect(await jobs()).toBe(here)
    expect(await read(`/api/v2/jobs/${id}/statuses/`, apiKey)).not.toBe(
      await read(`/api/v2/jobs/${id}/statuses/`),
    )
    expect(() => world.fork({ apiKey })).toThrow('has a world already')
    expect(() => world.fork({ snapshot: 'none' })).toThrow('no snapshot "none"')
  })

  it('has up to a hundred snapshots, the newest first', async () => {
    const { world } = target()
    for (let number = 1; number <= 100; number += 1) world.snapshot(`snapshot ${number}`)
    expect(world.snapshots().map(({ name }) => name)).toEqual(
      Array.from({ length: 100 }, (_, index) => `snapshot ${100 - index}`),
    )
    expect(() => world.snapshot('one more')).toThrow(RangeError)
    world.snapshot('snapshot 1')
    await world.dropSnapshot('snapshot 2')
    await expect(world.dropSnapshot('snapshot 2')).rejects.toThrow(RangeError)
    expect(() => world.restore('snapshot 2')).toThrow(RangeError)
  })

  it('does all of it over HTTP', async () => {
    const fresh = await control().read()
    await target().control.sshKeys.add(
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEbJQ9XFHMbJkvlHoRSl0J7FJB4ihXd6m1DZ0z4Ea8UC me',
    )
    await submittedJob(target())
    const then = await jobs()
    expect(await control().snapshot('base')).toMatchObject({
      name: 'base',
      jobs: fresh.jobs + 1,
      files: fresh.files,
    })
    expect(await control().reset()).toEqual(fresh)
    expect(await target().control.sshKeys.list()).toEqual([])
    expect(await control().restore('base')).toMatchObject({ jobs: fresh.jobs + 1 })
    expect(await jobs()).toBe(then)
    expect(await target().control.sshKeys.list()).toHaveLength(1)
    const fork = await control().fork({ snapshot: 'base' })
    expect(await jobs(fork.apiKey)).toBe(then)
    expect((await control().snapshots()).map(({ name }) => name)).toEqual(['base'])
    await control().dropSnapshot('base')
    expect(await control().snapshots()).toEqual([])
  })

  const seed = {
    files: [{ name: 'range.inp', text: '1000' }],
    jobs: [
      { ...aJob({ name: 'one', command: 'sleep 600' }), status: 'Executing' },
      { ...aJob({ name: 'two', command: 'cat range.inp' }), status: 'Completed' },
      { ...aJob({ name: 'three' }), status: 'Queued' },
      aJob({ name: 'four' }),
    ].map((job) => ({
      ...job,
      jobanalyses: job.jobanalyses.map((analysis) => ({ ...analysis, inputFiles: [{ name: 'range.inp' }] })),
    })),
  }

  it('takes files, and jobs in any state', async () => {
    const { world } = target()
    await control().seed(seed)
    const listed = world.platform
      .jobs()
      .slice(0, 4)
      .map(({ name, status }) => [name, status])
    expect(listed).toEqual([
      ['four', null],
      ['three', 'Queued'],
      ['two', 'Completed'],
      ['one', 'Executing'],
    ])
    const two = world.platform.jobs().slice(2, 3)[0]
    const outputs = JSON.parse(await read(`/api/v2/jobs/${two?.id}/files/`))
    expect(await read(`/api/v2/files/${outputs.results[0].id}/contents/`)).toContain('1000')
  })

  it('is led to the same by the same bytes again', async () => {
    const first = [await control().seed(seed), await jobs()]
    await control().reset()
    expect([await control().seed(seed), await jobs()]).toEqual(first)
    const twice = await control().seed(seed)
    expect(twice.jobs).toBe((first[0] as typeof twice).jobs + seed.jobs.length)
  })

  it('takes no seed that is wrong, and stays as it was', async () => {
    const [before, now] = [await jobs(), target().world.now()]
    const [good, ...others] = seed.jobs
    for (const wrong of [
      { ...good, status: 'Finished' },
      { ...good, status: 'Waiting for Queue' },
      { ...good, status: 'Unknown' },
      { ...good, name: undefined },
      { ...good, jobanalyses: [] },
    ])
      await expect(
        control().seed({ ...seed, jobs: [...others, wrong] as typeof seed.jobs }),
      ).rejects.toMatchObject({ status: 400 })
    expect(await jobs()).toBe(before)
    expect(target().world.now()).toEqual(now)
    expect(target().world.platform.files({ search: 'range.inp' }).count).toBe(0)
  })

  it('is one file, from which another tenant, of another server, goes on', async () => {
    const file = await uploadedFile(target(), 'range.inp', '1000'.repeat(1000))
    const { id } = await submittedJob(target(), aJob({ command: 'cat range.inp', inputs: [{ id: file.id }] }))
    target().world.advance('8m')
    const exported = await whole(await control().export())
    const here = await jobs()
    await using elsewhere = createRescale()
    await elsewhere.world().import(chunksOf(exported))
    target().world.settle()
    elsewhere.world().settle()
    expect(elsewhere.world().platform.job(id).statuses).toEqual(target().world.platform.job(id).statuses)
    expect(elsewhere.world().now()).toEqual(target().world.now())
    await target().world.reset()
    expect(await control().import(exported)).toMatchObject({ pace: 'still' })
    expect(await jobs()).toBe(here)
    expect(await read(`/api/v2/files/${file.id}/contents/`)).toBe('1000'.repeat(1000))
    expect(Buffer.from(exported).includes(target().apiKey)).toBe(false)
  })

  it('refuses files that are damaged, edited, of another format or no world at all, and stays as it was', async () => {
    await uploadedFile(target(), 'range.inp', '1000'.repeat(100))
    target().world.setPace('settled')
    const file = await whole(await control().export())
    const before = await jobs()
    const text = Buffer.from(file).toString('latin1')
    const wrong = [
      '',
      'no world\n',
      text.slice(0, text.length / 2),
      text.slice(0, -200),
      text.replace('"format":2', '"format":99'),
      text.replace('"name":"range.inp"', '"name":"../../etc/passwd"'),
      text.replace('10001000', '10002000'),
      resigned(text.replace('"status":"Completed"', '"status":"Finished"')),
      resigned(text.replace(/"sequence":\d+/, '"sequence":"../1"')),
      resigned(text.replace('"pace":"settled"', '"pace":"fast"')),
      resigned(text.replace(/^\{"key":"part.*\n/m, '')),
    ]
    for (const content of wrong) {
      expect(content).not.toBe(text)
      await expect(control().import(Buffer.from(content, 'latin1'))).rejects.toMatchObject({
        status: 400,
        body: { file: [expect.any(String)] },
      })
      expect(await jobs()).toBe(before)
    }
  })

  it('refuses what cannot be', async () => {
    const { apiKey } = target()
    for (const name of ['', '../x', 'a/b', 'x'.repeat(101)])
      await expect(control().snapshot(name)).rejects.toMatchObject({
        status: 400,
        body: { name: [expect.any(String)] },
      })
    await expect(control().fork({ apiKey: '' })).rejects.toMatchObject({ status: 400 })
    await expect(control().restore('none')).rejects.toMatchObject({ status: 404 })
    await expect(control().dropSnapshot('none')).rejects.toMatchObject({ status: 404 })
    await expect(control().snapshot('../etc')).rejects.toMatchObject({ status: 400 })
    await expect(control().fork({ apiKey })).rejects.toMatchObject({ status: 400 })
    await expect(control().fork({ snapshot: 'none' })).rejects.toMatchObject({ status: 400 })
  })

  it('never meets another: each has its own jobs, time, pace and snapshots', async () => {
    const { rescale, world } = target()
    const keys = Array.from({ length: 6 }, (_, number) => number.toString(16).padStart(40, '0'))
    world.snapshot('mine')
    const start = world.now().getTime()
    const secondsPassed = (key?: string) => (rescale.world(key).now().getTime() - start) / 1_000
    const paceOf = (number: number) => `per-request:${number + 1}s`
    await Promise.all(
      keys.map(async (key, number) => {
        const other = rescale.world(key)
        const lists: string[] = []
        for (let step = 0; step < number; step += 1) {
          await target().anonymous('/api/v2/jobs/', {
            method: 'POST',
            headers: { authorization: `Token ${key}`, 'content-type': 'application/json' },
            body: JSON.stringify(aJob({ name: `job ${number}` })),
          })
          other.advance(`${number}m`)
          lists.push(await jobs(key))
        }
        expect(lists.every((list) => number === 0 || list.includes(`"job ${number}"`))).toBe(true)
        expect(other.platform.jobs().count).toBe(world.platform.jobs().count + number)
        expect(other.snapshots()).toEqual([])
        expect([secondsPassed(key), other.pace]).toEqual([number * number * 60, 'still'])
        if (number % 2 === 0) await other.reset()
        other.setPace(paceOf(number))
      }),
    )
    expect(keys.map((key) => secondsPassed(key))).toEqual([0, 60, 0, 540, 0, 1_500])
    expect(keys.map((key) => rescale.world(key).pace)).toEqual(keys.map((_, number) => paceOf(number)))
    expect([secondsPassed(), world.pace, world.snapshots().length]).toEqual([0, 'still', 1])
    await jobs(keys[3])
    expect([...keys, undefined].map((key) => secondsPassed(key))).toEqual([0, 60, 0, 544, 0, 1_500, 0])
    expect(rescale.world(keys[1]).platform.jobs().count).toBe(world.platform.jobs().count + 1)
    expect(rescale.world(keys[2]).platform.jobs().count).toBe(world.platform.jobs().count)
  })
})

describeRescale(
  'faults and limits of a tenant',
  (target) => {
    const me = async (apiKey: string) =>
      (await target().anonymous('/api/v2/users/me/', { headers: { authorization: `Token ${apiKey}` } }))
        .status

    it('are met by no other', async () => {
      const keys = Array.from({ length: 4 }, (_, number) => number.toString(16).padStart(40, '0'))
      const { control, apiKey } = target()
      await control.faults.plan([{ operation: '*', kind: 'status', status: 503, times: 2 }])
      await control.throttling.turnOn({ user: 1 })
      const own: number[] = []
      for (let round = 0; round < 3; round += 1) {
        expect(await Promise.all(keys.map(me))).toEqual([200, 200, 200, 200])
        own.push(await me(apiKey))
      }
      // The first is all that the hour has; what is over the limit meets no fault.
      expect(own).toEqual([503, 429, 429])
      expect(await control.faults.list()).toMatchObject([{ faults: [{ consumed: 1, left: 1 }] }])
      for (const key of keys) {
        const other = target().rescale.world(key)
        expect([other.faults.plans(), other.throttling.isOn]).toEqual([[], false])
      }
    })
  },
  { spoilt: true },
)

async function whole(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000)
}
