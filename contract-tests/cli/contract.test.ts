import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRescale, listen } from '../../mock-server/index.ts'
import { contractCommand } from './testing/contract-command.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-contract-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function moduleOf(scenarios: string): Promise<string> {
  const file = join(folder, 'own.mjs')
  await writeFile(file, `export const scenarios = ${scenarios}`)
  return file
}

const own = (body: string) =>
  `[{ id: 'own/one', title: 'one of our own', needs: [], covers: [], cost: 'free', async run(t) { ${body} } }]`

describe('localscale contract', () => {
  it('runs what is asked for, and ends with 0 when nothing disagrees', async () => {
    const { code, out } = await contractCommand('--only', 'catalogue/prices')
    expect(code, out).toBe(0)
    expect(out).toMatch(/✓ catalogue\/prices[\s\S]*1 passed · 0 failed · 0 could not run · 0 findings/)
  })

  it('ends with 1 and says where, when the platform disagrees with the description', async () => {
    const file = await moduleOf(own("await t.send({ method: 'GET', path: '/api/v2/jobs/?colour=red' })"))
    const { code, out } = await contractCommand('run', '--scenarios', file, '--only', 'own/*')
    expect(code).toBe(1)
    expect(out).toContain('undocumented-parameter at listJobs 200 request /colour (exchange 1)')
  })

  it('ends with 2 when a scenario could not be run, though nothing disagrees', async () => {
    const file = await moduleOf(
      own(
        "throw Object.assign(new Error('no'), { name: 'CannotRunError', reason: { kind: 'budget', text: 'Too dear.' } })",
      ),
    )
    const { code, out } = await contractCommand(
      'run',
      '--scenarios',
      file,
      '--only',
      'own/*',
      '--only',
      'catalogue/prices',
    )
    expect([code, out]).toEqual([2, expect.stringContaining('could not run (budget): Too dear.')])
    expect(out).toContain('1 passed · 0 failed · 1 could not run')
  })

  it('ends with 2 when a request had no answer, though its scenario did not mind', async () => {
    const file = await moduleOf(
      own(`
        const body = JSON.stringify({ faults: [{ operation: 'listJobs', kind: 'reset', when: 'unanswered', times: 1 }] })
        const json = { 'content-type': 'application/json' }
        await t.send({ method: 'POST', path: '/_mock/faults/', headers: json, body })
        await t.send({ method: 'GET', path: '/api/v2/jobs/' }).catch(() => undefined)`).replace(
        "cost: 'free'",
        "cost: 'free', deliberate: [{ class: 'undocumented-path', operationId: null, reason: 'a control' }]",
      ),
    )
    const { code, out } = await contractCommand(
      ...['run', '--target', 'mock-http', '--scenarios', file, '--only', 'own/*'],
    )
    expect([code, out]).toEqual([
      2,
      expect.stringContaining('1 passed · 0 failed · 0 could not run · 0 findings'),
    ])
    expect(out).toContain('Not everything could be run')
  })

  it('ends with 1 when a scenario asked nothing: nothing was checked', async () => {
    const file = await moduleOf(own(''))
    const { code, out } = await contractCommand('run', '--scenarios', file, '--only', 'own/*')
    expect([code, out]).toEqual([1, expect.stringContaining('it asked the platform nothing')])
  })

  it('ends with 2, with advice, when it cannot begin', async () => {
    const wrong: [args: string[], advice: string][] = [
      [['--only', 'no/such'], 'contract list'],
      [['--target', 'moon'], 'mock-http'],
      [['--url', 'ftp://x', '--target', 'mock-http'], 'begins with http://'],
      [['--scenarios', join(folder, 'none.mjs')], 'cannot be loaded'],
      [['--scenarios', await moduleOf('5')], 'export a list called'],
      [['--colour', 'red'], 'unknown option'],
      [['--record'], '--record needs --target live'],
      [['--target', 'live'], '--profile NAME'],
      [['--max-cost', 'much'], 'A number such as 5 or 2.50'],
      [['--max-minutes', '-1'], 'A number such as 5 or 2.50'],
      [['--resolve', 'here'], 'platform.test=127.0.0.1'],
      [['--only', 'jobs/create', '--only', 'no/such'], '--only no/such chooses no scenario'],
      [['--only', 'cost:nothing'], 'costs are free, creates, submits'],
      [['--accepted', join(folder, 'none.json')], 'none.json cannot be read'],
    ]
    for (const [args, advice] of wrong) {
      const { code, err } = await contractCommand('run', ...args)
      expect([args, code, err]).toEqual([args, 2, expect.stringContaining(advice)])
    }
  })

  it('does not take an empty list for scenarios that were told', async () => {
    const { code, err } = await contractCommand('run', '--scenarios', await moduleOf('[]'))
    expect([code, err]).toEqual([2, expect.stringContaining('not an empty one')])
  })

  it('does not take a second scenario of the same name', async () => {
    const file = await moduleOf(own('').replace('own/one', 'catalogue/prices'))
    const { code, err } = await contractCommand('run', '--scenarios', file)
    expect([code, err]).toEqual([2, expect.stringContaining('two scenarios are called catalogue/prices')])
  })

  it('does not take a scenario that is not for real platforms without saying for what kind of reason', async () => {
    for (const reason of ["'dear'", "{ kind: 'dear', text: 'x' }", "{ kind: 'costs-money' }"]) {
      const file = await moduleOf(own('').replace("cost: 'free'", `cost: 'free', notOnLive: ${reason}`))
      const { code, err } = await contractCommand('run', '--scenarios', file)
      expect([code, err]).toEqual([2, expect.stringContaining('made with `scenario()`')])
    }
  })

  it('names what was not checked, when asked', async () => {
    const { out } = await contractCommand('--only', 'files/upload')
    expect(out).toMatch(/[1-9]\d* bodies not checked/)
    const { out: verbose } = await contractCommand('--only', 'files/upload', '--verbose')
    expect(verbose).toContain('info not-checked at downloadFile 200 response')
  })

  it('shows no control sequences that a platform sent', async () => {
    const file = await moduleOf(own("throw new Error('\\u001b[2Jgone')"))
    const { out } = await contractCommand('run', '--scenarios', file, '--only', 'own/*')
    expect(out).toContain('gone')
    expect(out).not.toContain('\u001b')
  })

  it('tells the suite to a mock that is served already, each scenario in a world of its own', async () => {
    const rescale = createRescale()
    const listening = await listen(rescale)
    try {
      const { code, out } = await contractCommand(
        '--target',
        'mock-http',
        '--url',
        listening.url,
        '--only',
        'jobs/*',
      )
      expect(code, out).toBe(0)
      expect(rescale.world().platform.jobs({ search: 'localscale-ct' }).count).toBe(0)
    } finally {
      await listening.close()
      await rescale.close()
    }
  })

  it('ends with 2 when nobody listens there', async () => {
    const rescale = createRescale()
    const listening = await listen(rescale)
    await listening.close()
    await rescale.close()
    const { code, out } = await contractCommand(
      '--target',
      'mock-http',
      '--url',
      listening.url,
      '--only',
      'catalogue/prices',
    )
    expect([code, out]).toEqual([2, expect.stringContaining('localscale serve')])
  })
})

