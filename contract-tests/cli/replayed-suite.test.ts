import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import { type Cassette, cassetteText, type Recorded, sealed } from '../harness/recording/cassette.ts'
import { EXPIRED_DAYS, FRESH_DAYS } from '../harness/replay/age.ts'
import { ensureBuilt, localscale } from '../programs/built-cli.ts'
import { type CommandResult, contractCommand } from './testing/contract-command.ts'

const recordings = fileURLToPath(new URL('../recordings/', import.meta.url))
const WHO_AM_I = 'access/who-am-i.cassette.json'

let folder = ''
beforeAll(ensureBuilt)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-replayed-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const told = (...args: string[]): Promise<CommandResult> =>
  contractCommand('run', '--target', 'replay', '--recordings', folder, ...args)

const toldWhoAmI = (): Promise<CommandResult> => told('--only', 'access/who-am-i')

/** The recording of a scenario, otherwise. */
async function put(change: (cassette: Cassette) => Partial<Cassette>): Promise<void> {
  const { digest: _, ...cassette } = JSON.parse(
    await readFile(join(recordings, WHO_AM_I), 'utf8'),
  ) as Cassette
  const file = join(folder, WHO_AM_I)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, cassetteText(sealed({ ...cassette, ...change(cassette as Cassette) })))
}

const of = (days: number, from: Recorded['from']) =>
  put(({ recorded }) => ({
    recorded: { ...recorded, from, at: new Date(Date.now() - days * 86_400_000).toISOString() },
  }))

/** Whoever connects, or asks for an address, ends the process. */
const noNetwork = `
import dns from 'node:dns'
import net from 'node:net'
const end = (what) => () => { process.stderr.write(what + '\\n'); process.exit(99) }
net.Socket.prototype.connect = end('connect')
dns.lookup = end('lookup')
`

describe('the suite, told to recordings', () => {
  it('ends with 0 where what was recorded is as described, and says how old that is', async () => {
    await of(0, 'platform')
    const { code, out } = await toldWhoAmI()
    expect([code, out]).toEqual([0, expect.stringContaining('1 recordings in')])
    expect(out).toContain('the oldest 0 days old')
  })

  it('replays all that is in the repository where there is no network', { timeout: 60_000 }, async () => {
    const file = join(folder, 'no-network.mjs')
    await writeFile(file, noNetwork)
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` }
    const args = ['contract', 'run', '--recordings', recordings, '--target']
    const { code, stdout, stderr } = await localscale([...args, 'replay'], env, 50_000)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^[1-9]\d+ passed · 0 failed · 0 could not run /m)
    // What would have been caught.
    const { code: caught } = await localscale([...args, 'mock-http', '--only', 'access/paths'], env)
    expect(caught).toBe(99)
  })

  it('ends with 2 where there are no recordings at all', async () => {
    const { code, err } = await toldWhoAmI()
    expect([code, err]).toEqual([2, expect.stringContaining('there are no recordings in')])
  })

  it('ends with 2 where one scenario was not recorded, and says how to', async () => {
    await of(0, 'platform')
    const { code, out } = await told('--only', 'access/*')
    expect([code, out]).toEqual([2, expect.stringContaining('1 passed · 0 failed')])
    expect(out).toContain('There is no recording of access/paths: localscale contract run --target live')
  })

  it('takes stale evidence and says so on the terminal and in every report, and no expired one', async () => {
    await of(FRESH_DAYS, 'platform')
    const reports = join(folder, 'reports')
    const stale = await told('--only', 'access/who-am-i', '--report-dir', reports)
    expect([stale.code, stale.out]).toEqual([0, expect.stringContaining('(1 stale)')])
    const age = /0 fresh, 1 stale, 0 expired; the oldest is access\/who-am-i, of \d{4}-\d\d-\d\d/
    expect(stale.out).toMatch(age)
    const names = await readdir(reports)
    expect(names).toHaveLength(5)
    for (const name of names) {
      const text = (await readFile(join(reports, name), 'utf8')).replaceAll('\\', '')
      expect(text, name).toMatch(name === 'results.json' ? /"days": 90,\s*"age": "stale"/ : age)
    }
    await of(EXPIRED_DAYS + 1, 'platform')
    const expired = await toldWhoAmI()
    expect([expired.code, expired.out]).toEqual([2, expect.stringContaining('expired, no evidence any more')])
  })

  it('ends with 2 for a recording that somebody has edited', async () => {
    await of(0, 'platform')
    const file = join(folder, WHO_AM_I)
    await writeFile(file, (await readFile(file, 'utf8')).replace('"status": 200', '"status": 201'))
    const { code, err } = await toldWhoAmI()
    expect([code, err]).toEqual([2, expect.stringContaining('was changed by hand')])
  })

  it('ends with 2 for a recording that holds what no recorder would keep, though nobody can tell who wrote it', async () => {
    const { hash } = await loadDescribedBodies()
    await put(({ exchanges, recorded }) => ({
      recorded: { ...recorded, description: hash },
      exchanges: JSON.parse(
        JSON.stringify(exchanges).replace(/"fullName":\{[^}]*\}/, '"fullName":"Confidential Zebra"'),
      ),
    }))
    const { code, out, err } = await toldWhoAmI()
    expect([code, out, err]).toEqual([
      2,
      '',
      expect.stringMatching(/in exchange \d+ at response body \/fullName: record/),
    ])
    expect(err).not.toContain('Zebra')
  })

  it('ends with 1 where what was recorded is not as described', async () => {
    await put(({ exchanges }) => ({
      exchanges: exchanges.map((exchange) =>
        'failure' in exchange.response || exchange.response.status !== 401
          ? exchange
          : {
              ...exchange,
              response: {
                ...exchange.response,
                headers: exchange.response.headers.filter(([name]) => !/^www-authenticate$/i.test(name)),
              },
            },
      ),
    }))
    const { code, out } = await toldWhoAmI()
    expect([code, out]).toEqual([1, expect.stringContaining('missing-header at getCurrentUser 401')])
  })

  it('ends with 1 where a scenario asks what was not recorded, or leaves out what was', async () => {
    await put(({ exchanges }) => ({ exchanges: exchanges.slice(0, -1) }))
    const less = await toldWhoAmI()
    expect([less.code, less.out]).toEqual([1, expect.stringContaining('nothing was recorded for')])
    await put(({ exchanges }) => ({
      exchanges: [...exchanges, ...exchanges.map((one) => ({ ...one, seq: one.seq + exchanges.length }))],
    }))
    const more = await toldWhoAmI()
    expect([more.code, more.out]).toEqual([1, expect.stringContaining('recorded ones were never asked for')])
  })
})
