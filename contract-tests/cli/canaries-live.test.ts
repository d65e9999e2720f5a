import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { isObject } from '../harness/json.ts'
import { ledgerPath } from '../harness/live/account.ts'
import { readLedger } from '../harness/live/ledger.ts'
import { type LiveHere, liveHere, OTHER_LIVE_API_KEY } from '../harness/second-server/live-here.ts'
import { type MutatingProxy, startMutatingProxy } from '../harness/second-server/mutating-proxy.ts'
import { withHeader } from '../harness/selfcheck/answer-deviations.ts'
import type { Spoiler } from '../harness/selfcheck/deviation.ts'
import { withJson } from '../harness/selfcheck/field-deviations.ts'
import { type Ended, ensureBuilt } from '../programs/built-cli.ts'
import { liveProcess, liveState, onThisMachine } from './testing/live-process.ts'

let proxy: MutatingProxy
let here: LiveHere
beforeAll(ensureBuilt)
beforeEach(async () => {
  proxy = await startMutatingProxy({ otherApiKey: OTHER_LIVE_API_KEY })
  here = await liveHere({}, { proxy })
})
afterEach(() => here[Symbol.asyncDispose]())

/** In every way of writing that a platform may take it up by. */
const writings = (key: string): readonly string[] => [
  key,
  [...key].reverse().join(''),
  Buffer.from(key).toString('base64'),
  [...key].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
]

/** A platform that tells the caller's key wherever it can: values, names, headers, errors. */
function telltale(key: string): Spoiler {
  const written = writings(key)
  return ({ operationId, answer }) => {
    const { body } = answer
    if (operationId === 'listCoreTypes')
      return { ...withJson(answer, { detail: `no: ${written.join(' ')}` }), status: 500 }
    if (operationId !== 'getCurrentUser' || body.kind !== 'json' || !isObject(body.value)) return null
    const leaks = Object.fromEntries(written.map((text, index) => [`leak${index}`, `it is ${text}.`]))
    const headers = withHeader(answer.headers, 'x-leak', key)
    const value = { ...body.value, ...leaks, [key]: key, email: `${key}@x.test`, deep: [{ written }] }
    return { ...withJson(answer, value), headers }
  }
}

