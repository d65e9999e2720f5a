import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { description } from '../../../openapi/testing/description.ts'
import { accept, parseAcceptances } from '../drift/acceptances.ts'
import { drift } from '../drift/drift.ts'
import { aFinding, anExchange } from '../drift/testing/exchanges.ts'
import type { ScenarioResult } from '../scenario-result.ts'
import { allReports, sourceLines as lines } from '../testing/all-reports.ts'
import { type ContractReport, contractReport, exitCodeOfReport } from './contract-report.ts'
import { junitReport } from './junit.ts'
import { sarifReport } from './sarif.ts'
import { terminalReport } from './terminal.ts'
import { sarifProblems } from './testing/sarif-problems.ts'

const nasty = `<script>alert("x")</script>|[a](http://x)\u0007\u001b[31m`
const secret = 'a'.repeat(40)

const results: ScenarioResult[] = [
  {
    id: 'jobs/read',
    title: 'reads a job',
    cost: 'free',
    outcome: 'passed',
    findings: [
      aFinding({ received: `${nasty} Token ${secret}` }),
      aFinding({ class: 'not-checked', message: 'binary', pointer: '', severity: 'info' }),
    ],
    exchanges: [anExchange({ brandNew: 1 })],
    durationMs: 12.4,
  },
  {
    id: 'jobs/stop',
    title: 'stops a job',
    cost: 'submits',
    outcome: 'failed',
    failure: `status 500 for Token ${secret} ${nasty}`,
    findings: [aFinding({ pointer: '/owner', class: 'type', scenario: 'jobs/stop' })],
    exchanges: [anExchange({ owner: 5 }, { scenario: 'jobs/stop' })],
    durationMs: 5,
  },
  {
    id: 'jobs/submit',
    title: 'submits a job',
    cost: 'submits',
    outcome: 'not-run',
    reason: { kind: 'costs-money', text: 'it costs money; allow it with --max-cost' },
    findings: [],
    exchanges: [],
    durationMs: 0,
  },
]

const accepted = parseAcceptances(
  JSON.stringify({
    accepted: [
      { match: { pointer: '/owner' }, owner: 'ada', reason: 'known', reviewBy: '2027-01-01' },
      { match: { pointer: '/gone' }, owner: 'bob', reason: 'long ago', reviewBy: '2026-01-01' },
    ],
  }),
)

const report: ContractReport = contractReport({
  toolVersion: '0.1.0',
  target: 'mock in this process',
  startedAt: new Date('2026-11-28T12:00:00Z'),
  durationMs: 1234,
  results,
  drift: accept(
    drift(
      {
        mock: {
          exchanges: results.flatMap(({ exchanges }) => exchanges),
          findings: results.flatMap(({ findings }) => findings),
        },
      },
      description,
    ),
    accepted,
    '2026-11-28',
  ),
  recordings: [{ scenario: 'jobs/read', recordedAt: '2026-08-01', days: 119, age: 'stale' }],
  redact: (text) => text.replaceAll(secret, '***'),
})

const all = allReports(report)

it.each(Object.entries(all))('hides secrets in %s', (_, text) => {
  expect(text).not.toContain(secret)
  expect(text.replaceAll('\\', '')).toContain('Token ***')
})

it('lists all in JSON', () => {
  const read = JSON.parse(all.json) as ContractReport
  expect(read).toEqual(report)
  expect(read.findings.map(({ class: kind, accepted }) => [kind, accepted?.owner ?? null])).toEqual([
    ['undocumented-field', null],
    ['type', 'ada'],
  ])
  expect(read.notChecked).toEqual([{ reason: 'binary', count: 1 }])
})

it('counts in JUnit what fails, and skips what could not be run, with the reason', () => {
  expect(all.junit).toContain('tests="4" failures="3" errors="0" skipped="1"')
  expect(all.junit).toContain('<skipped message="it costs money; allow it with --max-cost"/>')
  expect(all.junit).toMatch(/<testcase classname="jobs" name="jobs\/read: reads a job" time="0.012"><failure/)
  expect(all.junit).not.toContain('\u0007')
})

it('points in SARIF at the line of the description, and suppresses what is accepted', () => {
  const { runs } = JSON.parse(all.sarif)
  const [field, type] = runs[0].results
  expect(field.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'openapi/schemas/job.yaml' },
  })
  expect(field.suppressions).toBeUndefined()
  expect(type.suppressions).toMatchObject([{ justification: 'known' }])
  const source = readFileSync(new URL('../../../openapi/schemas/job.yaml', import.meta.url), 'utf8').split(
    '\n',
  )
  const line = type.locations[0].physicalLocation.region.startLine as number
  expect(source[line - 1]?.trim()).toBe('owner:')
})

it('says in every report that an acceptance is past its day: the run fails for it', () => {
  const text = 'accepted only until 2026-01-01 (bob): long ago. Look at it again.'
  for (const shown of [all.junit, all.html, all.terminal, all.sarif]) expect(shown).toContain(text)
  expect(all.markdown.replaceAll('\\', '')).toContain(text)
  expect(all.junit).toContain(`<failure message="${text}" type="expired">`)
  expect(JSON.parse(all.json)).toMatchObject({ expiredAcceptances: [{ owner: 'bob', reason: 'long ago' }] })
})

