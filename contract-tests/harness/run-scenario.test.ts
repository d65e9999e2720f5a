import { describe, expect, it } from 'vitest'
import { loadChecks } from './checks/load-checks.ts'
import type { Finding } from './finding.ts'
import { CannotRunError } from './not-run.ts'
import { runScenario } from './run-scenario.ts'
import { type Scenario, scenario } from './scenario.ts'
import { exitCodeOf, type ScenarioResult, summaryOf } from './scenario-result.ts'
import { selectScenarios } from './select-scenarios.ts'
import type { Stage, Target } from './target.ts'
import { mockTarget } from './targets/mock-target.ts'

const { check } = await loadChecks()
const clock = { now: () => new Date(0), elapsedMs: () => 0 }
const run = (one: Scenario, target: Target = mockTarget()) =>
  runScenario(one, target, { clock, check: () => [] })

const told = (changes: Partial<Scenario>): Scenario => ({
  id: 'test/one',
  title: 'a test',
  needs: [],
  covers: [],
  cost: 'free',
  run: async (t) => void (await t.send({ method: 'GET', path: '/api/v2/' })),
  ...changes,
})

/** The mock, with something else about its stages. */
const targetWith = (changes: Partial<Stage>): Target => {
  const mock = mockTarget()
  return { ...mock, enter: async (one) => ({ ...(await mock.enter(one)), ...changes }) }
}

describe('a scenario', () => {
  it('passes when its story goes as told and it met what it says that it covers', async () => {
    const result = await run(
      told({
        covers: [
          ['getCurrentUser', 200],
          ['getCurrentUser', 401],
          ['outside', 404],
        ],
        async run(t) {
          await t.call('getCurrentUser', { expect: 200 })
          await t.call('getCurrentUser', { expect: 401, as: 'nobody' })
          await t.send({ method: 'GET', path: '/api/v2/rockets/' })
        },
      }),
    )
    expect(result).toMatchObject({ outcome: 'passed' })
    expect(result.exchanges.map(({ seq, caller }) => [seq, caller])).toEqual([
      [1, 'owner'],
      [2, 'nobody'],
      [3, 'owner'],
    ])
  })

  it('fails when it did not meet what it says that it covers', async () => {
    const result = await run(told({ covers: [['getCurrentUser', 200]] }))
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: expect.stringContaining('getCurrentUser 200'),
    })
  })

  it('fails with what was answered instead of what it expects', async () => {
    const result = await run(
      told({ run: async (t) => void (await t.call('getJob', { path: { jobId: 'nobody' }, expect: 200 })) }),
    )
    expect(result.failure).toMatch(/getJob answered 404 where 200 is expected: .*Not found/)
  })

  it('fails when it waits for what never comes', async () => {
    const wait = told({ run: async (t) => void (await t.until('rain', async () => undefined)) })
    expect((await run(wait)).failure).toMatch(/rain did not come: given up after \d+ polls/)
  })

  it('undoes the last thing first, whatever happened, and fails when that fails', async () => {
    const undone: string[] = []
    const result = await run(
      told({
        async run(t) {
          t.cleanUp(async () => undone.push('first'))
          t.cleanUp(() => Promise.reject(new Error('cannot')))
          t.cleanUp(async () => undone.push('last'))
        },
      }),
    )
    expect(undone).toEqual(['last', 'first'])
    expect(result).toMatchObject({ outcome: 'failed', failure: 'clean-up: cannot' })
  })

  it('is not run, and says why, where the target refuses it or cannot make what it needs', async () => {
    const reason = { kind: 'costs-money', text: 'too dear' } as const
    const refusing: Target = { ...mockTarget(), refuses: () => reason }
    expect(await run(told({}), refusing)).toMatchObject({ outcome: 'not-run', reason })
    const needy = scenario({
      ...told({}),
      needs: ['a rate limit that is used up'],
      run: async () => undefined,
    })
    expect(
      await run(needy, targetWith({ provide: () => Promise.reject(new CannotRunError(reason)) })),
    ).toMatchObject({
      outcome: 'not-run',
      reason,
    })
    const blocked = targetWith({
      transport: () => Promise.reject(new TypeError('failed', { cause: new CannotRunError(reason) })),
    })
    const calling = told({ run: async (t) => void (await t.call('getApiRoot', { expect: 200 })) })
    expect(await run(calling, blocked)).toMatchObject({ outcome: 'not-run', reason })
  })

  it('is told to mocks only, where it says so', async () => {
    const notOnLive = { kind: 'concerns-others', text: 'It writes to a person.' } as const
    const costly = told({ notOnLive })
    for (const kind of ['live', 'replay'] as const) {
      const reason = { ...notOnLive, leftOut: true }
      expect(await run(costly, { ...mockTarget(), kind })).toMatchObject({ outcome: 'not-run', reason })
    }
    expect(await run(costly)).toMatchObject({ outcome: 'passed' })
  })

  it('finds its preconditions made, without a word of it in what was seen on a mock', async () => {
    const needy = scenario({
      ...told({}),
      needs: ['a completed job'],
      async run(t) {
        const { jobId } = t.given['a completed job']
        await t.call('getJob', { path: { jobId }, expect: 200 })
      },
    })
    const { outcome, exchanges } = await run(needy)
    expect([outcome, exchanges.length]).toEqual(['passed', 1])
  })

  it('tells what it provokes on purpose as a remark', async () => {
    const finding: Finding = {
      class: 'undocumented-parameter',
      operationId: 'getApiRoot',
      status: 200,
      side: 'request',
      pointer: '',
      expected: '',
      received: '',
      message: 'odd',
      scenario: 'test/one',
      seq: 1,
      severity: 'warning',
    }
    const deliberate = [{ class: finding.class, operationId: 'getApiRoot', reason: 'to see' }] as const
    const result = await runScenario(told({ deliberate }), mockTarget(), { clock, check: () => [finding] })
    expect(result.findings).toMatchObject([{ severity: 'info', message: 'odd (meant: to see)' }])
  })

  it('fails when it asks nothing: there was nothing to check', async () => {
    expect(await run(told({ run: async () => undefined }))).toMatchObject({
      outcome: 'failed',
      failure: expect.stringContaining('asked the platform nothing'),
    })
  })

  it('fails when the mock itself fails', async () => {
    const failing = targetWith({ leave: () => Promise.reject(new Error('the mock failed')) })
    expect(await run(told({}), failing)).toMatchObject({ outcome: 'failed', failure: 'the mock failed' })
  })
})

