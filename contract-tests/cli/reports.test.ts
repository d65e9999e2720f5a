import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ContractReport } from '../harness/reports/contract-report.ts'
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
