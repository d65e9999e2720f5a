import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createControl } from '../../client/control/index.ts'
import { writeProfile } from '../../client/index.ts'
import { itWith } from '../../client/test-support/programs.ts'
import { call } from '../process/api.ts'
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
const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [builtTutorial, ...args], {
    env: { ...process.env, HOME: home },
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

describe('the tutorial', () => {
  it('passes all its steps against any profile, and prints them as data', { timeout: 180_000 }, async () => {
    await using server = await startBuiltServer(
      ['--executor', 'shell', '--pace', '600x', '--write-profile', 'there'],
      { HOME: home },
    )
    const { code, stdout, stderr } = await tutorial(
      ...['--target', 'there', '--yes', '--json', '--size', '1MiB'],
    )
    expect(stderr).toBe('')
    const { url, passed, total, steps, seconds } = JSON.parse(stdout)
    expect(steps.filter((step: { passed: boolean }) => !step.passed)).toEqual([])
    expect({ code, url, passed }).toEqual({ code: 0, url: server.url, passed: total })
    expect(steps).toHaveLength(total)
    expect(seconds).toBeGreaterThan(0)
    const large = steps.find(({ title }: { title: string }) => title === 'a job that makes a large file')
    expect(large).toEqual({
      number: expect.any(Number),
      title: 'a job that makes a large file',
      passed: true,
      outcome: expect.stringMatching(/^testfile is [A-Za-z]{6}, 1\.0 MB$/),
      seconds: expect.any(Number),
    })
    // The client that it tells, and the steps' own requests, are as they should be.
    const { journal } = createControl({ baseUrl: server.url, apiKey: server.apiKey })
    expect(await journal.lintAs('text')).toMatch(/^nothing found in \d+ requests\n$/)
    const jobs = await (await call(server, 'jobs/?page_size=1000')).text()
    expect(jobs).not.toContain('LocalScale tutorial')
  })

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
