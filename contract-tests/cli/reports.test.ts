import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { sarifProblems } from '../harness/reports/testing/sarif-problems.ts'
import { contractCommand } from './testing/contract-command.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-reports-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A scenario of a user's own, whose platform does not do what it expects. */
const failing = `export const scenarios = [{
  id: 'own/failing', title: 'fails', needs: [], covers: [], cost: 'free',
  async run() { throw new Error('not so') },
}]`

/** Asks for what is not described. */
const odd = `export const scenarios = [{
  id: 'own/odd', title: 'asks for a colour', needs: [], covers: [], cost: 'free',
  async run(t) { await t.send({ method: 'GET', path: '/api/v2/jobs/?colour=red' }) },
}]`

const anyScenario = ['--only', 'job-life/submit-and-watch']

it('writes every kind of report into one folder', async () => {
  const { code, out, err } = await contractCommand('run', ...anyScenario, '--report-dir', folder)
  expect(code, out + err).toBe(0)
  expect((await readdir(folder)).sort()).toEqual([
    'findings.sarif',
    'junit.xml',
    'report.html',
    'results.json',
    'summary.md',
  ])
  const report = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as ContractReport
  expect(report.scenarios.map(({ id, outcome }) => [id, outcome])).toEqual([
    ['job-life/submit-and-watch', 'passed'],
  ])
})

/** What only that kind of report can be. */
const kinds: Readonly<Record<string, (text: string) => void>> = {
  json: (text) => expect(JSON.parse(text)).toMatchObject({ version: 1, tool: { name: 'localscale' } }),
  junit: (text) => {
    expect(text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites><testsuite /)
    expect(text).toContain('<testcase classname="own" name="own/odd: asks for a colour"')
    expect(text).toContain('type="undocumented-parameter"')
  },
  sarif: (text) => {
    expect(sarifProblems(text)).toEqual([])
    expect(JSON.parse(text)).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'undocumented-parameter', level: 'warning' }] }],
    })
  },
  html: (text) => {
    expect(text).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    expect(text).toContain('undocumented-parameter')
    // Nothing is loaded from anywhere.
    expect(text).not.toMatch(/<(?:script|link|img|iframe)\b|@import|url\(/i)
  },
  markdown: (text) => {
    expect(text).toMatch(/^## Contract: /)
    expect(text).toMatch(/^\| listJobs request \/colour \| undocumented-parameter \|/m)
  },
}

it('writes each report by itself where its flag says, and no other', async () => {
  const file = join(folder, 'own.mjs')
  await writeFile(file, odd)
  for (const [flag, check] of Object.entries(kinds)) {
    const path = join(folder, flag, 'a report')
    const { code, out, err } = await contractCommand(
      ...['run', '--scenarios', file, '--only', 'own/odd', `--${flag}`, path],
    )
    expect(code, out + err).toBe(1)
    check(await readFile(path, 'utf8'))
    expect(await readdir(join(folder, flag))).toEqual(['a report'])
  }
  expect((await readdir(folder)).sort()).toEqual([...Object.keys(kinds), 'own.mjs'].sort())
})

it('ends with 2 where a report cannot be written', async () => {
  const { code, err } = await contractCommand('run', ...anyScenario, '--json', join('/dev/null', 'x.json'))
  expect([code, err]).toEqual([2, expect.stringContaining('/dev/null/x.json cannot be written')])
})

it('tells in the report of what failed, and ends with 1', async () => {
  const file = join(folder, 'own.mjs')
  await writeFile(file, failing)
  const junit = join(folder, 'deep/er/junit.xml')
  const { code, out, err } = await contractCommand(
    'run',
    '--scenarios',
    file,
    '--only',
    'own/*',
    '--junit',
    junit,
  )
  expect(code, out + err).toBe(1)
  expect(await readFile(junit, 'utf8')).toContain('not so')
})

it('refuses a file of accepted differences that is none, with 2', async () => {
  const file = join(folder, 'accepted.json')
  await writeFile(file, '{"accepted": [{}]}')
  const { code, err } = await contractCommand('run', ...anyScenario, '--accepted', file)
  expect([code, err]).toEqual([2, expect.stringContaining('accepted difference 1 has no "owner"')])
})
