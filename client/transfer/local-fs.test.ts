import { readdir } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { NoSpaceError } from '../errors.ts'
import { failureOf } from '../test-support/client.ts'
import { aClock } from '../test-support/clock.ts'
import { aFile, sha512, someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { aTransferContext, atOnce } from '../test-support/transfer-context.ts'
import { download } from './download.ts'
import { downloadAll } from './download-all.ts'
import { type LocalFs, localFs, renamed } from './local-fs.ts'

const BYTES = someBytes(50_000)

/** What transfers need, with a file system whose virus scanner and disk the test decides about. */
const aContext = (fs: Partial<LocalFs>, clock = aClock()) => aTransferContext(atOnce(BYTES), fs, clock)

function held(times: number, code: string): LocalFs['rename'] {
  let left = times
  return async (from, to) => {
    if (left-- > 0) throw Object.assign(new Error(`${code}: held`), { code })
    await localFs.rename(from, to)
  }
}

it.each(['EPERM', 'EBUSY', 'EACCES'])(
  'tries again on Windows while somebody holds the file (%s)',
  async (code) => {
    await using folder = await aFolder()
    const clock = aClock()
    const fs = { platform: 'win32', rename: held(4, code) }
    const result = await download(aContext(fs, clock), aFile(BYTES), { to: folder.in('x') })
    expect(result.sha512).toBe(sha512(BYTES))
    expect(clock.slept).toEqual([50, 100, 200, 400])
    expect(await readdir(folder.path)).toEqual(['x'])
  },
)

it('gives up on Windows after ten tries, and elsewhere at once', async () => {
  const clock = aClock()
  const windows = { ...localFs, platform: 'win32', rename: held(99, 'EPERM') }
  expect(await failureOf(renamed(windows, clock, 'a', 'b'))).toMatchObject({ code: 'EPERM' })
  expect(clock.slept).toHaveLength(9)
  expect(Math.max(...clock.slept)).toBe(2_000)
  const linux = { ...localFs, platform: 'linux', rename: held(1, 'EPERM') }
  expect(await failureOf(renamed(linux, clock, 'a', 'b'))).toMatchObject({ code: 'EPERM' })
  expect(clock.slept).toHaveLength(9)
})

it('fails before it asks for anything when there is no room', async () => {
  await using folder = await aFolder()
  const asked: string[] = []
  const context = aContext({ freeBytes: async () => 16 * 1024 * 1024 + BYTES.byteLength - 1 })
  const counting = { ...context.transport, send: async () => Promise.reject(asked.push('once')) }
  const full = await failureOf(
    download({ ...context, transport: counting }, aFile(BYTES), { to: folder.in('x') }),
  )
  expect(full).toBeInstanceOf(NoSpaceError)
  expect(full).toMatchObject({ needed: BYTES.byteLength, folder: folder.path })
  expect(asked).toEqual([])
  expect(await readdir(folder.path)).toEqual([])
})

it('goes ahead where the file system does not say how much room there is', async () => {
  await using folder = await aFolder()
  for (const freeBytes of [async () => undefined, () => Promise.reject(new Error('ENOSYS'))]) {
    await download(aContext({ freeBytes }), aFile(BYTES), { to: folder.in('x') })
  }
  expect(await localFs.freeBytes(folder.path)).toBeGreaterThan(0)
})

it('tells a disk that becomes full on the way', async () => {
  const context = aContext({})
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  const transport = {
    ...context.transport,
    send: async () => ({
      request: { method: 'GET', url: '', requestId: '1' },
      status: 200,
      headers: {},
      pump: () => Promise.reject(full),
      text: async () => '',
      discard: () => {},
    }),
  }
  await using folder = await aFolder()
  const failure = await failureOf(
    download({ ...context, transport, clock: systemClock }, aFile(BYTES), { to: folder.in('x') }),
  )
  expect(failure).toBeInstanceOf(NoSpaceError)
  expect(failure.cause).toBe(full)
})

it('counts all files of a call before it asks for the first, less those that are there', async () => {
  await using folder = await aFolder()
  const files = ['a', 'b', 'c'].map((name) => aFile(BYTES, name, name))
  const reserve = 16 * 1024 * 1024
  const context = aContext({ freeBytes: async () => reserve + 2 * BYTES.byteLength })
  const all = downloadAll(context, files, { folder: folder.path })
  expect(await failureOf(all)).toMatchObject({ name: 'NoSpaceError', needed: 3 * BYTES.byteLength })
  expect(await readdir(folder.path)).toEqual([])
  await download(context, files[0] ?? aFile(BYTES), { to: folder.in('a') })
  const results = await downloadAll(context, files, { folder: folder.path })
  expect(results.map(({ outcome }) => outcome)).toEqual(['skipped', 'downloaded', 'downloaded'])
})
