import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { harOf } from './harness/export/har.ts'
import { ndjsonOf } from './harness/export/ndjson.ts'
import { loadDescribedBodies } from './harness/naming/described-bodies.ts'
import type { Names } from './harness/naming/names.ts'
import { type Cassette, cassetteText, RULES_VERSION, sealed } from './harness/recording/cassette.ts'
import { CassetteRefusedError } from './harness/recording/cassette-file.ts'
import { readCassette, readCassettes } from './harness/recording/read-cassettes.ts'
import { seenOfCassette } from './harness/recording/seen-of-cassette.ts'
import type { StoredResponse } from './harness/recording/stored-exchange.ts'
import { KnownSecrets } from './harness/redaction/known-secrets.ts'
import { MissError } from './harness/replay/misses.ts'
import { renderAnswer } from './harness/replay/render.ts'
import { Replay } from './harness/replay/replay.ts'
import { SECOND_SERVER_NOTE } from './harness/second-server/live-here.ts'
import { toldOtherwise } from './recorded-alike.ts'

const bodies = await loadDescribedBodies()
const RECORDINGS = fileURLToPath(new URL('recordings', import.meta.url))
const cassettes = await readCassettes(RECORDINGS)
const folder = await mkdtemp(join(tmpdir(), 'localscale-recordings-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

it('the recordings in the repository say that they are of the second server, told twice', () => {
  expect(cassettes.size).toBeGreaterThan(35)
  for (const [id, { recorded }] of cassettes)
    expect(recorded, id).toMatchObject({
      from: 'second-server',
      note: SECOND_SERVER_NOTE,
      runs: 2,
    })
})

/** The same with the names of every object turned round. */
const turnedRound = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turnedRound)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, turnedRound(one)]),
  )
}

it('a recording is written to the byte as it lies in the repository, in whatever order its names come', async () => {
  const names = (await readdir(RECORDINGS, { recursive: true })).filter((name) =>
    /[.]json([.]gz)?$/.test(name),
  )
  expect(names).toHaveLength(cassettes.size)
  for (const name of names) {
    const bytes = await readFile(join(RECORDINGS, name))
    const text = String(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    const turned = turnedRound(JSON.parse(text)) as Cassette
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(JSON.parse(text)))
    expect(cassetteText(turned) === text, name).toBe(true)
  }
})

it('what the recordings hold is what is kept of it when it is seen again, by the rules that it was saved by', async () => {
  const { rules, description } = cassetteOf('jobs/change').recorded
  // Readers refuse what holds more, where rules and description are still those that named its leaves.
  expect([rules, description]).toEqual([RULES_VERSION, bodies.hash])
  for (const [id, { recorded }] of cassettes)
    expect([id, recorded.rules, recorded.description]).toEqual([id, rules, description])
})

function cassetteOf(id: string): Cassette {
  const cassette = cassettes.get(id)
  if (!cassette) throw new Error(`there is no recording of ${id}`)
  return cassette
}

/** The recording with its n-th exchange otherwise. */
const spoilt = (cassette: Cassette, at: number, change: (text: string) => string): Cassette => ({
  ...cassette,
  exchanges: cassette.exchanges.map((exchange, index) =>
    index === at ? JSON.parse(change(JSON.stringify(exchange))) : exchange,
  ),
})

