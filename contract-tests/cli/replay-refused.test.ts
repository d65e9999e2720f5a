import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Cassette, cassetteText, sealed } from '../harness/recording/cassette.ts'
import { JOURNAL_FORMAT } from '../harness/recording/journal.ts'
import { type CommandResult, contractCommand } from './testing/contract-command.ts'

const WHO_AM_I = 'access/who-am-i.cassette.json'
const recording = fileURLToPath(new URL(`../recordings/${WHO_AM_I}`, import.meta.url))

// Looks like no key at all: only who knows that it is one can find it.
const CANARY = 'siskin.in-the.quiet.yard'
const OTHER_CANARY = 'wagtail.by-the.cold.weir'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-replay-refused-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The recording of a scenario, sealed again with `text` where the platform named a region, or wherever else. */
async function recordedWith(text: string, from = 'us-east-1', to = text): Promise<void> {
  const { digest: _, ...cassette } = JSON.parse(await readFile(recording, 'utf8')) as Cassette
  const changed = JSON.parse(JSON.stringify(cassette).replaceAll(from, to)) as Cassette
  expect(JSON.stringify(changed)).toContain(text)
  const file = join(folder, WHO_AM_I)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, cassetteText(sealed(changed)))
}

const told = (...args: string[]): Promise<CommandResult> =>
  asked(['run', '--target', 'replay', '--recordings', folder, '--only', 'access/who-am-i'], args)

async function asked(command: readonly string[], args: readonly string[]): Promise<CommandResult> {
  const configFile = join(folder, 'apiconfig')
  const profile = (name: string, key: string) =>
    `[${name}]\napibaseurl = https://platform.second.test\napikey = ${key}\n`
  await writeFile(configFile, profile('own', CANARY) + profile('other', OTHER_CANARY))
  await chmod(configFile, 0o600)
  const [verb = '', ...others] = command
  return contractCommand(verb, '--config-file', configFile, ...args, ...others)
}

describe('the suite, told to recordings in the name of a profile', () => {
  it.each([
    ['--profile', 'own', CANARY],
    ['--profile', 'own', Buffer.from(CANARY).toString('base64url')],
    ['--other-profile', 'other', OTHER_CANARY],
  ])('ends with 2 where one holds the secret of %s %s as %s', async (flag, name, secret) => {
    await recordedWith(secret)
    const { code, out, err } = await told(flag, name)
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(`${WHO_AM_I} would hold a secret`)])
    expect(err).not.toContain(secret)
  })

  it('takes one that holds the secret of none that is named', async () => {
    await recordedWith(CANARY)
    for (const args of [[], ['--other-profile', 'other']]) {
      const { code, out, err } = await told(...args)
      expect([code, err], out).toEqual([0, ''])
    }
  })
})

describe('whoever reads a recording', () => {
  const whoAmI = () => join(folder, WHO_AM_I)
  const readers: Readonly<Record<string, () => readonly string[]>> = {
    'contract export': () => ['export', whoAmI()],
    'contract export --format har': () => ['export', whoAmI(), '--format', 'har'],
    'contract replay': () => ['replay', whoAmI(), '--', process.execPath, '-e', '0'],
    'contract drift': () => ['drift', '--recordings', folder, '--only', 'access/who-am-i'],
    'contract run --target replay': () => ['run', '--target', 'replay', '--recordings', folder],
  }
  const secret = ['--profile', 'own', '--other-profile', 'other']
  /** Of a profile that is named `drift` asks the platform, too. */
  const flags = (name: string) => (name === 'contract drift' ? secret.slice(2) : secret)

  it.each(Object.entries(readers))(
    'as %s ends with 2 where it holds the secret of a profile that is named',
    async (name, command) => {
      await recordedWith(OTHER_CANARY)
      const { code, out, err } = await asked(command(), flags(name))
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(`${WHO_AM_I} would hold a secret`)])
      expect(err).not.toContain(OTHER_CANARY)
    },
  )

  it.each(Object.entries(readers))(
    'as %s ends with 2 where it holds what nobody would have kept',
    async (_, command) => {
      await recordedWith(CANARY, '{"$name":"text#1"}', `"${CANARY}"`)
      const { code, out, err } = await asked(command(), [])
      const said = 'holds what no recorder would keep, in exchange 2 at response body /fullName'
      expect([code, out, err]).toEqual([2, '', expect.stringContaining(said)])
      expect(err).not.toContain(CANARY)
    },
  )

  it('as contract import of what was exported without naming the profile keeps its secret out', async () => {
    await recordedWith(CANARY)
    const har = join(folder, 'who.har')
    expect(await asked(['export', whoAmI(), '--format', 'har', '--output', har], [])).toMatchObject({
      code: 0,
    })
    expect(await readFile(har, 'utf8')).toContain(CANARY)
    const command = ['import', har, '--scenario', 'mine/who', '--recordings', folder]
    expect(await asked(command, ['--profile', 'own'])).toMatchObject({ code: 0, err: '' })
    expect(await readFile(join(folder, 'mine/who.cassette.json'), 'utf8')).not.toContain(CANARY)
  })

  it('that a crash has left unfinished gets it without either', async () => {
    await recordedWith(OTHER_CANARY, '{"$name":"text#1"}', `"${OTHER_CANARY}"`)
    const { marker, scenario, exchanges, names } = JSON.parse(await readFile(whoAmI(), 'utf8')) as Cassette
    const head = { format: JOURNAL_FORMAT, scenario, marker, begunAt: '2026-01-01T00:00:00.000Z' }
    const entries = exchanges.map((exchange, index) => ({ exchange, names: index === 0 ? names : {} }))
    const journal = join(folder, 'who.journal.jsonl')
    await writeFile(journal, [head, ...entries].map((line) => `${JSON.stringify(line)}\n`).join(''))
    const { code, out, err } = await asked(['export', journal], [])
    expect([code, err]).toEqual([0, ''])
    expect(out).toContain('/api/v2/users/me/')
    expect(out).not.toContain(OTHER_CANARY)
    expect(await asked(['export', journal], ['--other-profile', 'other'])).toMatchObject({ code: 2, out: '' })
  })
})
