import { readFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { type DescribedBodies, loadDescribedBodies } from '../naming/described-bodies.ts'
import { cassetteText } from '../recording/cassette.ts'
import { seenOfCassette } from '../recording/seen-of-cassette.ts'
import { seen } from '../testing/seen.ts'
import { VERSION } from '../version.ts'
import { harOf } from './har.ts'
import { HarError, importHar } from './import-har.ts'
import { ndjsonOf } from './ndjson.ts'

let bodies: DescribedBodies
beforeAll(async () => {
  bodies = await loadDescribedBodies()
})

const KEY = 'abcdabcdabcdabcdabcdabcdabcdabcdabcdabcd'

/** As a browser's developer tools save it. */
const captured = (changes: Record<string, unknown> = {}) => ({
  log: {
    version: '1.2',
    creator: { name: 'WebInspector', version: '537.36' },
    entries: [
      {
        startedDateTime: '2026-05-01T10:00:00.000Z',
        time: 12.5,
        request: {
          method: 'GET',
          url: 'https://eu.rescale.com/api/v2/jobs/AbCdEf/',
          headers: [
            { name: ':authority', value: 'eu.rescale.com' },
            { name: 'Authorization', value: `Token ${KEY}` },
            { name: 'Cookie', value: 'sessionid=verysecretsessioncookie1' },
          ],
        },
        response: {
          status: 404,
          headers: [
            { name: 'Content-Type', value: 'application/json' },
            { name: 'Content-Encoding', value: 'gzip' },
            { name: 'X-Amz-Cf-Id', value: 'whatever' },
          ],
          content: { size: 23, mimeType: 'application/json', text: '{"detail":"Not found."}' },
        },
      },
      {
        startedDateTime: '2026-05-01T10:00:01.000Z',
        time: 1,
        request: { method: 'GET', url: 'https://tracker.test/pixel', headers: [] },
        response: { status: 200, headers: [], content: {} },
      },
    ],
    ...changes,
  },
})

it('makes a recording of a file that a browser has saved, without its secrets and without other hosts', () => {
  const { cassette, leftOut } = importHar(captured(), { scenario: 'mine/not-found', bodies, version: 'test' })
  const text = cassetteText(cassette)
  expect(leftOut).toBe(1)
  for (const secret of [KEY, 'verysecretsessioncookie1', 'eu.rescale.com', 'AbCdEf', 'tracker'])
    expect(text).not.toContain(secret)
  expect(cassette.exchanges).toMatchObject([
    {
      operationId: 'getJob',
      caller: 'owner',
      request: { url: '{base}/api/v2/jobs/{job#1}/' },
      response: { status: 404, otherHeaders: ['x-amz-cf-id'], body: { json: { detail: 'Not found.' } } },
    },
  ])
  expect(cassette.recorded).toMatchObject({ from: 'har', at: '2026-05-01T10:00:00.000Z' })
})

it('says what is no HAR', () => {
  const options = { scenario: 'mine/x', bodies, version: 'test' }
  for (const wrong of [null, {}, { log: {} }, { log: { entries: [{}] } }])
    expect(() => importHar(wrong, options)).toThrow(HarError)
})

it('exports HAR that can be imported again, and says the same', () => {
  const { cassette } = importHar(captured(), { scenario: 'mine/not-found', bodies, version: 'test' })
  const har = harOf(seenOfCassette(cassette), VERSION)
  const again = importHar(JSON.parse(JSON.stringify(har)), {
    scenario: 'mine/not-found',
    bodies,
    version: 'test',
  }).cassette
  const said = ({ exchanges }: typeof cassette) =>
    exchanges.map(({ operationId, request, response }) => ({ operationId, url: request.url, response }))
  expect(said(again)).toEqual(said(cassette))
})

it('exports a line of JSON for each exchange, as second validators read it', () => {
  const { cassette } = importHar(captured(), { scenario: 'mine/not-found', bodies, version: 'test' })
  const [line = '', ...others] = ndjsonOf(seenOfCassette(cassette)).split('\n')
  expect(others).toEqual([''])
  expect(JSON.parse(line)).toMatchObject({
    request: { method: 'GET', url: expect.stringMatching(/\/api\/v2\/jobs\/[A-Za-z]{6}\/$/) },
    response: {
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: { detail: 'Not found.' },
    },
  })
})

it('tells of bytes how many they are and what their hash is: that there was a body', () => {
  const upload = seen('POST /api/v2/files/contents/', {
    sent: new Uint8Array(3),
    status: 201,
    body: { id: 'AbCdEf' },
  })
  expect(JSON.parse(ndjsonOf([upload]))).toMatchObject({
    request: { body: expect.stringMatching(/^3 bytes, SHA-256 [0-9a-f]{64}$/) },
    response: { body: { id: 'AbCdEf' } },
  })
})

it('names the version that package.json names', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(VERSION)
})
