import { beforeAll, describe, expect, it } from 'vitest'
import { sharedCatalogues } from '../../mock-server/index.ts'
import { description } from '../../openapi/testing/description.ts'
import { loadChecks } from '../harness/checks/load-checks.ts'
import type { Finding } from '../harness/finding.ts'
import type { RunOptions } from '../harness/run-scenario.ts'
import { hasAnswer, type SeenExchange } from '../harness/seen-exchange.ts'
import { allDeviations } from '../harness/selfcheck/corpus.ts'
import { type SelfcheckParts, selfcheck } from '../harness/selfcheck/selfcheck.ts'
import { variations } from '../harness/selfcheck/variations.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { headerOf } from '../harness/transport.ts'
import { scenarios } from '../scenarios/index.ts'
import { type Rounds, selfcheckCommand } from './selfcheck-command.ts'
import { type CommandResult, commandOf } from './testing/contract-command.ts'

const { check } = await loadChecks()
const catalogue = sharedCatalogues()

const called = (...ids: readonly string[]) => scenarios.filter(({ id }) => ids.includes(id))

/** Quick ones. */
const chosen = called(
  ...['access/who-am-i', 'catalogue/core-types', 'files/lines', 'jobs/settings', 'jobs/custom-fields'],
  'storage/another-key-sees-nothing',
)
let whole: SelfcheckParts = {
  scenarios: chosen,
  openTarget: async (options) => mockTarget({ catalogue, ...options }),
  run: { clock: { now: () => new Date(0), elapsedMs: () => 0 }, check },
  deviations: allDeviations(description),
  variations,
}

/** Of all, those for which these scenarios are enough. */
beforeAll(async () => {
  const report = await selfcheck(whole)
  const found = new Set(report.deviations.filter(({ outcome }) => outcome === 'found').map(({ id }) => id))
  const tried = new Set(report.variations.filter(({ changed }) => changed > 0).map(({ id }) => id))
  whole = {
    ...whole,
    deviations: whole.deviations.filter(({ id }) => found.has(id)),
    variations: variations.filter(({ id }) => tried.has(id)),
  }
}, 120_000)

/** `localscale contract selfcheck`, whose n-th round has these parts in place of good ones. */
function selfcheckOf(
  otherwise: (round: number) => Partial<SelfcheckParts>,
  ...args: readonly string[]
): Promise<CommandResult> {
  let round = 0
  const rounds = async (): Promise<Rounds> => ({
    begin: async () => ({ ...whole, ...otherwise(++round), [Symbol.asyncDispose]: async () => undefined }),
    [Symbol.asyncDispose]: async () => undefined,
  })
  return commandOf(['selfcheck', ...args], [(io) => selfcheckCommand(io, rounds)])
}

const checking = (judge: RunOptions['check']) => ({
  run: { ...whole.run, check: judge },
})

describe('localscale contract selfcheck', { timeout: 120_000 }, () => {
  it('ends with 0 when all is found, nothing harmless reported, and each time the same', async () => {
    const { code, out, err } = await selfcheckOf(() => ({}), '--times', '2')
    expect(code, out + err).toBe(0)
    const [all, silent] = [whole.deviations.length, whole.variations.length]
    expect(out).toBe(
      `${all} of ${all} deviations found, ${silent} of ${silent} harmless variations passed in silence, the same 2 times over\n`,
    )
  })

  it('ends with 1 when a harness that is blind to something misses a deviation', async () => {
    const blind = checking((exchanges) =>
      check(exchanges).filter((one) => one.class !== 'undocumented-field'),
    )
    const { code, out } = await selfcheckOf(() => blind)
    expect(out).toContain('✗ coretypes undocumented-field was missed')
    expect(code).toBe(1)
  })

  it('ends with 1 when a harness that takes harmless headers amiss reports them', async () => {
    const touchy = checking((exchanges) => [...check(exchanges), ...amissIn(exchanges)])
    const { code, out } = await selfcheckOf(() => touchy)
    expect(out).toContain('✗ false alarm about unknown headers: access/who-am-i: undocumented-header amiss')
    expect(out).not.toContain('was missed')
    expect(code).toBe(1)
  })

  it('ends with 1 when one time comes to something else than the others, each of which is good', async () => {
    const again = called('jobs/settings').map((one) => ({ ...one, id: 'jobs/settings-again' }))
    const more = { scenarios: [...again, ...chosen] }
    const { code, out } = await selfcheckOf((round) => (round === 2 ? more : {}), '--times', '2')
    expect(out).toMatch(
      /^✗ time 2 came to something else than the first: .*in jobs\/settings-again by \d+ changed answers, before it was found in jobs\/settings by \d+ changed answers\n\d+ of \d+ deviations found/,
    )
    expect(code).toBe(1)
  })
})

const amissIn = (exchanges: readonly SeenExchange[]): Finding[] =>
  exchanges.filter(hasAnswer).flatMap(({ operationId, scenario, seq, response: { status, headers } }) =>
    headerOf(headers, 'x-request-id') === undefined
      ? []
      : {
          ...{ class: 'undocumented-header', severity: 'error', side: 'response', pointer: '/x-request-id' },
          ...{ expected: 'none', received: 'one', message: 'amiss' },
          ...{ operationId, status, scenario, seq },
        },
  )
