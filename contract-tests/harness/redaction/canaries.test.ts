import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { routes } from '../../../openapi/generated/routes.ts'
import { describedOperations, type ResponseObject, resolve } from '../../../openapi/openapi-document.ts'
import { accept } from '../drift/acceptances.ts'
import { drift } from '../drift/drift.ts'
import { aFinding, anExchange } from '../drift/testing/exchanges.ts'
import { harOf } from '../export/har.ts'
import { ndjsonOf } from '../export/ndjson.ts'
import type { Json } from '../json.ts'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { cassetteText } from '../recording/cassette.ts'
import { CassetteRefusedError, cassettePath, writeCassette } from '../recording/cassette-file.ts'
import { Journal } from '../recording/journal.ts'
import { readCassette } from '../recording/read-cassettes.ts'
import { namesOf } from '../recording/recorder.ts'
import { seenOfCassette } from '../recording/seen-of-cassette.ts'
import { Replay } from '../replay/replay.ts'
import { contractReport } from '../reports/contract-report.ts'
import type { ScenarioResult } from '../scenario-result.ts'
import { hasAnswer, type SeenBody, type SeenExchange } from '../seen-exchange.ts'
import { allReports } from '../testing/all-reports.ts'
import { sealedRun } from '../testing/record-here.ts'
import { sampleOf } from '../testing/sample-of-schema.ts'
import { seen } from '../testing/seen.ts'
import { VERSION } from '../version.ts'
import { KnownSecrets } from './known-secrets.ts'
import { redactReport } from './redact-report.ts'
import { Redactor } from './redactor.ts'

const API_KEY = 'c0ffee5ec2e7c0ffee5ec2e7c0ffee5ec2e7beef'
const ORIGIN = 'https://platform.second.test'

const reversed = (text: string): string => [...text].reverse().join('')

/** What must never be seen again, and what to look for: a stretch that survives no redaction by accident. */
const canaries: Readonly<Record<string, { readonly text: string; readonly mark: string }>> = {
  'the API key': { text: API_KEY, mark: API_KEY },
  'the API key in a header': { text: `Authorization: Token ${API_KEY}`, mark: API_KEY },
  'the API key, reversed': { text: reversed(API_KEY), mark: reversed(API_KEY) },
  'the API key in base64': {
    text: Buffer.from(`x:${API_KEY}`).toString('base64'),
    mark: Buffer.from(`x:${API_KEY}`).toString('base64').slice(4, 40),
  },
  'the API key, every character escaped': {
    text: [...API_KEY].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(''),
    mark: '%63%30%66%66',
  },
  'a key of somebody else': { text: 'deadbeefdeadbeefdeadbeefdeadbeefdeadbeef', mark: 'deadbeefdeadbeef' },
  'a JWT': {
    text: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl',
    mark: 'eyJzdWIiOiJjYW5hcnkifQ',
  },
  'a private key': {
    text: '-----BEGIN RSA PRIVATE KEY-----\nMIICanaryCanary\n-----END RSA PRIVATE KEY-----',
    mark: 'MIICanaryCanary',
  },
  'an AWS key': { text: 'AKIACANARYCANARY1234', mark: 'AKIACANARY' },
  'a signed link': { text: 'https://s3.test/b?X-Amz-Signature=canary0signature1', mark: 'canary0signature1' },
  'a password in a text': { text: 'password=canary-hunter2', mark: 'canary-hunter2' },
  'an address': { text: 'canary.person@company.test', mark: 'canary.person' },
}

let bodies: DescribedBodies
beforeAll(async () => {
  bodies = await loadDescribedBodies()
})
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const jsonBody = (value: Json): SeenBody => ({ kind: 'json', value, size: 1, sha256: 'x' })

