import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AcceptedDifference } from '../harness/drift/acceptances.ts'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { type CommandResult, contractCommand } from './testing/contract-command.ts'

/** Asks for what is not described, which is a finding every time. */
const odd = `export const scenarios = [{
  id: 'own/odd', title: 'asks for a colour', needs: [], covers: [], cost: 'free',
  async run(t) { await t.send({ method: 'GET', path: '/api/v2/jobs/?colour=red' }) },
}]`

const known: AcceptedDifference = {
  match: { operationId: 'listJobs', class: 'undocumented-parameter', pointer: '/colour' },
  owner: 'ada',
  reason: 'announced for March, described then',
  reviewBy: '2999-03-01',
}
const past: AcceptedDifference = { ...known, owner: 'bob', reviewBy: '2026-01-31' }

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-accepted-'))
  await writeFile(join(folder, 'own.mjs'), odd)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function told(accepted: readonly object[], only = 'own/odd'): Promise<CommandResult> {
  const file = join(folder, 'accepted.json')
  await writeFile(file, JSON.stringify({ accepted }))
  const own = ['--scenarios', join(folder, 'own.mjs'), '--only', only]
  return contractCommand('run', ...own, '--accepted', file, '--report-dir', folder)
}

const report = async (): Promise<ContractReport> =>
  JSON.parse(await readFile(join(folder, 'results.json'), 'utf8'))

describe('a difference that is accepted', () => {
  it('counts no more until its day, and is told with its owner, its reason and that day', async () => {
    const { code, out } = await told([known])
    expect(code, out).toBe(0)
    expect(out).toContain(
      'accepted: undocumented-parameter at listJobs request /colour, by ada until 2999-03-01: announced for March, described then',
    )
    expect(out).toContain('0 findings (1 more accepted)')
    const [finding] = (await report()).findings
    const { owner, reason, reviewBy } = known
    expect(finding?.accepted).toEqual({ owner, reason, reviewBy })
  })

  it('counts again after its day, and the run says whose it was', async () => {
    const { code, out } = await told([past])
    expect([code, out]).toEqual([1, expect.stringContaining('accepted only until 2026-01-31 (bob)')])
    expect(out).toContain('1 findings')
    expect((await report()).findings.map(({ accepted }) => accepted)).toEqual([null])
  })

  it('fails a run after its day though nothing disagrees any more, until somebody takes it away', async () => {
    const { code, out } = await told([past], 'catalogue/prices')
    expect([code, out]).toEqual([1, expect.stringContaining('An accepted difference is past its day.')])
    expect(out).toContain('accepted only until 2026-01-31 (bob): announced for March, described then')
    expect(out).not.toContain('The platform does not do what is described')
  })

  it('is named when it fits nothing any more, and fails nothing', async () => {
    const { code, out } = await told([known], 'catalogue/prices')
    expect([code, out]).toEqual([0, expect.stringContaining('accepted, but not seen any more (ada)')])
  })

  it('does not cover what it does not match', async () => {
    const elsewhere = { ...known, match: { ...known.match, pointer: '/color' } }
    expect((await told([elsewhere])).code).toBe(1)
  })

  it.each(['owner', 'reason', 'reviewBy'])('has its %s, or the run does not begin', async (key) => {
    const { code, err } = await told([{ ...known, [key]: undefined }])
    expect([code, err]).toEqual([2, expect.stringContaining(`has no "${key}"`)])
  })
})
