import { truncate, writeFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { aClient, failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { receiveForm } from '../test-support/multipart.ts'
import { aPage, aServer, sendJson } from '../test-support/server.ts'
import { OVER, type Over } from '../test-support/tls-front.ts'
import { TransfersFailedError } from '../transfer-errors.ts'
import type { RescaleFile } from '../types.ts'
import type { TransferEvent } from './events.ts'

const BYTES = someBytes(300_000)

/** A platform that keeps what is uploaded, and finds it again by a part of its name. */
async function anAccount(refused: readonly string[] = [], over: Over = 'HTTP') {
  const files: RescaleFile[] = []
  let [most, now] = [0, 0]
  const server = await aServer(async (request, response) => {
    if (request.method === 'GET') {
      const search = new URL(request.url ?? '', 'http://x').searchParams.get('search') ?? ''
      return sendJson(response, 200, aPage(files.filter(({ name }) => name.includes(search))))
    }
    most = Math.max(most, ++now)
    const [part] = await receiveForm(request)
    now--
    const name = /filename="(.*)"/.exec(part?.headers ?? '')?.[1] ?? ''
    if (refused.includes(name)) return sendJson(response, 400, { detail: 'No.' })
    const file = { ...aFile(part?.body ?? Buffer.alloc(0), name, `id${files.length}`), isUploaded: true }
    files.unshift(file as RescaleFile)
    sendJson(response, 201, file)
  }, over)
  return Object.assign(server, { files, most: () => most })
}

it.each(OVER)('uploads several files at once over %s, and gives the results in their order', async (over) => {
  await using folder = await aFolder()
  await using account = await anAccount([], over)
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  for (const [index, name] of names.entries()) await writeFile(folder.in(name), BYTES.subarray(index))
  const events: TransferEvent[] = []
  const results = await aClient(account.url).files.uploadAll(
    [...names.slice(1).map((name) => folder.in(name)), { path: folder.in('a'), name: 'case/a' }],
    { parallel: 3, onEvent: (event) => events.push(event) },
  )
  expect(results.map(({ name, outcome, file, size }) => [name, outcome, file?.name, size])).toEqual([
    ...['b', 'c', 'd', 'e', 'f'].map((name, index) => [name, 'uploaded', name, BYTES.byteLength - index - 1]),
    ['case/a', 'uploaded', 'case/a', BYTES.byteLength],
  ])
  expect(account.most()).toBeGreaterThan(1)
  expect(account.most()).toBeLessThanOrEqual(3)
  const { all } = events.at(-1) ?? {}
  expect(all).toMatchObject({ files: 6, finished: 6, bytes: all?.total })
  expect(events.filter(({ type }) => type === 'finished').map(({ item }) => item.fileId)).toHaveLength(6)
})

it.each(OVER)('tells over %s what came of each file when one fails, and sends the others', async (over) => {
  await using folder = await aFolder()
  await using account = await anAccount(['bad'], over)
  for (const name of ['good', 'bad']) await writeFile(folder.in(name), BYTES)
  const failed: string[] = []
  const failure = await failureOf(
    aClient(account.url).files.uploadAll([folder.in('bad'), folder.in('missing'), folder.in('good')], {
      onEvent: ({ type, item }) => type === 'failed' && failed.push(item.name),
    }),
  )
  expect(failure).toBeInstanceOf(TransfersFailedError)
  expect(failure.message).toContain('2 of 3 files were not uploaded')
  const { results, errors } = failure as TransfersFailedError
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'uploaded'])
  expect(errors).toMatchObject([{ status: 400 }, { code: 'ENOENT' }])
  expect(failed.toSorted()).toEqual(['bad', 'missing'])
  expect(account.files.map(({ name }) => name)).toEqual(['good'])
})

it('sends nothing that the account has, byte for byte and under that name', async () => {
  await using folder = await aFolder()
  await using account = await anAccount()
  const client = aClient(account.url)
  await writeFile(folder.in('mesh.cgns'), BYTES)
  const first = await client.files.upload(folder.in('mesh.cgns'), { reuse: true })
  const again = await client.files.upload(folder.in('mesh.cgns'), { reuse: true })
  const [inList] = await client.files.uploadAll([folder.in('mesh.cgns')], { reuse: true })
  expect([again.id, inList?.outcome, inList?.file?.id]).toEqual([first.id, 'reused', first.id])
  expect((await client.files.upload(BYTES, { name: 'mesh.cgns', reuse: true })).id).toBe(first.id)
  expect(account.files).toHaveLength(1)
  const changed = Buffer.from(BYTES)
  changed[1000] = (changed[1000] ?? 0) ^ 1
  for (const [bytes, name] of [
    [changed, 'mesh.cgns'],
    [BYTES, 'mesh'],
    [BYTES, 'old mesh.cgns'],
  ] as const) {
    expect((await client.files.upload(bytes, { name, reuse: true })).id).not.toBe(first.id)
  }
})

it('is given up while it compares a file with what is there', async () => {
  await using folder = await aFolder()
  // Would take half a minute and more to hash.
  const decryptedSize = 16 * 1024 ** 3
  await writeFile(folder.in('large'), '')
  await truncate(folder.in('large'), decryptedSize)
  const controller = new AbortController()
  const there = { ...aFile(Buffer.from('x'), 'large'), decryptedSize, isUploaded: true }
  await using server = await aServer((_, response) => {
    response.once('finish', () => setImmediate(() => controller.abort('enough')))
    sendJson(response, 200, aPage([there]))
  })
  const upload = aClient(server.url).files.upload(folder.in('large'), {
    reuse: true,
    signal: controller.signal,
  })
  expect(await failureOf(upload)).toMatchObject({ name: 'AbortedError', cause: 'enough' })
  expect(server.seen.map(({ method }) => method)).toEqual(['GET'])
})

it('does not reuse what is deleted or still on its way, nor unless asked to', async () => {
  await using account = await anAccount()
  const { files } = aClient(account.url)
  const first = await files.upload(BYTES, { name: 'x' })
  expect((await files.upload(BYTES, { name: 'x' })).id).not.toBe(first.id)
  const flags: Partial<RescaleFile>[] = [{ isDeleted: true }, { isUploaded: false }]
  account.files.splice(0, 2, ...account.files.map((file, index) => ({ ...file, ...flags[index] })))
  await files.upload(BYTES, { name: 'x', reuse: true })
  expect(account.files).toHaveLength(3)
  const stream = { name: 'x', size: BYTES.byteLength, reuse: true }
  await files.upload(Readable.from([BYTES]), stream)
  expect(account.files).toHaveLength(4)
})
