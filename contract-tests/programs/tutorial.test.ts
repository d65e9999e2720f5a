import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createControl, type JournalEntry } from '../../client/control/index.ts'
import { writeProfile } from '../../client/index.ts'
import { itWith } from '../../client/test-support/programs.ts'
import type { StepResult } from '../../examples/tutorial/step.ts'
import { realClock } from '../harness/harness-clock.ts'
import { runScenarios } from '../harness/run-report.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { call } from '../process/api.ts'
import { scenarios } from '../scenarios/index.ts'
import { toldOfTheTutorial } from '../scenarios/of-the-tutorial.ts'
import { askedBy, askedIn, neverAsked } from './asked.ts'
import { builtTutorial, type Ended, ended, ensureBuilt } from './built-cli.ts'
import { startBuiltServer } from './built-server.ts'

let home = ''
beforeAll(() => ensureBuilt(), 120_000)
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'localscale-tutorial-test-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const configFile = (): string => join(home, '.config/rescale/apiconfig')

/** With a home of its own, and nobody at a terminal. */
const start = (args: readonly string[], inHome = home): ChildProcess =>
  spawn(process.execPath, [builtTutorial, ...args], {
    env: { ...process.env, HOME: inHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const tutorial = (...args: readonly string[]): Promise<Ended> => ended(start(args))

/** Answers as the platform does at first, and refuses all that a key is needed for. */
async function aPlatformThatRefuses(): Promise<Server> {
  const server = createServer(({ headers }, response) => {
    const key = headers.authorization ?? ''
    const [status, detail] =
      key === ''
        ? [401, 'Authentication credentials were not provided.']
        : key.endsWith('not-a-key')
          ? [401, 'Invalid token.']
          : [403, 'You are on holiday.']
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ detail }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

/** Of two processes: the server's does not follow when that of the machine is set. */
const CLOCKS_APART_MS = 20

describe('the tutorial against a profile', () => {
  let said: Ended
  let tutorialOf = { url: '', passed: 0, total: 0, seconds: 0, steps: [] as readonly StepResult[] }
  let there: { url: string; findings: string; jobs: string; entries: readonly JournalEntry[] }
  beforeAll(async () => {
    const ofServer = await mkdtemp(join(tmpdir(), 'localscale-tutorial-test-'))
    await using server = await startBuiltServer(
      ['--executor', 'shell', '--pace', '600x', '--write-profile', 'there'],
      { HOME: ofServer },
    )
    const args = ['--target', 'there', '--yes', '--json', '--size', '1MiB']
    said = await ended(start(args, ofServer))
    tutorialOf = JSON.parse(said.stdout)
    const { journal } = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    const { entries } = await journal.list({ limit: 1000 })
    const findings = await journal.lintAs('text')
    const jobs = await (await call(server, 'jobs/?page_size=1000')).text()
    there = { url: server.url, findings, jobs, entries }
    await rm(ofServer, { recursive: true, force: true })
  }, 180_000)

  it('passes all its steps, and prints them as data', () => {
    const { url, passed, total, steps, seconds } = tutorialOf
    expect(said.stderr).toBe('')
    expect(steps.filter((step) => !step.passed)).toEqual([])
    expect({ code: said.code, url, passed }).toEqual({ code: 0, url: there.url, passed: total })
    expect(steps).toHaveLength(total)
    expect(seconds).toBeGreaterThan(0)
    expect(steps.find(({ title }) => title === 'a job that makes a large file')).toEqual({
      number: expect.any(Number),
      title: 'a job that makes a large file',
      passed: true,
      outcome: expect.stringMatching(/^testfile is [A-Za-z]{6}, 1\.0 MB$/),
      startedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      seconds: expect.any(Number),
    })
  })

  it('says nothing that the lint of clients finds, and leaves no job behind', () => {
    expect(there.findings).toMatch(/^nothing found in \d+ requests\n$/)
    expect(there.jobs).not.toContain('LocalScale tutorial')
  })

  it('asks the API for nothing in any step that the scenarios named for the step do not ask for', async () => {
    const target = mockTarget()
    const { results } = await runScenarios(scenarios, target, { clock: realClock, check: () => [] })
    await target.close()
    const asked = new Map(results.map(({ id, exchanges }) => [id, askedIn(exchanges)]))
    const untold = there.entries.flatMap((entry) => {
      const near = stepsAt(Date.parse(entry.startedAt))
      const told = near.map(({ title }) => toldOfTheTutorial[title] ?? [])
      const others = told.flatMap((ids) => ('nothing' in ids ? [] : ids.flatMap((id) => asked.get(id) ?? [])))
      return neverAsked(askedBy(entry), others).map((thing) => `${near[0]?.title}: ${thing}`)
    })
    expect(untold).toEqual([])
    expect(there.entries.length).toBeGreaterThan(100)
  })

  /** The one that ran at that time; near its ends, also the one before or after. */
  const stepsAt = (time: number): readonly StepResult[] =>
    tutorialOf.steps.filter(({ startedAt, seconds }) => {
      const from = Date.parse(startedAt)
      return from - CLOCKS_APART_MS <= time && time <= from + seconds * 1000 + CLOCKS_APART_MS
    })
})

describe('the tutorial', () => {
  it('prints the exchange that failed, and ends with 1', async () => {
    const server = await aPlatformThatRefuses()
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await writeProfile(configFile(), 'refusing', { baseUrl, apiKey: '5'.repeat(40) })
    const { code, stdout } = await tutorial('--target', 'refusing', '--yes')
    server.close()
    expect(code).toBe(1)
    const lines = stdout.trimEnd().split('\n')
    const failed = lines.findIndex((line) => /^✗ +4\/\d+ who am I/.test(line))
    expect(lines.slice(failed + 1, failed + 4).map((line) => line.trim())).toEqual([
      expect.stringContaining('You are on holiday.'),
      `> GET ${baseUrl}/api/v2/users/me/`,
      '< 403 {"detail":"You are on holiday."}',
    ])
    expect(lines.at(-1)).toMatch(/^tutorial: 3\/\d+ steps passed in \d+\.\d s$/)
    expect(stdout).not.toContain('5'.repeat(40))
  })

  it('runs against no profile unasked', async () => {
    const baseUrl = 'https://platform.example'
    await writeProfile(configFile(), 'real', { baseUrl, apiKey: '5'.repeat(40) })
    const { code, stdout, stderr } = await tutorial('--target', 'real')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toBe(`This would run jobs on ${baseUrl}, which costs money. Say --yes if you mean it.\n`)
  })

  itWith('script')('asks whoever sits at a terminal', async () => {
    const baseUrl = 'https://platform.example'
    await writeProfile(configFile(), 'real', { baseUrl, apiKey: '5'.repeat(40) })
    const command = `exec '${process.execPath}' '${builtTutorial}' --target real`
    const child = spawn('script', ['-qfec', command, '/dev/null'], {
      env: { ...process.env, HOME: home },
    })
    let shown = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (!shown.includes('[y/N]') && (shown + text).includes('[y/N]')) child.stdin.write('\r')
      shown += text
    })
    const [code] = (await once(child, 'close')) as [number]
    expect(shown).toContain(`Run about ten short jobs on ${baseUrl}? They cost money. [y/N]`)
    expect(code).toBe(2)
  })

  it.each([
    [['--size', 'banana'], '--size banana is no size such as 128MiB or 1GiB\n'],
    [['--size', '3'], '--size 3 is no size such as 128MiB or 1GiB\n'],
    [['--loud'], expect.stringContaining("Unknown option '--loud'")],
    [['--target', 'nobody'], expect.stringMatching(/^ConfigError: There is no apiconfig at .*apiconfig/)],
  ])('refuses %j', async (args, said) => {
    expect(await tutorial(...args)).toEqual({ code: 1, stdout: '', stderr: said })
  })
})
