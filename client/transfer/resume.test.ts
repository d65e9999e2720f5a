import { readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { AbortedError } from '../errors.ts'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, serveBytes, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { aServer } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'
import type { Downloadable, DownloadOptions } from './download.ts'
import type { TransferEventType } from './events.ts'

const MiB = 1024 * 1024
const BYTES = someBytes(24 * MiB + 77)
const PART = 'testfile.abcdef.part'

/** A server of the file, and a client that has given up after about so many bytes of it. */
async function givenUpAfter(
  bytes: number,
  folder: TestFolder,
  file: Downloadable = aFile(BYTES),
  over: Over = 'HTTP',
) {
  const server = await aServer((request, response) => serveBytes(BYTES, request, response), over)
  const client = aClient(server.url)
  const controller = new AbortController()
  const onProgress = ({ transferred }: { transferred: number }) => {
    if (transferred >= bytes) controller.abort('enough')
  }
  const options = { to: folder.in('testfile'), connections: 3, minRangeBytes: MiB }
  const stopped = client.files.download(file, { ...options, onProgress, signal: controller.signal })
  expect(await failureOf(stopped)).toBeInstanceOf(AbortedError)
  const again = async (more: DownloadOptions = {}, what = file) => {
    const types: TransferEventType[] = []
    const result = await client.files.download(what, {
      ...options,
      ...more,
      onEvent: ({ type }) => type === 'progress' || types.push(type),
    })
    expect((await readFile(folder.in('testfile'))).equals(BYTES)).toBe(true)
    return { ...result, types }
  }
  return Object.assign(server, { client, again })
}

it.each(OVER)(
  'keeps over %s what has come when it is aborted, goes on from there, and leaves nothing behind',
  async (over) => {
    await using folder = await aFolder()
    await using server = await givenUpAfter(12 * MiB, folder, aFile(BYTES), over)
    expect((await readdir(folder.path)).toSorted()).toEqual([PART, `${PART}.journal`])
    const { verified, resumedBytes, types } = await server.again()
    expect(verified).toBe(true)
    expect(resumedBytes).toBeGreaterThanOrEqual(12 * MiB)
    expect(types).toEqual(['started', 'resumed', 'finished'])
    expect(await readdir(folder.path)).toEqual(['testfile'])
  },
)

it('fetches everything anew where what was left is not what the journal says, as after a power failure', async () => {
  await using folder = await aFolder()
  await using server = await givenUpAfter(12 * MiB, folder)
  const { byteLength } = await readFile(folder.in(PART))
  await writeFile(folder.in(PART), Buffer.alloc(byteLength))
  const { verified, resumedBytes, types } = await server.again()
  expect([verified, resumedBytes]).toEqual([true, 0])
  expect(types).toEqual(['started', 'resumed', 'restarted', 'finished'])
  expect(await readdir(folder.path)).toEqual(['testfile'])
})

it.each<[string, (folder: TestFolder) => Promise<void>]>([
  ['is gone', (folder) => truncate(folder.in(PART), 0)],
  ['has no journal', (folder) => truncate(folder.in(`${PART}.journal`), 0)],
  ['has a journal of nonsense', (folder) => writeFile(folder.in(`${PART}.journal`), 'PK\u0003\u0004\n1 2\n')],
])('begins anew where what was left %s', async (_, spoil) => {
  await using folder = await aFolder()
  await using server = await givenUpAfter(12 * MiB, folder)
  await spoil(folder)
  expect(await server.again()).toMatchObject({ verified: true, resumedBytes: 0 })
})

it('does not go on with what belongs to another content of the file', async () => {
  await using folder = await aFolder()
  const unknown = { ...aFile(BYTES), fileChecksums: [] }
  await using server = await givenUpAfter(12 * MiB, folder, unknown)
  expect(await server.again({}, aFile(BYTES))).toMatchObject({ verified: true, resumedBytes: 0 })
})

it('goes on with a file that the platform has no checksum of', async () => {
  await using folder = await aFolder()
  const unknown = { ...aFile(BYTES), fileChecksums: [] }
  await using server = await givenUpAfter(12 * MiB, folder, unknown)
  const { verified, resumedBytes } = await server.again()
  expect(verified).toBe(false)
  expect(resumedBytes).toBeGreaterThanOrEqual(12 * MiB)
})

it('keeps nothing when told not to', async () => {
  await using folder = await aFolder()
  await using server = await aServer((request, response) => serveBytes(BYTES, request, response))
  const controller = new AbortController()
  const onProgress = ({ transferred }: { transferred: number }) =>
    void (transferred > 10 * MiB && controller.abort('enough'))
  const options = { to: folder.in('testfile'), resume: false, onProgress, signal: controller.signal }
  await failureOf(aClient(server.url).files.download(aFile(BYTES), options))
  expect(await readdir(folder.path)).toEqual([])
})

const holder = (over: object) =>
  JSON.stringify({ host: hostname(), pid: process.pid, began: 1, token: 'x', ...over })

it('does not share a part file with a download that is under way', async () => {
  await using folder = await aFolder()
  await using server = await givenUpAfter(12 * MiB, folder)
  const [one, other] = await Promise.all([server.again(), server.again()])
  expect([one.verified, other.verified]).toEqual([true, true])
  expect([one.resumedBytes > 0, other.resumedBytes > 0].toSorted()).toEqual([false, true])
  expect(await readdir(folder.path)).toEqual(['testfile'])
})

it.each([
  ['another host, which was heard of just now', holder({ host: 'node-17' }), 0, false],
  ['another host, long silent', holder({ host: 'node-17' }), 11 * 60_000, true],
  ['a process that is gone', holder({ pid: 2 ** 22 + 1 }), 0, true],
  ['a process that had this one’s number before', holder({}), 0, true],
  ['this process', holder({ began: Math.round(performance.timeOrigin) }), 0, false],
  ['nobody knows whom, just now', '', 0, false],
])('goes on with what belonged to %s: only if that is dead', async (_, lock, silentMs, goesOn) => {
  await using folder = await aFolder()
  await using server = await givenUpAfter(12 * MiB, folder)
  await writeFile(folder.in(`${PART}.lock`), lock)
  const heard = new Date(Date.now() - silentMs)
  await utimes(folder.in(`${PART}.lock`), heard, heard)
  const { resumedBytes } = await server.again()
  expect(resumedBytes > 0).toBe(goesOn)
})
