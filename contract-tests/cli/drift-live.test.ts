import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { description } from '../../openapi/testing/description.ts'
import type { Overlay } from '../harness/drift/overlay.ts'
import { isList, isObject, type Json, type JsonObject } from '../harness/json.ts'
import { type Cassette, cassetteText, sealed } from '../harness/recording/cassette.ts'
import type { ContractReport } from '../harness/reports/contract-report.ts'
import { type LiveHere, liveHere } from '../harness/second-server/live-here.ts'
import { type MutatingProxy, startMutatingProxy } from '../harness/second-server/mutating-proxy.ts'
import { allDeviations } from '../harness/selfcheck/corpus.ts'
import type { Spoiler } from '../harness/selfcheck/deviation.ts'
import { withJson } from '../harness/selfcheck/field-deviations.ts'
import { type Ended, ensureBuilt } from '../programs/built-cli.ts'
import { liveProcess, onThisMachine } from './testing/live-process.ts'

const recordings = fileURLToPath(new URL('../recordings', import.meta.url))

let proxy: MutatingProxy
let here: LiveHere
beforeAll(ensureBuilt)
beforeEach(async () => {
  proxy = await startMutatingProxy()
  here = await liveHere({}, { proxy })
  expect((await contract('allow', 'second')).code).toBe(0)
})
afterEach(() => here[Symbol.asyncDispose]())

const contract = (...args: string[]): Promise<Ended> => liveProcess(here, args, { ca: proxy.platform.ca })

const drift = (...args: string[]): Promise<Ended> =>
  contract(
    ...['drift', '--profile', 'second', '--recordings', recordings, '--only', 'catalogue/core-types'],
    ...onThisMachine,
    ...args,
  )

function spoilerCalled(id: string): Spoiler {
  const deviation = allDeviations(description).find((one) => one.id === id)
  if (!deviation) throw new Error(`no deviation is called ${id}`)
  return deviation.create()
}

describe('localscale contract drift --profile', { timeout: 60_000 }, () => {
  it('agrees with a live platform that does as mock, description and recordings do', async () => {
    const { code, stdout, stderr } = await drift('--only', 'cost:free')
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toMatch(/profile second at https:\S+: [1-9]\d passed, 0 failed/)
    expect(stdout).toContain(proxy.platform.url)
  })

  it('names what only the live platform does, who is probably wrong, and writes what would mend the description', async () => {
    proxy.spoilWith(spoilerCalled('coretypes undocumented-field'))
    const [overlayFile, reports] = [join(here.home, 'new/overlay.json'), join(here.home, 'reports')]
    const { code, stdout, stderr } = await drift('--overlay', overlayFile, '--report-dir', reports)
    expect(code, stdout + stderr).toBe(1)
    expect(stdout).toMatch(
      /undocumented-field listCoreTypes 200 \/results\/\*\/brandNewField live-description [0-9a-f]{12}/,
    )
    expect(stdout).toContain('probably wrong: platform, because the recording is as described')
    const { findings } = JSON.parse(await readFile(join(reports, 'results.json'), 'utf8')) as ContractReport
    expect(findings.map(({ pair }) => pair).sort()).toEqual([
      'live-description',
      'mock-live',
      'recording-live',
    ])
    const overlay = JSON.parse(await readFile(overlayFile, 'utf8')) as Overlay
    expect(overlay.actions).toMatchObject([
      {
        target: '$.components.schemas.CoreType',
        update: {
          properties: {
            brandNewField: { type: 'integer', 'x-evidence': { grade: 'observed', source: 'live' } },
          },
        },
      },
    ])
    await expectNoKeyIn(stdout, stderr, overlayFile, reports)
  })

  it('tells of what the live platform has left off since it was recorded, with the days of both', async () => {
    const withoutColour = ({ color: _, ...coreType }: JsonObject) => coreType
    proxy.spoilWith(({ operationId, answer }) =>
      operationId === 'listCoreTypes' && answer.body.kind === 'json' && answer.status === 200
        ? withJson(answer, changedResults(answer.body.value, withoutColour))
        : null,
    )
    const reports = join(here.home, 'reports')
    const { code, stdout, stderr } = await drift('--report-dir', reports)
    expect(code, stdout + stderr).toBe(1)
    const { findings } = JSON.parse(await readFile(join(reports, 'results.json'), 'utf8')) as ContractReport
    const at = { class: 'undocumented-field', operationId: 'listCoreTypes', pointer: '/results/*/color' }
    expect(findings).toMatchObject([
      { ...at, pair: 'mock-live', culprit: 'mock' },
      { ...at, pair: 'recording-live', culprit: 'platform', evidence: [{ at: await recordedAt() }] },
    ])
    expect(stdout).toContain(
      'probably wrong: platform, because it answers otherwise than when it was recorded',
    )
  })

  it('ends with 2 when the live platform could not be asked everything', async () => {
    const { code, stdout } = await drift('--only', 'jobs/create')
    expect([code, stdout]).toEqual([2, expect.stringContaining('allow that with --allow-create')])
  })

  it('refuses recordings that hold a secret of the profile, in whatever way it is written', async () => {
    const folder = join(here.home, 'recordings')
    await mkdir(join(folder, 'catalogue'), { recursive: true })
    const of = 'catalogue/core-types.cassette.json'
    const cassette = JSON.parse(await readFile(join(recordings, of), 'utf8')) as Cassette
    const { digest: _, ...whole } = cassette
    const note = `told with ${Buffer.from(here.profile.apiKey).toString('base64')}`
    await writeFile(
      join(folder, of),
      cassetteText(sealed({ ...whole, recorded: { ...cassette.recorded, note } })),
    )
    const { code, stderr } = await drift('--recordings', folder)
    expect([code, stderr]).toEqual([2, expect.stringContaining('would hold a secret of the profile')])
  })
})

const changedResults = (page: Json, change: (item: JsonObject) => JsonObject): Json =>
  isObject(page) && isList(page.results)
    ? { ...page, results: page.results.filter(isObject).map(change) }
    : page

async function recordedAt(): Promise<string> {
  const text = await readFile(join(recordings, 'catalogue/core-types.cassette.json'), 'utf8')
  return (JSON.parse(text) as Cassette).recorded.at
}

async function expectNoKeyIn(stdout: string, stderr: string, file: string, folder: string): Promise<void> {
  const files = [file, ...(await readdir(folder)).map((name) => join(folder, name))]
  expect(files).toHaveLength(6)
  const texts = [stdout, stderr, ...(await Promise.all(files.map((path) => readFile(path, 'utf8'))))]
  for (const text of texts) expect(text).not.toContain(here.profile.apiKey)
}