describe('a recording into which somebody has written, and sealed it again', () => {
  /** On no list of what may be kept, and looks like nothing. */
  const WORDS = 'siskin.in-the.quiet.yard'
  /** For places where much may stand. */
  const SECRET = 'password=siskin.in-the.quiet.yard'
  const who = cassetteOf('access/who-am-i')
  const asked = '"url":"{base}/api/v2/users/me/"'
  const sent = (body: string): [from: string, to: string] => [
    `"body":null,"headers":[],"method":"GET",${asked}`,
    `"body":${body},"headers":[],"method":"PATCH",${asked}`,
  ]
  const answered = (body: string): [from: string, to: string] => [
    '"body":{"json":{"detail":"Authentication credentials were not provided."}}',
    `"body":${body}`,
  ]
  const fullName = '"fullName":{"$name":"text#1"}'

  const places: [where: string, from: string, to: string][] = [
    ['a leaf of an answer', fullName, `"fullName":"${WORDS}"`],
    ['a date', fullName, `"fullName":{"$date":"${WORDS}"}`],
    ['a text beside a name', '"pathBase":{"$text":"user/', `"pathBase":{"$text":"${WORDS}/`],
    ['a key', '"{key#1}":', `"${WORDS}":`],
    ['a key beside a name', '"{key#1}":', `"${WORDS} {key#1}":`],
    ['a name', fullName, `"fullName":{"$name":"${WORDS}"}`],
    ['a name in a text', '"user/user_{user#1}"', `"user/user_{${WORDS}}"`],
    ['the type of a name', '"text#1"', `"${WORDS}#1"`],
    ['the shape of a name', '"text#1":{"like":', `"text#1":{"like":"${WORDS}","then":`],
    ['the value of a name', '"text#1":{', `"text#1":{"value":"${WORDS}",`],
    ['a header of an answer', '["www-authenticate","Token"]', `["www-authenticate","realm='${SECRET}'"]`],
    ['a header that is on no list', '["www-authenticate","Token"]', `["x-anything","${WORDS}"]`],
    ['the name of a header', '"x-mock-why"', `"x-mock-why ${WORDS}"`],
    ['the query', asked, `"url":"{base}/api/v2/users/me/?search=${SECRET}"`],
    ['the path', asked, `"url":"{base}/api/v2/jobs/${WORDS}/"`],
    ['the host', asked, `"url":"https://${WORDS}/api/v2/jobs/"`],
    ['the method', '"method":"GET"', `"method":"${SECRET}"`],
    ['a header of a request', '"headers":[],"method"', `"headers":[["range","${SECRET}"]],"method"`],
    ['a header of a request that is on no list', '"headers":[],', `"headers":[["cookie","${WORDS}"]],`],
    ['a text that was sent', ...sent(`{"text":"${SECRET}"}`)],
    ['a password that was sent', ...sent(`{"json":{"password":"${WORDS}"}}`)],
    ['the part of a form', ...sent(`{"parts":[{"name":"${SECRET}","body":null}]}`)],
    ['the name of a file', ...sent(`{"parts":[{"name":"file","filename":"${SECRET}","body":null}]}`)],
    ['a text that was answered', ...answered(`{"text":"${SECRET}"}`)],
    ['bytes', ...answered(bytesOf(SECRET))],
    ['a checksum', ...answered(`{"bytes":{"size":1,"sha256":"${WORDS}"}}`)],
    ['what was withheld', ...answered(`{"withheld":"${WORDS}","size":1}`)],
    ['the encoding', '"status":401', `"status":401,"wire":{"contentEncoding":"${WORDS}"}`],
    ['the status', '"status":401', `"status":"${WORDS}"`],
    ['a failure', '"response":{"body":', `"response":{"failure":"${WORDS}","body":`],
    ['the caller', '"caller":"nobody"', `"caller":"${WORDS}"`],
    ['the phase', '"phase":"scenario"', `"phase":"${WORDS}"`],
    ['the operation', '"operationId":"getCurrentUser"', `"operationId":"${WORDS}"`],
    ['when it was', '"startedAt":"', `"startedAt":"${WORDS} `],
    ['the marker', `"marker":"${who.marker}"`, `"marker":"${WORDS}"`],
    ['the scenario', '"scenario":"access/who-am-i"', `"scenario":"access/${WORDS}"`],
    ['when it was recorded', '"at":"', `"at":"${WORDS} `],
  ]

  it.each(places)('is refused, or comes out without what stands in %s', async (_, from, to) => {
    const changed = canonical(who).replaceAll(from, to)
    expect(changed, from).not.toBe(canonical(who))
    const hasIt = (text: string) => text.toLowerCase().includes('siskin')
    const refused = await reading(changed)
    expect(refused).toBeInstanceOf(CassetteRefusedError)
    expect(hasIt(String(refused))).toBe(false)
    // By another description it may have been right to keep it.
    const again = await reading(changed.replaceAll(bodies.hash, 'f'.repeat(64)))
    expect(hasIt(again instanceof Error ? again.message : comingOutOf(again))).toBe(false)
    if (again instanceof Error) expect(again).toBeInstanceOf(CassetteRefusedError)
    const known = await reading(changed.replaceAll(bodies.hash, 'f'.repeat(64)), new KnownSecrets([WORDS]))
    expect(String(known)).toContain('would hold a secret of the profile')
  })

  it('replays by another description what is kept by both', async () => {
    const other = 'f'.repeat(64)
    const again = await reading(
      canonical(who).replaceAll(bodies.hash, other).replaceAll(fullName, `"fullName":"${WORDS}"`),
    )
    if (again instanceof Error) throw again
    expect(again.exchanges.map(({ request }) => request)).toEqual(who.exchanges.map(({ request }) => request))
    expect(again.exchanges[1]?.response).toMatchObject({
      body: { json: { fullName: { $name: expect.stringMatching(/^text#/) }, maxJobHours: 48 } },
    })
    expect(await reading(canonical(who))).toEqual(who)
  })
})

const bytesOf = (text: string): string => {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return JSON.stringify({
    bytes: { size: text.length, sha256, base64: Buffer.from(text).toString('base64') },
  })
}

/** Keys in order, on one line. */
const canonical = (cassette: Cassette): string => JSON.stringify(JSON.parse(cassetteText(cassette)))

/** What readers get of a file with that in it, its digest made anew, or why they get nothing. */
async function reading(text: string, secrets?: KnownSecrets): Promise<Cassette | Error> {
  const { digest: _, ...changed } = JSON.parse(text) as Cassette
  const file = join(folder, 'changed.cassette.json')
  await writeFile(file, cassetteText(sealed(changed)))
  return readCassette(file, secrets).catch((error: Error) => error)
}

/** All that anybody is told by a recording: exports, answers, and what is said to who asks for something else. */
function comingOutOf(cassette: Cassette): string {
  const seen = seenOfCassette(cassette)
  const replay = new Replay(cassette, { bodies, origin: 'https://platform.second.test' })
  const answers = cassette.exchanges.map(({ response }) =>
    'failure' in response ? response.failure : rendered(response, replay.names),
  )
  const request = { method: 'GET', url: 'https://platform.second.test/api/v2/x/', headers: [] }
  expect(() => replay.match({ ...request, body: { kind: 'none' } }, 'owner')).toThrow(MissError)
  const misses = replay.misses.map(({ message }) => message)
  return [ndjsonOf(seen), JSON.stringify(harOf(seen, 'test')), ...answers, ...misses].join('\n')
}

function rendered(response: StoredResponse, names: Names): string {
  const { headers, body } = renderAnswer(response, {
    names,
    origin: 'https://platform.second.test',
    supplied: () => undefined,
  })
  return JSON.stringify(headers) + Buffer.from(body).toString('latin1')
}

it('a recording that says another value, status, field or order is told apart from one that says the same', () => {
  const lines = cassetteOf('files/change-and-delete')
  const at = lines.exchanges.findIndex(({ operationId }) => operationId === 'updateFile')
  const otherwise = (change: (text: string) => string) => toldOtherwise(lines, spoilt(lines, at, change))
  expect(toldOtherwise(lines, lines)).toEqual([])
  expect(otherwise((text) => text.replace('"isDeleted":false', '"isDeleted":true'))).toEqual([
    'updateFile response 200 body /isDeleted: another value',
  ])
  expect(otherwise((text) => text.replace('"isDeleted":false,', ''))).toEqual([
    'updateFile response 200 body /isDeleted: another presence',
  ])
  expect(otherwise((text) => text.replace('"status":200', '"status":202'))).toEqual([
    `step ${at}: updateFile as owner: 200 before, updateFile as owner: 202 now`,
  ])
  const { exchanges } = lines
  expect(toldOtherwise(lines, { ...lines, exchanges: [...exchanges, ...exchanges.slice(-1)] })).toEqual([
    `step ${exchanges.length}: undefined before, deleteFile as owner: 404 now`,
  ])
  expect(toldOtherwise(lines, { ...lines, exchanges: exchanges.slice(0, -1) })).toHaveLength(1)
})