it('is no clean run where a request had no answer, and JUnit has it as an error', () => {
  const [first] = results
  if (!first) throw new Error('there are results')
  const unanswered = aFinding({ class: 'not-checked', message: 'no answer', severity: 'warning' })
  const quiet = contractReport({
    ...{
      toolVersion: '0',
      target: 'x',
      startedAt: new Date(0),
      durationMs: 0,
      redact: (text: string) => text,
    },
    results: [{ ...first, findings: [unanswered] }],
    drift: { findings: [], expired: [], unused: [] },
  })
  expect(exitCodeOfReport(quiet)).toBe(2)
  expect(junitReport(quiet)).toContain('tests="1" failures="0" errors="1"')
  expect(junitReport(quiet)).toContain('<error message="1 requests had no answer that could be checked"/>')
})

it('writes SARIF as its schema says, whatever there is to tell', () => {
  const [passed, , notRun] = report.scenarios
  const few = { ...report, findings: [], expiredAcceptances: [], recordings: [] }
  for (const told of [report, few, { ...few, scenarios: [] }, { ...few, scenarios: [passed, notRun] }])
    expect(sarifProblems(sarifReport(told as ContractReport, { description, lines }))).toEqual([])
  expect(sarifProblems('{"version":"2.1.0","runs":[{}]}')).toEqual([
    "/runs/0 must have required property 'tool'",
  ])
})

it('does not tell in SARIF that all went well where something could not be run, and names it', () => {
  const invocationOf = (scenarios: ContractReport['scenarios']) =>
    JSON.parse(sarifReport({ ...report, scenarios }, { description, lines })).runs[0].invocations[0]
  const [passed, failed, notRun] = report.scenarios
  if (!passed || !failed || !notRun) throw new Error('there are three scenarios')
  expect(invocationOf([passed]).executionSuccessful).toBe(true)
  for (const scenarios of [[], [passed, failed], [passed, notRun]])
    expect(invocationOf(scenarios).executionSuccessful).toBe(false)
  expect(invocationOf([passed, notRun]).toolExecutionNotifications).toContainEqual({
    level: 'warning',
    message: { text: 'jobs/submit was not run: it costs money; allow it with --max-cost' },
  })
})

it('ends green on a terminal only where the run ends with 0', () => {
  const [passed] = report.scenarios
  if (!passed) throw new Error('there are scenarios')
  const clean = { ...report, scenarios: [passed], findings: [], expiredAcceptances: [] }
  const colourOf = (of: ContractReport) =>
    terminalReport(of, { colour: true }).trimEnd().split('\n').at(-1)?.slice(1, 5)
  expect(colourOf(clean)).toBe('[32m')
  expect(colourOf({ ...clean, expiredAcceptances: report.expiredAcceptances })).toBe('[31m')
  expect(colourOf({ ...clean, scenarios: [] })).toBe('[33m')
})

it('says of each finding, in every report, who is probably wrong, where it was seen, and on which day', () => {
  const { json, ...others } = all
  for (const [name, shown] of Object.entries(others)) {
    const text = shown.replaceAll('\\', '')
    const about = text.slice(text.indexOf('/brandNew'))
    expect(about, name).toMatch(/\bmock\b/)
    expect(about, name).toContain('jobs/read')
    expect(about, name).toContain('2026-11-28')
  }
  expect(JSON.parse(json).findings[0]).toMatchObject({
    culprit: 'mock',
    evidence: [{ scenario: 'jobs/read', seq: 1, at: '2026-11-28T12:00:00.000Z' }],
  })
})

it('lets no answer of a server become markup', () => {
  expect(all.html).not.toContain('<script>')
  expect(all.markdown).not.toContain('<script>')
  expect(all.markdown).not.toMatch(/[^\\]\[a\]\(/)
  expect(all.terminal).not.toContain('\u001b')
})

it('says on the terminal and in CI what was not run, not checked, past its day and growing old', () => {
  for (const text of [all.terminal, all.markdown]) {
    expect(text).toContain(
      '1 passed, 1 failed, 1 not run, 1 findings \\(1 more accepted\\), 1 bodies not checked'.replaceAll(
        '\\',
        text === all.markdown ? '\\' : '',
      ),
    )
    expect(text).toMatch(/it costs money; allow it with --max/)
    expect(text).toContain('long ago')
    expect(text).toContain('1 stale')
  }
})

it('says in every report how old the recordings are that took part, and nothing of it where none did', () => {
  const text = '0 fresh, 1 stale, 0 expired; the oldest is jobs/read, of 2026-08-01'
  const { json, ...others } = all
  for (const [name, shown] of Object.entries(others)) expect(shown.replaceAll('\\', ''), name).toContain(text)
  expect(JSON.parse(json).recordings).toEqual(report.recordings)
  expect(all.junit).toContain(`<properties><property name="recordings" value="${text}"/></properties>`)
  const withAges = (recordings: ContractReport['recordings']) =>
    JSON.parse(sarifReport({ ...report, recordings }, { description, lines })).runs[0].invocations[0]
      .toolExecutionNotifications
  expect(withAges(report.recordings)).toContainEqual({
    level: 'warning',
    message: { text: `recordings: ${text}` },
  })
  const fresh = report.recordings.map((one) => ({ ...one, age: 'fresh' as const }))
  expect(withAges(fresh)).toContainEqual({
    level: 'note',
    message: { text: 'recordings: 1 fresh, 0 stale, 0 expired; the oldest is jobs/read, of 2026-08-01' },
  })
  const without = { ...report, recordings: [] }
  const { json: _, ...none } = allReports(without)
  for (const shown of Object.values(none)) expect(shown).not.toMatch(/recordings|fresh/i)
})

it('colours a terminal only when asked to', () => {
  expect(terminalReport(report, { colour: true })).toContain('\u001b[31m')
})
