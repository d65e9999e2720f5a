import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { examineLimits } from '../../client/cli/doctor/limits.ts'
import type { Io } from '../../client/cli/io.ts'
import { createClient } from '../../client/index.ts'
import { aCommandLine, type CommandLine } from './call.ts'

const none = { RESCALE_API_KEY: undefined, RESCALE_API_URL: undefined }
const usual = '.config/rescale/apiconfig'

async function withProfiles(line: CommandLine, text: string): Promise<void> {
  await mkdir(line.in('.config/rescale'), { recursive: true })
  await writeFile(line.in(usual), text, { mode: 0o600 })
}

describe('rescale profile', () => {
  it('init writes a profile for its owner only, the key from stdin and tried', async () => {
    await using line = await aCommandLine()
    const args = 'profile init mock --url https://rescale.test'
    const done = await line.call(args, { env: none, stdin: `${line.rescale.apiKey}\n` })
    expect(done).toMatchObject({ code: 0, stdout: expect.stringContaining('the key of ') })
    expect(await readFile(line.in(usual), 'utf8')).toBe(
      `[mock]\napibaseurl = https://rescale.test\napikey = ${line.rescale.apiKey}\n`,
    )
    expect((await stat(line.in(usual))).mode & 0o777).toBe(0o600)
    expect((await line.call('user --profile mock', { env: none })).code).toBe(0)
  })

  it('init writes nothing when the platform refuses the key, unless told not to ask it', async () => {
    await using line = await aCommandLine()
    const args = 'profile init --url https://rescale.test'
    expect(await line.call(args, { env: none, stdin: 'not-a-key' })).toMatchObject({ code: 4, stdout: '' })
    await expect(readFile(line.in(usual), 'utf8')).rejects.toThrow('ENOENT')
    expect((await line.call(`${args} --no-check`, { env: none, stdin: 'not-a-key' })).code).toBe(0)
    expect(await readFile(line.in(usual), 'utf8')).toContain('apikey = not-a-key')
    expect(await line.call(args, { env: none, stdin: line.rescale.apiKey })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    })
  })

  it('init asks on a terminal, and does not show the key', async () => {
    await using line = await aCommandLine()
    const answers = [`https://rescale.test\n`, `${line.rescale.apiKey}\n`]
    const done = await line.call('profile init', {
      env: none,
      isTerminal: true,
      answer: (text) => (/: $/.test(text) ? answers.shift() : undefined),
    })
    expect(done.code).toBe(0)
    expect(done.stderr).toContain('API key (not shown): ')
    expect(done.stdout + done.stderr).not.toContain(line.rescale.apiKey)
  })

  it('list shows the profiles with masked keys, and which is used', async () => {
    await using line = await aCommandLine()
    await withProfiles(
      line,
      `[default]\napikey = ${'a'.repeat(40)}\n[eu]\napibaseurl = https://eu.rescale.com\napikey = ${'b'.repeat(40)}\n`,
    )
    expect(
      (await line.call('profile list', { env: { ...none, RESCALE_PROFILE: 'eu' } })).stdout.split('\n'),
    ).toEqual([
      'USED  PROFILE  URL                           KEY',
      '-     default  https://platform.rescale.com  ***aaaa',
      '*     eu       https://eu.rescale.com        ***bbbb',
      '',
    ])
  })

  it('use makes a profile the default of all tools, and loses no key unasked', async () => {
    await using line = await aCommandLine()
    await withProfiles(
      line,
      '[default]\napikey = mine\n[eu]\napibaseurl = https://eu.rescale.com\napikey = theirs\n',
    )
    expect(await line.call('profile use eu', { env: none })).toMatchObject({ code: 2 })
    expect(await line.call('profile use none', { env: none })).toMatchObject({ code: 3 })
    expect((await line.call('profile use eu --yes', { env: none })).code).toBe(0)
    expect(await readFile(line.in(usual), 'utf8')).toMatch(
      /^\[default\]\napikey = theirs\napibaseurl = https:\/\/eu/,
    )
    expect((await line.call('profile use eu', { env: none })).code).toBe(0)
  })

  it('takes each value from the flag, the environment, the profile, in this order, and doctor says which', async () => {
    await using line = await aCommandLine()
    const key = (letter: string) => letter.repeat(40)
    await withProfiles(
      line,
      `[default]\napibaseurl = https://rescale.test\napikey = ${key('a')}\n[other]\napibaseurl = https://rescale.test\napikey = ${key('b')}\n`,
    )
    const told =
      (what: string) =>
      async (args: string, env: Record<string, string | undefined> = {}) => {
        const { stdout } = await line.call(`profile doctor ${args}`, { env: { ...none, ...env } })
        return new RegExp(`^ok +${what} +(.*)$`, 'm').exec(stdout)?.[1]
      }
    const [source, url] = [told('key'), told('url')]
    expect(await source('')).toBe(`***aaaa (from apikey in [default] of ${line.in(usual)})`)
    expect(await source('', { RESCALE_PROFILE: 'other' })).toContain('***bbbb (from apikey in [other]')
    expect(await source('', { RESCALE_API_KEY: key('c') })).toBe('***cccc (from RESCALE_API_KEY)')
    expect(await source('--profile other', { RESCALE_API_KEY: key('c') })).toContain(
      '***bbbb (from apikey in [other]',
    )
    expect(await source(`--profile other --api-key ${key('d')}`)).toBe('***dddd (from the command line)')
    expect(await url('')).toBe(`https://rescale.test (from apibaseurl in [default] of ${line.in(usual)})`)
    const elsewhere = { RESCALE_API_URL: 'https://env.test' }
    expect(await url('', elsewhere)).toBe('https://env.test (from RESCALE_API_URL)')
    expect(await url('--url https://flag.test', elsewhere)).toBe('https://flag.test (from the command line)')
    expect(await url('--profile other', elsewhere)).toContain('(from apibaseurl in [other]')
  })

  it('doctor ends with the class of what is wrong first, and says what to do', async () => {
    await using line = await aCommandLine()
    const good = await line.json<{ check: string; status: string }[]>('profile doctor')
    expect(good.map(({ check }) => check)).toEqual([
      'disk',
      'url',
      'key',
      'profile',
      'proxy',
      'network',
      'clock',
      'auth',
      'limits',
      'limits',
      'limits',
      'ranges',
    ])
    expect(good.every(({ status }) => status === 'ok' || status === 'skipped')).toBe(true)
    const bad = await line.call('profile doctor', { env: { RESCALE_API_KEY: 'not-a-key' } })
    expect(bad).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/^FAIL +auth .*\n +→ Make a new key/m),
    })
    expect(await line.call('profile doctor', { env: none })).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^FAIL +settings +There is no API key/m),
    })
  })

  it('doctor tells the scopes of the limits, what answers say of them, and how long a pause is', async () => {
    await using line = await aCommandLine()
    const limits = async (env: Record<string, string> = {}, fetch?: Io['fetch']) => {
      const { code, stdout } = await line.call('profile doctor', { env, ...(fetch && { fetch }) })
      return [code, ...stdout.split('\n').filter((text) => /^\S+ +limits/.test(text))]
    }
    expect(await limits()).toEqual([
      0,
      'ok      limits    user: the client sets itself none here; the answer says nothing of it',
      'ok      limits    jobs-usage: the client sets itself none here; the answer says nothing of it',
      'ok      limits    job-submission: the client sets itself none here',
    ])
    const telling: Io['fetch'] = async (request) => {
      const answer = await line.rescale.fetch(request)
      answer.headers.set('X-RateLimit-Remaining', '12')
      return answer
    }
    expect((await limits({}, telling))[1]).toContain('; the answer says x-ratelimit-remaining: 12')
    const { faults } = line.rescale.world()
    faults.plan([{ operation: 'listJobs', kind: 'status', status: 429, retryAfter: 700 }])
    const [code, , jobs] = await limits()
    expect([code, jobs]).toEqual([5, expect.stringContaining('FAIL    limits    jobs-usage')])
    faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 700 }])
    const refused = await line.call('profile doctor')
    expect(refused).toMatchObject({
      code: 5,
      stdout: expect.stringMatching(/^FAIL +limits +.*\n +→ Wait 1[12]m/m),
    })
  })

  it('doctor tells what the client allows itself on the platform, and that it is less after a 429', async () => {
    await using line = await aCommandLine()
    const { fetch, apiKey } = line.rescale
    const baseUrl = 'https://rescale.test'
    await using client = createClient({
      ...{ baseUrl, apiKey, fetch },
      env: {},
      limits: true,
      retries: { attempts: 1 },
    })
    line.rescale
      .world()
      .faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter: 90 }])
    await client.user.get().catch(() => {})
    const found: string[] = []
    for await (const { status, detail } of examineLimits(client, '', new AbortController().signal))
      found.push(`${status} ${detail}`)
    expect(found).toEqual([
      'fail user: 6120 requests an hour, 150 at once, just now 3060 requests an hour and 0; the answer says nothing of it',
      'ok jobs-usage: 76500 requests an hour, 300 at once; the answer says nothing of it',
      'ok job-submission: 850 requests an hour, 50 at once',
    ])
  })
})
