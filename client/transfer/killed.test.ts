import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, watch } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aFile, askedRange, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { A_KEY, aServer } from '../test-support/server.ts'
import { aTlsFront } from '../test-support/tls-front.ts'
import { partPath } from './part-file.ts'
import { type PartIdentity, readJournal } from './part-journal.ts'
import type { ByteRange } from './ranges.ts'

const MiB = 1024 * 1024
const BYTES = someBytes(128 * MiB + 12_345)
const FILE = aFile(BYTES)
const IDENTITY: PartIdentity = {
  fileId: FILE.id,
  size: FILE.decryptedSize,
  sha512: FILE.fileChecksums?.[0]?.fileHash,
}
// client.md §3C
const MOST_LOST = 64 * MiB
// While it is held back no download can end, however fast it is.
const HELD_FROM = BYTES.byteLength - 16 * MiB
// What is surely journaled when everything before that has come: less what six connections gather, and a journal's delay.
const SURELY_JOURNALED = HELD_FROM - 6 * MiB - 16 * MiB

const PROGRAM = `
import { createClient } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
const { baseUrl, apiKey, file, to } = JSON.parse(process.argv[1])
const client = createClient({ baseUrl, apiKey, env: {} })
const events = []
const onEvent = ({ type }) => type === 'progress' || events.push(type)
const { verified, resumedBytes } = await client.files.download(file, { to, connections: 6, onEvent })
console.log(JSON.stringify({ verified, resumedBytes, events }))
await client.close()
`

function startDownload(baseUrl: string, to: string): ChildProcess {
  const order = JSON.stringify({ baseUrl, apiKey: A_KEY, file: FILE, to })
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', PROGRAM, order], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

const lengthOf = (ranges: readonly ByteRange[]) =>
  ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0)

/** Until the connection takes more, or is gone. */
async function taken(response: ServerResponse): Promise<void> {
  const done = new AbortController()
  const either = ['drain', 'close'].map((event) => once(response, event, { signal: done.signal }))
  await Promise.race(either)
  for (const one of either) one.catch(() => {})
  done.abort()
}

/** Serves the file as fast as it is taken, and while it holds, all but its end. */
async function aHoldingServer() {
  const state = { holds: true }
  const send = async (response: ServerResponse, start: number, end: number) => {
    const last = state.holds ? Math.min(end, HELD_FROM - 1) : end
    for (let at = start; at <= last && !response.destroyed; at += 256 * 1024) {
      const more = response.write(BYTES.subarray(at, Math.min(at + 256 * 1024, last + 1)))
      if (!more && !response.destroyed) await taken(response)
    }
    if (last === end) response.end()
  }
  const server = await aServer((request, response) => {
    const { start, end } = askedRange(request) ?? { start: 0, end: BYTES.byteLength - 1 }
    const range = `bytes ${start}-${end}/${BYTES.byteLength}`
    response.writeHead(206, { 'Content-Length': end - start + 1, 'Content-Range': range })
    void send(response, start, end)
  })
  return Object.assign(server, { state })
}

async function ended(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', (chunk) => {
    text += chunk
  })
  await once(child, 'close')
  return text
}

/** Kills a download with SIGKILL when its journal vouches for so many bytes, in the middle of whatever it does. */
async function killedAt(journaled: number, url: string, folder: TestFolder): Promise<ByteRange[]> {
  const part = partPath(folder.in('testfile'), FILE.id)
  const journal = async () => (await readJournal(`${part}.journal`, IDENTITY)) ?? []
  const over = new AbortController()
  const changes = watch(folder.path, { signal: over.signal })
  const child = startDownload(url, folder.in('testfile')).once('close', () => over.abort())
  for await (const _ of changes) if (lengthOf(await journal()) >= journaled) break
  child.kill('SIGKILL')
  expect(await ended(child)).toBe('')
  const kept = await journal()
  // None, if it is killed before it makes one.
  const written = await readFile(part).catch(() => Buffer.alloc(0))
  expect(amountIn(written) - lengthOf(kept)).toBeLessThan(MOST_LOST)
  // What the journal vouches for was written before.
  const isThere = ({ start, end }: ByteRange) =>
    written.subarray(start, end + 1).equals(BYTES.subarray(start, end + 1))
  expect(kept.filter((range) => !isThere(range))).toEqual([])
  expect(await readdir(folder.path)).not.toContain('testfile')
  return kept
}

/** How many of the file's bytes are in what there is of its part file. */
function amountIn(part: Buffer): number {
  let amount = 0
  for (let at = 0; at < part.byteLength; at += 64 * 1024) {
    const block = part.subarray(at, at + 64 * 1024)
    if (block.equals(BYTES.subarray(at, at + block.byteLength))) amount += block.byteLength
  }
  return amount
}

/** The same seed kills at the same points. */
const SEED = Number(process.env.KILL_SEED ?? Date.now() % 2 ** 31)

/** So many bytes journaled, when it is killed first and when again. */
function killPoints(): [number, number] {
  const within = (min: number, max: number) => fc.integer({ min, max })
  const points = fc.tuple(within(8 * MiB, 40 * MiB), within(48 * MiB, SURELY_JOURNALED))
  const [sampled = [0, 0]] = fc.sample(points, { seed: SEED, numRuns: 1 })
  return sampled
}

async function goesOnAfterKills(folder: TestFolder): Promise<void> {
  await using server = await aHoldingServer()
  await using front = await aTlsFront()
  front.to(Number(new URL(server.url).port))
  const [once, twice] = killPoints()
  // As soon as there is anything at all.
  await killedAt(0, server.url, folder)
  expect(lengthOf(await killedAt(once, server.url, folder))).toBeGreaterThanOrEqual(once)
  const before = await killedAt(twice, front.url, folder)
  expect(lengthOf(before)).toBeGreaterThanOrEqual(twice)
  // As soon as it has begun to go on.
  const kept = await killedAt(0, server.url, folder)
  expect(lengthOf(kept)).toBeGreaterThanOrEqual(lengthOf(before))
  server.state.holds = false
  const asked = server.seen.length
  const result = JSON.parse(await ended(startDownload(front.url, folder.in('testfile'))))
  const events = ['started', 'resumed', 'finished']
  expect(result).toEqual({ verified: true, resumedBytes: lengthOf(kept), events })
  expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
  expect(await readdir(folder.path)).toEqual(['testfile'])
  for (const { headers } of server.seen.slice(asked)) {
    const start = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1])
    expect(kept.some((range) => range.start <= start && start <= range.end)).toBe(false)
  }
}

it('goes on after kill -9 at any point, with TLS and without, and loses at most 64 MiB each time', {
  timeout: 60_000,
}, async () => {
  await using folder = await aFolder()
  await goesOnAfterKills(folder).catch((cause) => {
    throw new Error(`with KILL_SEED=${SEED}`, { cause })
  })
})