/** An exchange for every operation and answer of its own, one for every other status, with the text wherever a text can stand. */
function exchangesWith(text: string, side: 'both' | 'response'): SeenExchange[] {
  const sent = side === 'both' ? text : 'harmless'
  const inUrl = encodeURIComponent(sent)
  const alike = new Set<string>()
  const isTold = (status: string) => /^20|^400/.test(status) || (!alike.has(status) && alike.add(status))
  const described = describedOperations(bodies.description).flatMap(({ operation }) =>
    Object.entries(operation.responses)
      .filter(([status]) => isTold(status))
      .map(([status, answer]) => ({ operation, status, answer })),
  )
  const answered = described.map(({ operation, status, answer }, index): SeenExchange => {
    const route = routes.find(({ operationId }) => operationId === operation.operationId)
    const { content = {} } = resolve<ResponseObject>(bodies.description, answer)
    const schema = content['application/json']?.schema
    const requestSchema = bodies.request(route?.operationId ?? null)
    return {
      seq: index + 1,
      scenario: 'test/here',
      phase: 'scenario',
      caller: 'owner',
      operationId: route?.operationId ?? null,
      request: {
        method: route?.method ?? 'GET',
        url: `${ORIGIN}${(route?.path ?? '/').replaceAll(/\{\w+\}/g, inUrl)}?search=${inUrl}&${inUrl}=1&other=${inUrl}`,
        headers: [
          ['Authorization', `Token ${API_KEY}`],
          ['Cookie', sent],
          ['X-Anything', sent],
          ['If-None-Match', `"${sent}"`],
          ['If-Match', sent],
          ['Content-Type', `application/json; note="${sent}"`],
        ],
        body: requestSchema
          ? jsonBody(sampleOf(bodies.description, requestSchema, sent))
          : { kind: 'text', text: sent, size: 1, sha256: 'y' },
      },
      response: {
        status: Number(status) || 200,
        headers: [
          ['Content-Type', 'application/json'],
          ['Set-Cookie', text],
          ['X-Anything', text],
          ['ETag', `"${text}"`],
          ['ETag', text],
          ['Retry-After', text],
          [
            'Location',
            `${ORIGIN}/api/v2/jobs/${encodeURIComponent(text)}/?${encodeURIComponent(text)}=${encodeURIComponent(text)}`,
          ],
          ['Content-Disposition', `attachment; filename="${text}"`],
          ['WWW-Authenticate', `Token realm="${text}"`],
          ...(/^[\w-]+$/.test(text) ? [[text, '1'] as const] : []),
        ],
        body: schema ? jsonBody(sampleOf(bodies.description, schema, text)) : bytesBody(text),
      },
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
    }
  })
  const [first] = answered
  if (!first) throw new Error('nothing is described')
  const others = [...brokenDown(text), { failure: `connect ECONNREFUSED ${text}` }]
  return [
    ...answered,
    ...others.map((response, index) => ({ ...first, seq: answered.length + index + 1, response })),
  ]
}

/** What no description has: the pages of what stands before a platform, and errors that it makes up. */
function brokenDown(text: string): SeenExchange['response'][] {
  const page = `<html><title>${text}</title><a href="https://${encodeURIComponent(text)}.test/">${text}</a></html>`
  const html: SeenBody = { kind: 'text', text: page, size: page.length, sha256: 'h' }
  return [
    { status: 500, headers: [['Content-Type', `text/html; note="${text}"`]], body: html },
    { status: 502, headers: [['Content-Type', 'application/json']], body: html },
    {
      status: 503,
      headers: [['Content-Type', 'application/problem+json']],
      body: jsonBody({ [text]: text, detail: { [text]: [text] }, errors: [{ [text]: { [text]: text } }] }),
    },
  ]
}

const bytesBody = (text: string): SeenBody => ({
  kind: 'bytes',
  size: text.length,
  sha256: 'z',
  sha512: 'w',
  bytes: Buffer.from(text),
})

function recordedWith(text: string, side: 'both' | 'response' = 'both', count = Number.POSITIVE_INFINITY) {
  const folder = mkdtempSync(join(tmpdir(), 'localscale-canary-'))
  folders.push(folder)
  const secrets = new KnownSecrets([API_KEY])
  const redactor = new Redactor({ bodies, secrets, origin: ORIGIN })
  const journal = new Journal(
    join(folder, 'journal'),
    { scenario: 'test/here', marker: '', begunAt: '2026-01-01T00:00:00.000Z' },
    secrets,
  )
  const exchanges = exchangesWith(text, side)
    .slice(0, count)
    .map((seen) => {
      const part = {
        name: text,
        filename: text,
        contentType: text,
        size: text.length,
        sha256: 'p',
        sha512: 'q',
        head: Buffer.from(text),
      }
      const exchange = redactor.exchange(
        seen,
        seen.operationId === 'uploadFile' && side === 'both'
          ? [part, { ...part, filename: undefined }]
          : undefined,
      )
      journal.append({ exchange, names: {} })
      return exchange
    })
  journal.close()
  const cassette = sealedRun([{ exchanges, names: namesOf(redactor) }], bodies)
  return { folder, secrets, cassette, journal: readFileSync(journal.path, 'utf8') }
}

