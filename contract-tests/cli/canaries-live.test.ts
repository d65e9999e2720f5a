import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { isObject } from '../harness/json.ts'
import { withHeader } from '../harness/selfcheck/answer-deviations.ts'
import type { Spoiler } from '../harness/selfcheck/deviation.ts'
import { withJson } from '../harness/selfcheck/field-deviations.ts'
import { type LiveHere, liveHere } from '../harness/testing/live-here.ts'
import { type MutatingProxy, startMutatingProxy } from '../harness/testing/mutating-proxy.ts'
import { ensureBuilt } from '../programs/built-cli.ts'
import { liveProcess, onThisMachine } from './testing/live-process.ts'

let proxy: MutatingProxy
let here: LiveHere
beforeAll(ensureBuilt)
beforeEach(async () => {
  proxy = await startMutatingProxy()
  here = await liveHere({}, proxy)
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
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')]
    })

it('a key that the platform tells everywhere is in no output: terminal, reports, recordings, journals, ledger, exports', {
  timeout: 60_000,
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
  expect([ndjson.code, har.code, drift.code]).toEqual([0, 0, 1])
  const outputs: [string, string][] = [
    ...Object.entries({ greeted, ndjson, har, drift }).flatMap(([name, { stdout, stderr }]) => [
      [`${name} stdout`, stdout] as [string, string],
      [`${name} stderr`, stderr] as [string, string],
    ]),
    ...filesIn(here.home),
  ]
  const names = outputs.map(([name]) => name)
  for (const name of ['ledger.jsonl', 'findings.sarif', 'core-types.journal.jsonl', 'overlay.json'])
    expect(names).toContain(name)
  for (const [name, text] of outputs)
    for (const mark of writings(apiKey).map((one) => one.slice(0, 30))) {
      const at = text.toLowerCase().indexOf(mark.toLowerCase())
      expect(at < 0 ? '' : `${name}: …${text.slice(Math.max(0, at - 60), at)}`).toBe('')
    }
})
