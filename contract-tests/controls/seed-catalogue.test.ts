import { expect, it } from 'vitest'
import { createRescale } from '../../mock-server/index.ts'
import { aJob, savedJob } from '../fixtures.ts'
import { describeRescale } from '../targets.ts'

const catalogue = {
  coreTypes: [
    {
      code: 'quartz',
      cores: [3, 6, 12],
      price: 0.5,
      lowPriorityPrice: '0.2500',
      maxWalltime: 2,
      displayOrder: 1,
    },
    { code: 'granite', cores: [7] },
    { code: 'emerald_max', isActive: false },
  ],
  analyses: [
    {
      code: 'our_solver',
      name: 'Our Solver',
      versions: [
        { versionCode: '2.0', version: 'Two', allowedCoreTypes: ['quartz'] },
        { versionCode: '1.0', stdCommand: 'solve <job>' },
      ],
    },
    { code: 'user_included', name: 'Ours alone' },
  ],
  computePrices: [{ coreType: 'quartz', planType: 'on-demand', os: 'linux', value: { amount: '0.0001' } }],
  projects: [{ id: 'wingA', name: 'Wing' }, { name: 'Without an id' }],
} as const

const job = (changes: {
  coreType?: string
  cores?: number
  code?: string
  version?: string
  walltime?: number
}) => {
  const { coreType = 'quartz', cores = 6, code = 'our_solver', version = '2.0', walltime = 1 } = changes
  return {
    ...aJob(),
    jobanalyses: [
      {
        analysis: { code, version },
        command: 'echo done',
        hardware: { coreType, coresPerSlot: cores, walltime },
      },
    ],
  }
}