it('puts what must not be seen into answers of every status, as value and as key', () => {
  const exchanges = exchangesWith('canary', 'response').filter(hasAnswer)
  const statuses = new Set(exchanges.map(({ response }) => response.status))
  expect([...statuses].sort()).toEqual([
    ...[200, 201, 202, 204, 206, 304, 400, 401, 403, 404, 415, 416, 429],
    ...[500, 502, 503],
  ])
  const without = (place: string) =>
    exchanges
      .filter(({ response: { body } }) => body.kind === 'json' && !JSON.stringify(body).includes(place))
      .map(({ operationId, response }) => `${operationId} ${response.status}`)
  expect(without('"canary":')).toEqual([])
})

describe.each(Object.entries(canaries))(
  '%s, in every place of every request and answer, or of an accident',
  (_, { text, mark }) => {
    it('is in no journal, no recording, no export and no error', async () => {
      const { folder, secrets, cassette, journal } = recordedWith(text)
      expect(cassette.exchanges.length).toBeGreaterThan(60)
      expect(around(journal, mark)).toBe('')
      expect(around(cassetteText(cassette), mark)).toBe('')
      const seen = seenOfCassette(cassette)
      expect(around(ndjsonOf(seen), mark)).toBe('')
      expect(around(JSON.stringify(harOf(seen, VERSION)), mark)).toBe('')
      const path = cassettePath(folder, cassette.scenario)
      // Its name tells whether it was compressed.
      const written = await writeCassette(path, cassette, secrets)
      const replay = new Replay(await readCassette(written, secrets), { bodies, origin: ORIGIN })
      const [first] = exchangesWith(text, 'both')
      const request = {
        method: 'PATCH',
        url: `${first?.request.url}&more=${encodeURIComponent(text)}`,
        headers: [],
        body: jsonBody({ name: text, x: text }),
      }
      const miss = catching(() => replay.match(request, 'owner'))
      expect(String(miss)).toContain('nothing was recorded for PATCH')
      expect(around(String(miss), mark)).toBe('')
    })
  },
)

/** The neighbourhood of a canary; empty where there is none. A failing test must not print all of a recording. */
function around(output: string, mark: string): string {
  const at = output.toLowerCase().indexOf(mark.toLowerCase())
  return at < 0 ? '' : output.slice(Math.max(0, at - 80), at + mark.length + 20)
}

function catching(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

it.each(Object.entries(canaries))(
  '%s is in no text of a report, and the text stays what it was',
  (_, { text, mark }) => {
    const report = JSON.stringify({
      failure: `GET /api/v2/jobs/AbCdEf/ answered ${text} and more`,
      pointer: '/results/0/name',
    })
    const redacted = redactReport(report, new KnownSecrets([API_KEY]))
    expect(around(redacted, mark)).toBe('')
    expect(JSON.parse(redacted)).toMatchObject({
      pointer: '/results/0/name',
      failure: expect.stringMatching(/^GET \/api\/v2\/jobs\/AbCdEf\/ answered .* and more$/s),
    })
  },
)

it.each(Object.entries(canaries))(
  '%s, wherever a platform can put it, is in no form of a report',
  (_, { text, mark }) => {
    const finding = aFinding({ message: text, received: text, expected: text, pointer: `/${text}` })
    const results: ScenarioResult[] = [
      {
        ...{ id: 'jobs/read', title: 'reads a job', cost: 'free', outcome: 'failed', durationMs: 1 },
        failure: `it answered ${text}`,
        findings: [finding, { ...finding, class: 'not-checked', severity: 'info' }],
        exchanges: [anExchange({ [text]: text, name: { deep: text } })],
      },
      {
        ...{ id: 'jobs/list', title: 'lists jobs', cost: 'free', outcome: 'not-run', durationMs: 1 },
        reason: { kind: 'unreachable', text: `nobody is at ${text}` },
        findings: [],
        exchanges: [],
      },
    ]
    const secrets = new KnownSecrets([API_KEY])
    const report = contractReport({
      ...{ toolVersion: VERSION, startedAt: new Date(0), durationMs: 1, results },
      target: `profile x at ${text}`,
      drift: accept(
        drift(
          {
            live: {
              exchanges: results.flatMap(({ exchanges }) => exchanges),
              findings: results.flatMap(({ findings }) => findings),
            },
          },
          bodies.description,
        ),
        [],
        '2026-11-28',
      ),
      redact: (shown) => redactReport(shown, secrets),
    })
    const { json, ...others } = allReports(report)
    expect(JSON.parse(json).scenarios).toHaveLength(2)
    for (const [name, shown] of Object.entries({ json, ...others }))
      expect(around(shown, mark) && `${name}: ${around(shown, mark)}`).toBe('')
  },
)

it('keeps of other people’s texts nothing but those of catalogues and of the platform itself', () => {
  const { cassette } = recordedWith('Confidential Zebra', 'response')
  const kept = new Set<string>()
  for (const { operationId, response } of cassette.exchanges) {
    if ('failure' in response || response.body === null || !('json' in response.body)) continue
    for (const pointer of pointersTo(response.body.json, 'Confidential Zebra'))
      kept.add(`${operationId} ${response.status} ${pointer}`)
  }
  const own = [...kept].filter((place) =>
    /^(?:list(?:Jobs|Files|JobFiles|RunFiles|JobTags|MyProjects|FileLines|StorageDevices)|get(?:Job|File|CurrentUser|StorageDevice|ConnectionDetails)|tailRunFile|listInstances) 200/.test(
      place,
    ),
  )
  const allowed =
    /\/(?:analysis|hardware|coreType|code|version|versionName|type|storageType|encryptionType|region|fileType|supportedServices|analysisNames|flags|selector|filterType|tenancy|instanceGroup|role|jobStatus|clusterStatus|clusterStatusDisplay|variableType|valueGeneratorType|hashFunction|cidrRule|onDemandLicenseSeller|userDefinedLicenseSettings|billingPriorityValue|labelClass|exitcode|reason)\b/
  expect(own.filter((place) => !allowed.test(place))).toEqual([])
})

it('takes nothing for an echo that was sent as a secret, in a body or a query', () => {
  const redactor = new Redactor({ bodies, secrets: new KnownSecrets([]), origin: ORIGIN })
  const call = seen(`PATCH ${ORIGIN}/api/v2/jobs/AbCdEf/?token=quiet.wagtail&search=loud.wren`, {
    sent: { password: 'quiet.siskin', description: 'loud.finch' },
    body: { name: 'quiet.siskin', description: 'loud.finch', templateTasks: ['quiet.wagtail', 'loud.wren'] },
  })
  const { response } = redactor.exchange(call)
  const said = JSON.stringify(response)
  expect(said.match(/quiet\.\w+/g)).toBeNull()
  expect(said.match(/loud\.\w+/g)).toEqual(['loud.finch', 'loud.wren'])
})

function pointersTo(value: Json, text: string, pointer = ''): string[] {
  if (value === text) return [pointer]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => pointersTo(inner as Json, text, `${pointer}/${key}`))
}

