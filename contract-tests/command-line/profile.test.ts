import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
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
    const source = async (args: string, env: Record<string, string | undefined> = {}) => {
      const { stdout } = await line.call(`profile doctor ${args}`, { env: { ...none, ...env } })
      return /^ok +key +(.*)$/m.exec(stdout)?.[1]
    }
    expect(await source('')).toBe(`***aaaa (from apikey in [default] of ${line.in(usual)})`)
    expect(await source('', { RESCALE_PROFILE: 'other' })).toContain('***bbbb (from apikey in [other]')
    expect(await source('', { RESCALE_API_KEY: key('c') })).toBe('***cccc (from RESCALE_API_KEY)')
    expect(await source('--profile other', { RESCALE_API_KEY: key('c') })).toContain(
      '***bbbb (from apikey in [other]',
    )
    expect(await source(`--profile other --api-key ${key('d')}`)).toBe('***dddd (from the command line)')
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
})
