import { chmodSync, writeFileSync } from 'node:fs'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type LiveHere, liveHere } from '../harness/second-server/live-here.ts'
import { type Ended, ensureBuilt } from '../programs/built-cli.ts'
import { liveProcess, onThisMachine } from './testing/live-process.ts'

let here: LiveHere
beforeAll(ensureBuilt)
beforeEach(async () => {
  here = await liveHere()
  expect((await liveProcess(here, ['allow', 'second'])).code).toBe(0)
})
afterEach(() => here[Symbol.asyncDispose]())

const live = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  liveProcess(
    here,
    [
      ...['run', '--target', 'live', '--profile', 'second', '--poll', '0.01', ...onThisMachine],
      ...['--only', 'access/who-am-i', ...args],
    ],
    { env },
  )

function profile(text: string, mode = 0o600): void {
  writeFileSync(here.configFile, text)
  chmodSync(here.configFile, mode)
}

describe('a live run that cannot be made ends with 2, and says why', { timeout: 60_000 }, () => {
  it('where nobody answers at the platform’s address', async () => {
    await here.server.close()
    const { code, stdout, stderr } = await live()
    expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('ECONNREFUSED')])
  })

  it('where the platform is not whom its name says', async () => {
    const { code, stdout, stderr } = await live([], { NODE_EXTRA_CA_CERTS: '' })
    expect([code, stdout + stderr]).toEqual([2, expect.stringMatching(/certificate/)])
  })

  it('where the profile is not there, has no key, or can be read by others', async () => {
    const whole = `[second]\napibaseurl = ${here.server.url}\napikey = ${here.server.apiKey}\n`
    profile(whole.replace('second', 'first'))
    expect(await live()).toMatchObject({ code: 2, stderr: expect.stringContaining('second') })
    profile(`[second]\napibaseurl = ${here.server.url}\n`)
    expect(await live()).toMatchObject({ code: 2, stderr: expect.stringContaining('apikey') })
    profile('')
    expect(await live()).toMatchObject({ code: 2, stderr: expect.stringContaining('second') })
    profile(whole, 0o644)
    expect(await live()).toMatchObject({ code: 2, stderr: expect.stringContaining('chmod 600') })
  })

  it('where the platform does not know the key', async () => {
    const key = '0'.repeat(40)
    profile(`[second]\napibaseurl = ${here.server.url}\napikey = ${key}\n`)
    expect((await liveProcess(here, ['allow', 'second'])).code).toBe(0)
    const { code, stdout, stderr } = await live()
    expect([code, stdout + stderr]).toEqual([2, expect.stringMatching(/does not take the key/)])
    expect(stdout + stderr).not.toContain(key)
  })

  it('in CI, where no variable names the profile', async () => {
    expect(await live([], { CI: 'true' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('LOCALSCALE_CONTRACT_LIVE=second'),
    })
    expect((await live([], { CI: 'true', LOCALSCALE_CONTRACT_LIVE: 'other' })).code).toBe(2)
    expect((await live([], { CI: 'true', LOCALSCALE_CONTRACT_LIVE: 'second' })).code).toBe(0)
  })
})
