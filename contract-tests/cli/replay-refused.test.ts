import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Cassette, cassetteText, sealed } from '../harness/recording/cassette.ts'
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

/** The recording of a scenario, sealed again with `text` where the platform named a region. */
async function recordedWith(text: string): Promise<void> {
  const { digest: _, ...cassette } = JSON.parse(await readFile(recording, 'utf8')) as Cassette
  const changed = JSON.parse(JSON.stringify(cassette).replaceAll('us-east-1', text)) as Cassette
  expect(JSON.stringify(changed)).toContain(text)
  const file = join(folder, WHO_AM_I)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, cassetteText(sealed(changed)))
}

async function told(...args: string[]): Promise<CommandResult> {
  const configFile = join(folder, 'apiconfig')
  const profile = (name: string, key: string) =>
    `[${name}]\napibaseurl = https://platform.second.test\napikey = ${key}\n`
  await writeFile(configFile, profile('own', CANARY) + profile('other', OTHER_CANARY))
  await chmod(configFile, 0o600)
  return contractCommand(
    ...['run', '--target', 'replay', '--recordings', folder, '--only', 'access/who-am-i'],
    ...['--config-file', configFile, ...args],
  )
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