describe('a recording that holds a secret of the profile', () => {
  it.each([
    ['as it is', API_KEY],
    ['in base64', Buffer.from(`user:${API_KEY}!`).toString('base64')],
    ['URL-encoded', encodeURIComponent(`p&ss ${API_KEY}`)],
    ['reversed', reversed(API_KEY)],
  ])('%s is refused, not warned about', async (_, form) => {
    const { folder, secrets, cassette } = recordedWith('harmless', 'both', 3)
    const [first, ...others] = cassette.exchanges
    if (!first) throw new Error('there is no exchange')
    const leaking = sealedRun(
      [
        {
          exchanges: [{ ...first, request: { ...first.request, body: { text: form } } }, ...others],
          names: {},
        },
      ],
      bodies,
    )
    const path = join(folder, 'leak.cassette.json')
    await expect(writeCassette(path, leaking, secrets)).rejects.toThrow(CassetteRefusedError)
    expect(catching(() => readFileSync(path))).toMatchObject({ code: 'ENOENT' })
  })

  it('is not written into a journal either', () => {
    const { folder, secrets, cassette } = recordedWith('harmless', 'both', 3)
    const journal = new Journal(
      join(folder, 'second'),
      { scenario: 'test/here', marker: '', begunAt: '2026-01-01T00:00:00.000Z' },
      secrets,
    )
    const [exchange] = cassette.exchanges
    if (!exchange) throw new Error('there is no exchange')
    const leaking = { ...exchange, request: { ...exchange.request, body: { text: API_KEY } } }
    expect(() => journal.append({ exchange: leaking, names: {} })).toThrow(CassetteRefusedError)
    journal.close()
    expect(readFileSync(journal.path, 'utf8')).not.toContain(API_KEY)
  })
})

describe('a recording', () => {
  it('that was changed by hand is refused', async () => {
    const { folder, secrets, cassette } = recordedWith('harmless', 'both', 3)
    const path = cassettePath(folder, 'test/here')
    await writeCassette(path, { ...cassette, marker: 'by-hand' }, secrets)
    await expect(readCassette(path)).rejects.toThrow(/changed by hand/)
  })

  it('has a file named by its scenario, which cannot leave the folder', () => {
    expect(cassettePath('/recordings', 'jobs/submit-and-watch')).toBe(
      '/recordings/jobs/submit-and-watch.cassette.json',
    )
    expect(() => cassettePath('/recordings', '../../etc/passwd')).toThrow(CassetteRefusedError)
  })
})
