import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Har } from 'har-format'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { harOf } from '../harness/export/har.ts'
import { realClock } from '../harness/harness-clock.ts'
import { Journal } from '../harness/recording/journal.ts'
import { KnownSecrets } from '../harness/redaction/known-secrets.ts'
import { runScenario } from '../harness/run-scenario.ts'
import type { SeenExchange } from '../harness/seen-exchange.ts'
import { mockTarget } from '../harness/targets/mock-target.ts'
import { localscale } from '../programs/built-cli.ts'
import { scenarios } from '../scenarios/index.ts'
import { contractCommand } from './testing/contract-command.ts'

const recordings = fileURLToPath(new URL('../recordings/', import.meta.url))
const lines = join(recordings, 'files/lines.cassette.json')
const whoAmI = join(recordings, 'access/who-am-i.cassette.json')

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-import-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** What the mock and a scenario say to each other, keys and all. */
async function toldToTheMock(id: string): Promise<readonly SeenExchange[]> {
  const told = scenarios.find((one) => one.id === id)
  if (!told) throw new Error(`no scenario is called ${id}`)
  const target = mockTarget()
  const { exchanges } = await runScenario(told, target, { clock: realClock, check: () => [] })
  await target.close()
  return exchanges
}

/** Of the mock in `toldToTheMock`, and what a browser would have sent besides. */
const KEY = '0123456789abcdef0123456789abcdef01234567'
const COOKIE = 'sessionid9f8e7d6c5b4a39281706'
const TOKEN = 'tok-5b1d9a77c3e0f2468ace13579bdf'

/** A file as a browser saves it, with secrets wherever one keeps them. */
async function capturedHar(): Promise<string> {
  const har: Har = harOf(await toldToTheMock('files/upload'), 'test')
  for (const { request, response } of har.log.entries) {
    request.headers.push({ name: 'Cookie', value: `sid=${COOKIE}; theme=dark` })
    request.headers.push({ name: 'X-Auth-Token', value: TOKEN })
    response.headers.push({ name: 'Set-Cookie', value: `sid=${COOKIE}; Secure; HttpOnly` })
    request.url += `${request.url.includes('?') ? '&' : '?'}token=${TOKEN}`
  }
  const text = JSON.stringify(har)
  for (const secret of [KEY, COOKIE, TOKEN]) expect(text).toContain(secret)
  return text
}

/** In every way of writing that a recording is searched for. */
function writings(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '')
  return [secret, base64, encodeURIComponent(secret), [...secret].reverse().join('')]
}

function expectNoSecretIn(...texts: readonly string[]): void {
  for (const secret of [KEY, COOKIE, TOKEN])
    for (const written of writings(secret)) for (const text of texts) expect(text).not.toContain(written)
}