it('lists the scenarios with what they cost', async () => {
  const { code, out } = await contractCommand('list')
  expect(code).toBe(0)
  expect(out).toMatch(/^job-life\/submit-and-watch +submits +a job is submitted/m)
  expect(JSON.parse((await contractCommand('list', '--json')).out)).toContainEqual(
    expect.objectContaining({ id: 'catalogue/prices', cost: 'free' }),
  )
})

it('prints the coverage grid, with a reason for every gap', async () => {
  const { code, out } = await contractCommand('grid')
  expect(code).toBe(0)
  for (const target of ['mock', 'mock-http', 'live', 'replay'])
    expect(out).toMatch(new RegExp(`^${target}: [1-9]\\d+ covered, .* 0 unexplained, of \\d+$`, 'm'))
  expect(out).toContain('– 403 needs-permission: ')
  expect(out).toMatch(/^◐ 200 not on live, replay: concerns-others: It writes to a person.*\n {4}shareJob$/m)
  expect((await contractCommand('grid', '--target', 'live')).out).toMatch(
    /^– 200 concerns-others: It writes to a person.*\n {4}shareJob$/m,
  )
  const { out: counted } = await contractCommand('grid', '--run')
  expect(counted).toMatch(/^getCurrentUser +[1-9]\d* /m)
  const cells = JSON.parse((await contractCommand('grid', '--json')).out) as unknown[]
  expect(cells).toContainEqual(
    expect.objectContaining({
      operationId: 'submitJob',
      status: 200,
      targets: expect.objectContaining({ live: expect.objectContaining({ state: 'covered' }) }),
    }),
  )
})