describe('the exit code', () => {
  const result = (changes: Partial<ScenarioResult>): ScenarioResult => ({
    ...{ id: 'a', title: 'a', cost: 'free', outcome: 'passed', findings: [], exchanges: [], durationMs: 0 },
    ...changes,
  })
  const finding = (severity: 'error' | 'warning' | 'info') =>
    result({ findings: [{ class: 'type', severity } as ScenarioResult['findings'][number]] })

  it('is 0 only when everything was run and nothing disagrees', () => {
    expect(exitCodeOf([result({})])).toBe(0)
    expect(exitCodeOf([finding('info')])).toBe(0)
  })

  it('is 1 when something disagrees', () => {
    expect(exitCodeOf([result({ outcome: 'failed' })])).toBe(1)
    expect(exitCodeOf([finding('error')])).toBe(1)
    expect(exitCodeOf([finding('warning'), result({ outcome: 'not-run' })])).toBe(1)
  })

  it('is 2 when anything, or everything, was not run', () => {
    expect(exitCodeOf([result({}), result({ outcome: 'not-run' })])).toBe(2)
    expect(exitCodeOf([])).toBe(2)
  })

  it('is 2 when a request had no answer, though its scenario did not mind', async () => {
    const unanswered = await runScenario(
      told({ run: (t) => t.send({ method: 'GET', path: '/api/v2/' }).then(undefined, () => undefined) }),
      targetWith({ transport: () => Promise.reject(new Error('ECONNRESET')) }),
      { clock, check },
    )
    expect(unanswered).toMatchObject({ outcome: 'passed', findings: [{ class: 'not-checked' }] })
    expect(exitCodeOf([unanswered, result({})])).toBe(2)
    expect(summaryOf([unanswered])).toMatchObject({ findings: 0, notChecked: 1 })
  })

  it('is not spoiled by scenarios that say themselves that they are not for that platform, unless all do', () => {
    const reason = { kind: 'costs-money', text: 'costs money', leftOut: true } as const
    const leftOut = result({ outcome: 'not-run', reason })
    expect(exitCodeOf([result({}), leftOut])).toBe(0)
    expect(exitCodeOf([leftOut])).toBe(2)
    expect(summaryOf([result({}), leftOut])).toMatchObject({ passed: 1, notRun: 0, leftOut: 1 })
  })

  it('comes with numbers that count what was not checked', () => {
    const unchecked = result({
      findings: [{ class: 'not-checked', severity: 'info' } as ScenarioResult['findings'][number]],
    })
    expect(summaryOf([unchecked, result({})])).toMatchObject({ passed: 2, findings: 0, notChecked: 1 })
  })
})

describe('choosing scenarios', () => {
  const all = [
    told({ id: 'jobs/list', covers: [['listJobs', 200]] }),
    told({ id: 'jobs/submit', cost: 'submits' }),
    told({ id: 'files/upload', cost: 'creates' }),
  ]
  const ids = (...only: string[]) => selectScenarios(all, only).map(({ id }) => id)

  it('goes by id, group, operation and cost', () => {
    expect(ids()).toEqual(['jobs/list', 'jobs/submit', 'files/upload'])
    expect(ids('files/upload', 'jobs/list')).toEqual(['jobs/list', 'files/upload'])
    expect(ids('jobs/*')).toEqual(['jobs/list', 'jobs/submit'])
    expect(ids('listJobs')).toEqual(['jobs/list'])
    expect(ids('cost:creates')).toEqual(['jobs/list', 'files/upload'])
  })

  it('refuses words that choose nothing, rather than running nothing', () => {
    expect(() => ids('jobs/lst')).toThrow('chooses no scenario')
    expect(() => ids('getRun')).toThrow('no scenario covers that operation')
    expect(() => ids('cost:nothing')).toThrow('costs are free, creates, submits')
  })
})
