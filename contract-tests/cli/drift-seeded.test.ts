import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { description } from '../../openapi/testing/description.ts'
import type { DriftFinding } from '../harness/drift/drift-finding.ts'
import type { Overlay } from '../harness/drift/overlay.ts'
import { applied } from '../harness/drift/testing/apply-overlay.ts'
import type { JsonObject } from '../harness/json.ts'
import { type Cassette, cassetteText, sealed } from '../harness/recording/cassette.ts'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { allDeviations } from '../harness/selfcheck/corpus.ts'
import type { Spoiler } from '../harness/selfcheck/deviation.ts'
import { spoiledTarget } from '../harness/selfcheck/selfcheck.ts'
import { driftCommand } from './drift-command.ts'
import { openTarget } from './open-target.ts'
import { type CommandResult, commandOf } from './testing/contract-command.ts'

const SCENARIO = 'catalogue/core-types'
/** Of these days, and not today. */
const RECORDED_AT = new Date(Date.now() - 5 * 86_400_000).toISOString()
const DAY = RECORDED_AT.slice(0, 10)
const CASSETTE = `${SCENARIO}.cassette.json`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-drift-'))
  const recorded = fileURLToPath(new URL(`../recordings/${CASSETTE}`, import.meta.url))
  await cp(recorded, join(folder, 'recordings', CASSETTE))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Drifted extends CommandResult {
  readonly findings: readonly DriftFinding[]
}

/** `localscale contract drift` with these recordings, and a mock that answers as the spoiler says. */
async function drift(spoiler: Spoiler | null = null, ...args: readonly string[]): Promise<Drifted> {
  const open: typeof openTarget = async (flags, io) => {
    const target = await openTarget(flags, io)
    return spoiler !== null && target.kind === 'mock' ? spoiledTarget(target, spoiler) : target
  }
  const reports = join(folder, 'reports')
  const result = await commandOf(
    [
      ...['drift', '--only', SCENARIO, '--recordings', join(folder, 'recordings')],
      ...['--report-dir', reports, ...args],
    ],
    [(io) => driftCommand(io, open)],
  )
  const report = JSON.parse(await readFile(join(reports, 'results.json'), 'utf8')) as ContractReport
  return { ...result, findings: report.findings }
}

function deviation(id: string): Spoiler {
  const found = allDeviations(description).find((one) => one.id === id)
  if (!found) throw new Error(`no deviation is called ${id}`)
  return found.create()
}

/** Core types as the platform answered them on that day. */
async function recordedOtherwise(change: (coreType: JsonObject) => JsonObject): Promise<void> {
  const file = join(folder, 'recordings', CASSETTE)
  const { digest: _, ...cassette } = JSON.parse(await readFile(file, 'utf8')) as Cassette
  const exchanges = JSON.parse(JSON.stringify(cassette.exchanges), (key, value) =>
    key === 'results' ? value.map(change) : value,
  )
  const recorded = { ...cassette.recorded, at: RECORDED_AT }
  await writeFile(file, cassetteText(sealed({ ...cassette, recorded, exchanges })))
}

describe('localscale contract drift, where there is a difference', () => {
  it('between mock and description: the mock is probably wrong, for the platform does as described', async () => {
    const { code, out, findings } = await drift(deviation('coretypes undocumented-field'))
    expect(code, out).toBe(1)
    const at = { operationId: 'listCoreTypes', status: 200, pointer: '/results/*/brandNewField' }
    const patch = { kind: 'mock', field: 'brandNewField', text: 'not show /results/*/brandNewField' }
    expect(findings).toMatchObject([
      { ...at, class: 'undocumented-field', pair: 'mock-description', culprit: 'mock', patch },
      { ...at, class: 'undocumented-field', pair: 'mock-recording', culprit: 'mock', patch },
    ])
    // Every page and item of the scenario is one finding.
    expect(findings[0]?.occurrences).toBeGreaterThan(5)
    expect(findings[0]?.evidence[0]).toMatchObject({ scenario: SCENARIO, seq: 1 })
    expect(out).toContain('undocumented-field listCoreTypes 200 /results/*/brandNewField mock-description')
    expect(out).toContain('probably wrong: mock, because the platform does as described there')
    expect(out).toContain('mend the mock: listCoreTypes should not show /results/*/brandNewField')
  })

  it('between recordings and description: the description is probably wrong, and what would mend it is written', async () => {
    await recordedOtherwise((coreType) => ({ ...coreType, brandNew: true }))
    const file = join(folder, 'overlay.json')
    const { code, out, findings } = await drift(null, '--overlay', file)
    expect(code, out).toBe(1)
    const at = { class: 'undocumented-field', status: 200, pointer: '/results/*/brandNew' }
    expect(findings).toMatchObject([
      { ...at, pair: 'recording-description', culprit: 'description', patch: { kind: 'overlay' } },
      { ...at, class: 'missing-field', pair: 'mock-recording', culprit: 'description' },
    ])
    expect(findings[0]?.evidence[0]?.at.slice(0, 10)).toBe(DAY)
    expect(out).toMatch(new RegExp(`seen \\d+x, first in ${SCENARIO}, exchange 1, on ${DAY}`))
    const overlay = JSON.parse(await readFile(file, 'utf8')) as Overlay
    expect(applied(description, overlay).components?.schemas?.CoreType).toMatchObject({
      properties: {
        brandNew: { type: 'boolean', 'x-evidence': { grade: 'observed', date: DAY } },
      },
    })
  })

  it('between mock and recordings, where the description allows both: the mock is probably wrong', async () => {
    await recordedOtherwise(({ color: _, ...coreType }) => coreType)
    const { code, out, findings } = await drift()
    expect(code, out).toBe(1)
    expect(findings).toMatchObject([
      {
        ...{ class: 'undocumented-field', pair: 'mock-recording', culprit: 'mock' },
        ...{ operationId: 'listCoreTypes', status: 200, pointer: '/results/*/color' },
        patch: { kind: 'mock', field: 'color', text: 'not show /results/*/color' },
      },
    ])
    expect(out).toContain('recording has no such field, mock has')
  })

  it('between the mock and recordings in a status: the mock should answer as was recorded', async () => {
    const { code, out, findings } = await drift(({ answer, url }) =>
      /[?&]page=/.test(url) && answer.status === 404 ? { ...answer, status: 401 } : null,
    )
    expect(code, out).toBe(1)
    expect(findings).toContainEqual(
      expect.objectContaining({
        ...{ class: 'undocumented-status', pair: 'mock-recording', culprit: 'mock' },
        patch: {
          ...{ kind: 'mock', operationId: 'listCoreTypes', field: null },
          text: 'answer with status 404',
        },
      }),
    )
  })
})