/** Every file below a folder but the profile itself. */
const filesIn = (folder: string): [name: string, text: string][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'apiconfig')
    .map(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return [name, name + (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')]
    })

/** A scenario that sends the key wherever it can, and tells it when it fails. The key comes by the environment. */
const careless = `
const keys = [process.env.CANARY, process.env.OTHER_CANARY]
const ask = (t, request) => t.send(request).catch((error) => { if (!('reason' in error)) throw error })
export const scenarios = [{
  id: 'own/careless', title: 'sends its key', needs: [], covers: [], cost: 'creates',
  async run(t) {
    for (const key of keys) await sendEverywhere(t, key)
    throw new Error('it failed with ' + keys.join(' and '))
  },
}, ...(process.env.IN_ID ? [{ id: 'own/' + keys[1], title: 'is one', needs: [], covers: [], cost: 'free', run() {} }] : [])]
async function sendEverywhere(t, key) {
    const headers = { 'x-anything': key, cookie: 'session=' + key, 'if-none-match': '"' + key + '"' }
    await ask(t, { method: 'GET', path: '/api/v2/jobs/' + key + '/?search=' + key + '&' + key + '=1', headers })
    const json = { 'content-type': 'application/json' }
    const body = JSON.stringify({ name: t.unique('one'), description: key, [key]: [{ deep: key }] })
    await ask(t, { method: 'POST', path: '/api/v2/jobs/', headers: json, body })
    await ask(t, { method: 'POST', path: '/api/v2/jobs/', headers: json, body: JSON.stringify({ name: t.unique(key) }) })
    for (const name of [t.unique('two') + '.txt', t.unique('three') + key + '.txt']) {
      const form = new FormData()
      form.append('file', new Blob([key]), name)
      form.append(key, key)
      await ask(t, { method: 'POST', path: '/api/v2/files/contents/', body: form })
    }
}`

it('the keys of both profiles, which a scenario sends everywhere, and tells when it fails, are in no output either', {
  timeout: 120_000,
}, async () => {
  const { apiKey } = here.profile
  const contract = (...args: string[]) =>
    liveProcess(here, args, {
      ca: proxy.platform.ca,
      env: { CANARY: apiKey, OTHER_CANARY: OTHER_LIVE_API_KEY },
    })
  const { url } = proxy.platform
  appendFileSync(here.configFile, `[other]\napibaseurl = ${url}\napikey = ${OTHER_LIVE_API_KEY}\n`)
  writeFileSync(join(here.home, 'own.mjs'), careless)
  const tell = () =>
    contract(
      ...['run', '--target', 'live', '--profile', 'second', '--other-profile', 'other', ...onThisMachine],
      ...['--verbose', '--allow-create', '--scenarios', 'own.mjs', '--only', 'own/*'],
      ...['--report-dir', 'reports', '--record', '--recordings', 'recordings'],
    )
  expect((await contract('allow', 'second')).code).toBe(0)
  const unasked = await tell()
  expect([unasked.code, unasked.stderr]).toEqual([2, expect.stringContaining('contract allow other')])
  expect((await contract('allow', 'other')).code).toBe(0)
  const told = await tell()
  expect([told.code, told.stdout], told.stderr).toEqual([
    1,
    expect.stringContaining('it failed with [secret] and [secret]'),
  ])
  const made = readLedger(ledgerPath(liveState(here), here.profile)).filter(({ type }) => type === 'created')
  // A file for each key; what was to have a key in its name was never made.
  expect(made).toHaveLength(2)
  writeFileSync(join(here.home, 'own.mjs'), careless.replace('process.env.IN_ID', 'true'))
  const named = await tell()
  expect([named.code, named.stderr]).toEqual([
    2,
    expect.stringContaining('the id or the title of a scenario'),
  ])
  const journal = 'recordings/own/careless.journal.jsonl'
  const ndjson = await contract('export', journal)
  const har = await contract('export', journal, '--format', 'har')
  expect([ndjson.code, har.code]).toEqual([0, 0])
  expect(ndjson.stdout.split('\n').length).toBeGreaterThan(3)
  const reaped = await contract('reap', '--profile', 'second', ...onThisMachine, '--json')
  for (const key of [apiKey, OTHER_LIVE_API_KEY])
    expectNoKey(key, { told, named, ndjson, har, reaped }, [...reportFiles, 'careless.journal.jsonl'])
})

/** What `--report-dir` writes, and what every run leaves. */
const reportFiles = [
  ...['results.json', 'junit.xml', 'findings.sarif', 'report.html', 'summary.md'],
  ...['ledger.jsonl', 'allowed.json'],
]

/** In what commands said, and in any file below the home of who called them; `written` are some of those. */
function expectNoKey(
  apiKey: string,
  said: Readonly<Record<string, Ended>>,
  written: readonly string[],
): void {
  const outputs: [string, string][] = [
    ...Object.entries(said).flatMap(([name, { stdout, stderr }]) => [
      [`${name} stdout`, stdout] as [string, string],
      [`${name} stderr`, stderr] as [string, string],
    ]),
    ...filesIn(here.home),
  ]
  const names = outputs.map(([name]) => name)
  for (const name of written) expect(names).toContain(name)
  for (const [name, text] of outputs)
    for (const mark of writings(apiKey).map((one) => one.slice(0, 30))) {
      const at = text.toLowerCase().indexOf(mark.toLowerCase())
      expect(at < 0 ? '' : `${name}: …${text.slice(Math.max(0, at - 60), at)}`).toBe('')
    }
}

it('a key that the platform tells everywhere is in no output: terminal, reports, recordings, journals, ledger, exports', {
  timeout: 120_000,
}, async () => {
  const { apiKey } = here.profile
  const contract = (...args: string[]) => liveProcess(here, args, { ca: proxy.platform.ca })
  expect((await contract('allow', 'second')).code).toBe(0)
  proxy.spoilWith(telltale(apiKey))
  const greeted = await contract(
    ...['run', '--target', 'live', '--profile', 'second', ...onThisMachine, '--verbose'],
    ...['--only', 'access/who-am-i', '--only', 'catalogue/core-types', '--poll', '0.01'],
    ...['--report-dir', 'reports', '--record', '--recordings', 'recordings'],
  )
  expect(greeted.code, greeted.stdout + greeted.stderr).toBe(1)
  // It was told of what is wrong, and where.
  expect(greeted.stdout).toContain('undocumented-field at getCurrentUser 200 response /leak0')
  expect(greeted.stdout).toContain('listCoreTypes answered 500 where 200 is expected')
  const recording = 'recordings/access/who-am-i.cassette.json'
  const ndjson = await contract('export', recording)
  const har = await contract('export', recording, '--format', 'har')
  const drift = await contract(
    ...['drift', '--profile', 'second', ...onThisMachine, '--only', 'access/who-am-i'],
    ...['--recordings', 'recordings', '--overlay', 'overlay.json', '--report-dir', 'drift'],
  )
  const crashed = await contract('export', 'recordings/catalogue/core-types.journal.jsonl')
  expect([ndjson.code, har.code, drift.code, crashed.code]).toEqual([0, 0, 1, 0])
  expectNoKey(apiKey, { greeted, ndjson, har, drift, crashed }, [
    ...reportFiles,
    ...['who-am-i.cassette.json', 'core-types.journal.jsonl', 'overlay.json'],
  ])
})
