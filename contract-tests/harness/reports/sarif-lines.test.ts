import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import { scenarios } from '../../scenarios/index.ts'
import { loadChecks } from '../checks/load-checks.ts'
import { accept } from '../drift/acceptances.ts'
import { drift } from '../drift/drift.ts'
import type { Finding } from '../finding.ts'
import { realClock } from '../harness-clock.ts'
import { runScenarios } from '../run-report.ts'
import { hasAnswer } from '../seen-exchange.ts'
import { wholeOfSeen } from '../selfcheck/answer.ts'
import { fieldsFinder, type PresentField } from '../selfcheck/places.ts'
import { mockTarget } from '../targets/mock-target.ts'
import { sourceLines as lines } from '../testing/all-reports.ts'
import { contractReport } from './contract-report.ts'
import { sarifReport } from './sarif.ts'
import { sarifProblems } from './testing/sarif-problems.ts'

const root = new URL('../../../', import.meta.url)

const texts = new Map<string, readonly string[]>()
function lineAt(file: string, line: number): string {
  const text = texts.get(file) ?? readFileSync(new URL(file, root), 'utf8').split('\n')
  texts.set(file, text)
  return text[line - 1] ?? ''
}

interface Place extends PresentField {
  readonly operationId: string
  readonly status: number
}

/** Every field that the suite ever sees, by where it is. */
async function seenFields(): Promise<Place[]> {
  const { check } = await loadChecks()
  const target = mockTarget()
  const { results } = await runScenarios(scenarios, target, { clock: realClock, check })
  await target.close()
  const fieldsOf = fieldsFinder(description)
  const places = new Map<string, Place>()
  for (const exchange of results.flatMap(({ exchanges }) => exchanges).filter(hasAnswer)) {
    const whole = wholeOfSeen(exchange)
    const { operationId } = exchange
    if (whole === null || operationId === null || exchange.response.status >= 300) continue
    const { status } = exchange.response
    for (const field of fieldsOf(whole))
      places.set(`${operationId} ${status} ${field.pointer}`, { ...field, operationId, status })
  }
  return [...places.values()]
}

/** A finding about a field, as the report has it. */
function locationsOf(places: readonly Place[]): { file: string; line: number; where: string }[] {
  const findings = places.map(
    ({ operationId, status, pointer }, seq): Finding => ({
      ...{ class: 'type', side: 'response', expected: '', received: '', message: '', severity: 'error' },
      ...{ operationId, status, pointer, scenario: 'x', seq },
    }),
  )
  const report = contractReport({
    ...{ toolVersion: '0', target: '', startedAt: new Date(0), durationMs: 0, results: [] },
    drift: accept(drift({ mock: { exchanges: [], findings } }, description), [], '2026-01-01'),
    redact: (text) => text,
  })
  const text = sarifReport(report, { description, lines })
  expect(sarifProblems(text)).toEqual([])
  const { runs } = JSON.parse(text)
  return runs[0].results.map(({ locations: [{ physicalLocation, logicalLocations }] }: SarifResult) => ({
    file: physicalLocation.artifactLocation.uri,
    line: physicalLocation.region.startLine,
    where: logicalLocations[0].fullyQualifiedName,
  }))
}

interface SarifResult {
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string }
        readonly region: { readonly startLine: number }
      }
      readonly logicalLocations: readonly [{ readonly fullyQualifiedName: string }]
    },
  ]
}

describe('SARIF', () => {
  let places: readonly Place[] = []
  beforeAll(async () => {
    places = await seenFields()
  }, 60_000)

  it('points, for a finding at any field that the suite sees, at the line that describes that field', () => {
    expect(places.length).toBeGreaterThan(300)
    const located = locationsOf(places)
    expect(located.length).toBeGreaterThan(300)
    const wrong = located.filter(({ file, line, where }) => {
      const key = where.split('/').at(-1) ?? ''
      return !new RegExp(`^\\s*["']?${key}["']?:`).test(lineAt(file, line))
    })
    expect(wrong.map(({ file, line, where }) => `${where}: ${file}:${line} ${lineAt(file, line)}`)).toEqual(
      [],
    )
  })
})