describe('localscale contract export', () => {
  it('writes a line of JSON for each exchange of several recordings, values in place of names', async () => {
    const { code, out } = await contractCommand('export', lines, whoAmI)
    expect(code).toBe(0)
    const exchanges = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const recorded = [lines, whoAmI].map(
      async (file) => JSON.parse(await readFile(file, 'utf8')).exchanges.length,
    )
    expect(exchanges).toHaveLength((await Promise.all(recorded)).reduce((sum, count) => sum + count, 0))
    for (const { request } of exchanges) expect(URL.canParse(request.url)).toBe(true)
    expect(out).not.toMatch(/\$name|\{base\}|\{\w+#\d+\}/)
  })

  it('writes HAR 1.2 into a file, which can be imported again and says the same', async () => {
    const har = join(folder, 'lines.har')
    expect(await contractCommand('export', lines, '--format', 'har', '--output', har)).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    expect(JSON.parse(await readFile(har, 'utf8')).log).toMatchObject({
      version: '1.2',
      creator: { name: 'localscale' },
    })
    const { code, out } = await contractCommand(
      'import',
      har,
      '--scenario',
      'mine/lines',
      '--recordings',
      folder,
    )
    expect(code, out).toBe(0)
    const again = await contractCommand('export', join(folder, 'mine/lines.cassette.json'))
    const calls = (text: string) =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(({ request, response }) => `${request.method} ${response.status}`)
    expect(calls(again.out)).toEqual(calls((await contractCommand('export', lines)).out))
  })

  it('reads what a crash has left of a recording', async () => {
    const path = join(folder, 'a.journal.jsonl')
    const journal = new Journal(
      path,
      { scenario: 'a/b', marker: 'm', begunAt: '2026-01-01T00:00:00.000Z' },
      new KnownSecrets([]),
    )
    journal.append({
      exchange: {
        seq: 1,
        operationId: 'getApiRoot',
        phase: 'scenario',
        caller: 'owner',
        request: { method: 'GET', url: '{base}/api/v2/', headers: [], body: null },
        response: { status: 200, headers: [], body: null },
        startedAt: '2026-01-01T00:00:00.000Z',
        durationMs: 1,
      },
      names: {},
    })
    const { code, out, err } = await contractCommand('export', path)
    journal.close()
    expect([code, err]).toEqual([0, ''])
    expect(JSON.parse(out)).toMatchObject({ request: { method: 'GET' }, response: { status: 200 } })
  })

  it('makes the folder of its file, and ends with 2 where it cannot', async () => {
    const file = join(folder, 'deep/er/lines.ndjson')
    expect((await contractCommand('export', lines, '--output', file)).code).toBe(0)
    expect((await readFile(file, 'utf8')).split('\n').length).toBeGreaterThan(2)
    const { code, err } = await contractCommand('export', lines, '--output', '/dev/null/lines.ndjson')
    expect([code, err]).toEqual([2, expect.stringContaining('/dev/null/lines.ndjson cannot be written')])
    expect(err).not.toContain('    at ')
  })

  it('ends with 2 for what is no recording, and one that was edited by hand', async () => {
    const edited = join(folder, 'edited.cassette.json')
    await writeFile(edited, (await readFile(whoAmI, 'utf8')).replace('"GET"', '"PUT"'))
    for (const file of [join(folder, 'none.cassette.json'), edited]) {
      const { code, out, err } = await contractCommand('export', file)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(file)
    }
  })
})

describe('localscale contract import', () => {
  it('takes no key, cookie or token along, into the recording or any export of it', async () => {
    const har = join(folder, 'browser.har')
    await writeFile(har, await capturedHar())
    const { code, out, err } = await contractCommand(
      'import',
      har,
      '--scenario',
      'mine/look',
      '--recordings',
      folder,
    )
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/look\.cassette\.json: \d+ exchanges; 0 requests to other hosts left out/)
    const cassette = join(folder, 'mine/look.cassette.json')
    const exported = [
      await contractCommand('export', cassette),
      await contractCommand('export', cassette, '--format', 'har'),
    ]
    expectNoSecretIn(await readFile(cassette, 'utf8'), ...exported.map((one) => one.out), out)
  })

  it('keeps that the file which is read is the one that was uploaded', async () => {
    const har = join(folder, 'browser.har')
    await writeFile(har, await capturedHar())
    await contractCommand('import', har, '--scenario', 'mine/look', '--recordings', folder)
    const { exchanges } = JSON.parse(await readFile(join(folder, 'mine/look.cassette.json'), 'utf8'))
    const of = (operationId: string) =>
      exchanges.filter((one: SeenExchange) => one.operationId === operationId)
    expect(of('uploadFile')[0].response.body.json.id).toEqual({ $name: 'file#1' })
    expect(of('downloadFile')[0].request.url).toContain('/files/{file#1}/')
  })

  it('ends with 2, and writes nothing, for what is no HAR, and for another host', async () => {
    const wrong = join(folder, 'wrong.har')
    await writeFile(wrong, '{"log": {"entries": [{}]}}')
    const right = join(folder, 'right.har')
    await writeFile(right, await capturedHar())
    const cases: [args: string[], said: string][] = [
      [[wrong], 'is no HAR'],
      [[join(folder, 'none.har')], 'cannot be imported'],
      [[lines], 'is no HAR'],
      [[right, '--base-url', 'https://elsewhere.test'], 'no request to https://elsewhere.test'],
      [[right, '--base-url', 'elsewhere'], 'cannot be imported'],
    ]
    for (const [args, said] of cases) {
      const { code, err } = await contractCommand(
        'import',
        ...args,
        '--scenario',
        'mine/x',
        '--recordings',
        folder,
      )
      expect([code, err]).toEqual([2, expect.stringContaining(said)])
    }
    await expect(readFile(join(folder, 'mine/x.cassette.json'))).rejects.toThrow(/ENOENT/)
  })
})

it('imports and exports as a program, too', { timeout: 120_000 }, async () => {
  const har = join(folder, 'browser.har')
  await writeFile(har, await capturedHar())
  const imported = await localscale([
    'contract',
    'import',
    har,
    '--scenario',
    'mine/look',
    '--recordings',
    folder,
  ])
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  const exported = await localscale([
    'contract',
    'export',
    join(folder, 'mine/look.cassette.json'),
    '--format',
    'har',
  ])
  expect(exported).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(exported.stdout).log.entries.length).toBeGreaterThan(2)
  expectNoSecretIn(imported.stdout, exported.stdout)
  expect(await localscale(['contract', 'export', har])).toMatchObject({ code: 2, stdout: '' })
})