describeRescale('a seeded catalogue', (target) => {
  const seed = () => target().world.seed({ catalogue })
  const get = async (path: string, apiKey = target().apiKey) => {
    const answer = await target().anonymous(path, { headers: { authorization: `Token ${apiKey}` } })
    return (await answer.text()).replaceAll(target().origin, '')
  }
  const everything = async (apiKey?: string) =>
    Promise.all(
      [
        '/api/v2/coretypes/?page_size=1000',
        '/api/v2/analyses/?page_size=1000',
        '/api/v2/billing/computeprices/',
        '/api/v2/users/me/projects/',
      ].map((path) => get(path, apiKey)),
    )
  const listed = async (path: string) =>
    (JSON.parse(await get(`${path}?page_size=1000`)) as { results: Record<string, unknown>[] }).results
  const refusal = async (body: unknown) => {
    const answer = await target().fetch('/api/v2/jobs/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.status === 201 ? null : await answer.json()
  }

  it('is listed with what the server has, and shown alone', async () => {
    const before = await listed('/api/v2/coretypes/')
    await seed()
    const after = await listed('/api/v2/coretypes/')
    expect(after).toHaveLength(before.length + 1)
    expect(after.find(({ code }) => code === 'quartz')).toMatchObject({
      cores: [3, 6, 12],
      gpuCounts: [0, 0, 0],
      price: 0.5,
    })
    const granite = before.find(({ code }) => code === 'granite')
    expect(after.find(({ code }) => code === 'granite')).toEqual({ ...granite, cores: [7], gpuCounts: [0] })
    expect(JSON.parse(await get('/api/v2/analyses/our_solver/'))).toMatchObject({
      name: 'Our Solver',
      versions: [
        { versionCode: '2.0', version: 'Two', allowedCoreTypes: ['quartz'] },
        { versionCode: '1.0', version: '1.0', stdCommand: 'solve <job>' },
      ],
    })
    expect(JSON.parse(await get('/api/v2/analyses/user_included/'))).toMatchObject({
      name: 'Ours alone',
      versions: [{ versionCode: '0', version: 'CPU' }],
    })
    const active = JSON.parse(await get('/api/v2/coretypes/?isActive=true&page_size=1000'))
    expect(active.results.some(({ code }: { code: string }) => code === 'emerald_max')).toBe(false)
  })

  it('has the prices that it tells, and others as they follow from its core types', async () => {
    await seed()
    const prices = JSON.parse(await get('/api/v2/billing/computeprices/')) as {
      coreType: string
      planType: string
      os: string
      value: unknown
    }[]
    const quartz = prices.filter(({ coreType, os }) => coreType === 'quartz' && os === 'linux')
    expect(quartz.map(({ planType, value }) => [planType, value])).toEqual([
      ['on-demand', { amount: '0.0001', currency: 'USD' }],
      ['on-demand-pro', { amount: '0.5000', currency: 'USD' }],
    ])
  })

  it('has projects that jobs may be in, and that the user has', async () => {
    await seed()
    const projects = await listed('/api/v2/users/me/projects/')
    expect(projects.slice(-2)).toEqual([
      { id: 'wingA', name: 'Wing' },
      { id: expect.stringMatching(/^[A-Za-z]{5,}$/), name: 'Without an id' },
    ])
    expect(JSON.parse(await get('/api/v2/users/me/')).company.projects).toEqual(projects)
    const { id } = await savedJob(target(), aJob({ projectId: 'wingA', jobanalyses: job({}).jobanalyses }))
    expect(target().world.platform.job(id).definition.projectId).toBe('wingA')
    expect(await refusal({ ...job({}), projectId: 'tail' })).toEqual({
      projectId: [expect.stringContaining('tail')],
    })
  })

  it('decides what jobs may ask for', async () => {
    expect(await refusal(job({}))).not.toBeNull()
    await seed()
    expect(await refusal(job({}))).toBeNull()
    expect(await refusal(job({ cores: 24, version: '1.0' }))).toBeNull()
    for (const [wrong, what] of [
      [{ cores: 4 }, 'Choose one of 3, 6, 12'],
      [{ coreType: 'granite', cores: 2 }, 'Choose one of 7'],
      [{ coreType: 'emerald_max', cores: 4 }, 'emerald_max'],
      [{ version: '3.0' }, 'version is not available'],
      [{ code: 'their_solver' }, 'their_solver'],
      [{ walltime: 3 }, 'less than or equal to 2'],
    ] as const)
      expect(JSON.stringify(await refusal(job(wrong)))).toContain(what)
  })

  it('runs jobs of its own', async () => {
    await target().world.seed({ catalogue, jobs: [{ ...job({}), name: 'ours', status: 'Completed' }] })
    const [ours] = target().world.platform.jobs().slice(0, 1)
    expect(ours?.status).toBe('Completed')
    expect(JSON.parse(await get(`/api/v2/jobs/${ours?.id}/`))).toMatchObject({
      jobanalyses: [{ analysis: { code: 'our_solver' }, hardware: { coreType: { code: 'quartz' } } }],
    })
  })

  it('is nobody else’s, and goes with snapshots, forks and resets of its world', async () => {
    const other = 'f'.repeat(40)
    const [mine, theirs] = [await everything(), await everything(other)]
    await seed()
    const seeded = await everything()
    expect(await everything(other)).toEqual(theirs)
    const { world } = target()
    world.snapshot('seeded')
    const fork = world.fork()
    expect(await everything(fork.apiKey)).toEqual(seeded)
    await world.reset()
    expect(await everything()).toEqual(mine)
    await world.restore('seeded')
    expect(await everything()).toEqual(seeded)
    await world.seed({ catalogue: { coreTypes: [{ code: 'granite', cores: [2, 4] }] } })
    const [granite] = (await listed('/api/v2/coretypes/')).filter(({ code }) => code === 'granite')
    expect(granite).toMatchObject({ cores: [2, 4] })
    expect(await everything(fork.apiKey)).toEqual(seeded)
  })

  it('is in the file of its world', async () => {
    await seed()
    const seeded = await everything()
    await using elsewhere = createRescale({ seed: 'another catalogue' })
    await elsewhere.world().import(target().world.export())
    const read = (path: string) =>
      elsewhere
        .fetch(`http://localhost${path}`, { headers: { authorization: `Token ${elsewhere.apiKey}` } })
        .then((answer) => answer.json())
    expect(await read('/api/v2/analyses/our_solver/')).toEqual(
      JSON.parse(await get('/api/v2/analyses/our_solver/')),
    )
    expect(JSON.stringify(await read('/api/v2/users/me/projects/'))).toContain('Wing')
    expect(await read('/api/v2/coretypes/?page_size=1000')).not.toEqual(JSON.parse(seeded[0] ?? ''))
    expect(JSON.stringify(await read('/api/v2/coretypes/?page_size=1000'))).toContain('"quartz"')
  })

  it.each([
    [{ coreTypes: [{ cores: [1] }] }, 'code'],
    [{ coreTypes: [{ code: 'a', cores: [] }] }, 'cores'],
    [{ coreTypes: [{ code: 'a', cores: [4, 2] }] }, 'the smallest has to be first'],
    [{ coreTypes: [{ code: 'a', cores: [2, 4], gpuCounts: [1] }] }, 'as many as cores'],
    [{ coreTypes: [{ code: 'a', corse: [2, 4] }] }, 'There is no such field'],
    [{ coreTypes: [{ code: 'a', lowPriorityPrice: 'cheap' }] }, 'lowPriorityPrice'],
    [{ analyses: [{ code: 'a', versions: [] }] }, 'versions'],
    [
      { analyses: [{ code: 'a', versions: [{ versionCode: '1' }, { versionCode: '1' }] }] },
      'same versionCode',
    ],
    [
      { computePrices: [{ coreType: 'none', planType: 'on-demand', os: 'linux', value: { amount: '1' } }] },
      'there is no core type none',
    ],
    [{ projects: [{ id: '../x', name: 'X' }] }, 'id'],
    [{ software: [] }, 'There is no such field'],
  ])('is refused as a whole when something is wrong: %o', async (wrong, why) => {
    const before = await everything()
    const asked = { projects: catalogue.projects, ...wrong } as unknown as typeof catalogue
    await expect(target().world.seed({ catalogue: asked })).rejects.toThrow(why)
    const answer = await target().fetch('/_mock/world/seed/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ catalogue: asked }),
    })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(why)])
    expect(await everything()).toEqual(before)
  })

  it('is bounded', async () => {
    const analyses = [{ code: 'a', description: 'x'.repeat(9 * 1024 * 1024) }]
    await expect(target().world.seed({ catalogue: { analyses } })).rejects.toThrow('no more than 8388608')
  })

  it('is taken over HTTP, by the client of the controls', async () => {
    await target().control.world.seed({
      catalogue: {
        coreTypes: [{ code: 'quartz', cores: [3, 6] }],
        analyses: [{ code: 'our_solver', versions: [{ versionCode: '2.0' }] }],
        projects: [{ name: 'Wing' }],
      },
    })
    expect(await refusal(job({}))).toBeNull()
  })
})
