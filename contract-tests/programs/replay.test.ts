import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { builtCli, type Ended, ended, ensureBuilt, projectFolder } from './built-cli.ts'

const whoAmI = join(projectFolder, 'contract-tests/recordings/access/who-am-i.cassette.json')
const pythonProgram = fileURLToPath(new URL('replay.py', import.meta.url))
const python = findProgram('python3')
const curl = findProgram('curl')

const replay = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [builtCli, 'contract', 'replay', ...args])

beforeAll(ensureBuilt, 120_000)

describe('a recording that is served', () => {
  it.skipIf(!python)('answers a Python program, and ends as that ends', { timeout: 30_000 }, async () => {
    const { code, stdout, stderr } = await ended(replay(whoAmI, '--', python ?? '', pythonProgram))
    expect([code, stderr]).toEqual([0, expect.stringContaining('Everything that was recorded was asked for')])
    expect(stdout).toBe('as recorded\n')
  })

  it.skipIf(!python)(
    'tells a program, and at the end, what was not recorded',
    { timeout: 30_000 },
    async () => {
      const { code, stdout, stderr } = await ended(
        replay(whoAmI, '--', python ?? '', pythonProgram, '--astray'),
      )
      expect(stdout).toMatch(/^501 access\/who-am-i: nothing was recorded for GET \{base\}\/api\/v2\/jobs\//)
      expect([code, stderr]).toEqual([1, expect.stringContaining('Record it again')])
    },
  )

  it.skipIf(!curl)('answers curl until it is told to end', { timeout: 30_000 }, async () => {
    const { url, end } = await served()
    const me = `${url}/api/v2/users/me/`
    expect(await curled(me)).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 401$/) })
    expect(await curled(me, '-H', 'Authorization: Token x')).toMatchObject({
      stdout: expect.stringMatching(/ 200$/),
    })
    expect(await curled(me, '-H', 'Host: evil.test')).toMatchObject({
      stdout: expect.stringMatching(/ 421$/),
    })
    expect(await end()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/2 exchanges were replayed, 1 recorded ones were never asked for/),
    })
  })

  it('says what is wrong with what it is asked to replay', { timeout: 30_000 }, async () => {
    expect(await ended(replay(join(projectFolder, 'package.json')))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('package.json'),
    })
    expect(await ended(replay(whoAmI, '--', 'no-such-program'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no-such-program cannot be run'),
    })
  })
})

/** Starts it and waits until it says where it is. */
async function served(): Promise<{ url: string; end(): Promise<Ended> }> {
  const child = replay(whoAmI, '--port', '0')
  const whole = ended(child)
  let said = ''
  while (!/ at (\S+)\n/.test(said)) {
    const [chunk] = await once(child.stderr ?? child, 'data')
    said += chunk
  }
  const url = / at (\S+)\n/.exec(said)?.[1] ?? ''
  const end = () => {
    child.kill('SIGTERM')
    return whole
  }
  return { url, end }
}

const curled = (url: string, ...args: string[]): Promise<Ended> =>
  ended(spawn(curl ?? 'curl', ['-s', '-w', ' %{http_code}', ...args, url]))
