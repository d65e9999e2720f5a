import { fstat } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { failureOf } from '../test-support/client.ts'
import { aFile, someBytes } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { aTransferContext, atOnce } from '../test-support/transfer-context.ts'
import { type DownloadOptions, download } from './download.ts'
import { type LocalFs, localFs } from './local-fs.ts'

const BYTES = someBytes(3_000_000)

/** A download to a real disk, and what was asked of that, in its order. */
async function downloaded(folder: TestFolder, options: DownloadOptions, fs: Partial<LocalFs> = {}) {
  const asked: string[] = []
  const on: LocalFs = { ...localFs, ...fs }
  const told = (text: string) => asked.push(text.replaceAll(folder.path, 'there'))
  const context = aTransferContext(atOnce(BYTES), {
    ...on,
    async syncData(fd) {
      told(`sync ${(await promisify(fstat)(fd)).size} bytes`)
      await on.syncData(fd)
    },
    async rename(from, to) {
      told(`rename to ${to}`)
      await on.rename(from, to)
    },
    async link(from, to) {
      told(`link to ${to}`)
      await on.link(from, to)
    },
    async syncFolder(path) {
      told(`sync ${path} with ${(await readdir(path)).join()}`)
      await on.syncFolder(path)
    },
  })
  return { asked, done: download(context, aFile(BYTES), { to: folder.in('x'), ...options }) }
}

it.each([
  [true, 'rename to there/x', ['x']],
  [false, 'link to there/x', ['x']],
] as const)('has all bytes on the disk, then the name (overwrite: %s)', async (overwrite, naming, names) => {
  await using folder = await aFolder()
  const { asked, done } = await downloaded(folder, { durable: true, overwrite })
  await done
  expect(asked).toEqual(['sync 3000000 bytes', naming, `sync there with ${names.join()}`])
  expect((await readFile(folder.in('x'))).equals(BYTES)).toBe(true)
})

it('has the folders that it made on the disk too', async () => {
  await using folder = await aFolder()
  const { asked, done } = await downloaded(folder, { durable: true, to: folder.in('a/b/x') })
  await done
  expect(asked).toEqual([
    'sync there/a with b',
    'sync there with a',
    'sync 3000000 bytes',
    'rename to there/a/b/x',
    'sync there/a/b with x',
  ])
})

it('ends where what it made is not above what it was to make', async () => {
  await using folder = await aFolder()
  const to = `${folder.path}/new/../other/x`
  await (await downloaded(folder, { durable: true, to })).done
  expect((await readFile(folder.in('other/x'))).equals(BYTES)).toBe(true)
})

it('waits for no disk unless it is told to', async () => {
  await using folder = await aFolder()
  const { asked, done } = await downloaded(folder, {})
  await done
  expect(asked).toEqual(['rename to there/x'])
})

it('names nothing whose bytes could not be brought to the disk', async () => {
  await using folder = await aFolder()
  const failing = async () => {
    throw new Error('the disk is gone')
  }
  const { asked, done } = await downloaded(folder, { durable: true }, { syncData: failing })
  expect((await failureOf(done)).message).toBe('the disk is gone')
  expect(asked).toEqual(['sync 3000000 bytes'])
  expect(await readdir(folder.path)).not.toContain('x')
})

it('says so when the name could not be brought there', async () => {
  await using folder = await aFolder()
  const failing = async () => {
    throw new Error('the disk is gone')
  }
  const { done } = await downloaded(folder, { durable: true }, { syncFolder: failing })
  expect((await failureOf(done)).message).toBe('the disk is gone')
})

it('brings a folder of this machine to the disk', async () => {
  await using folder = await aFolder()
  await localFs.syncFolder(folder.path)
  expect(await failureOf(localFs.syncFolder(folder.in('none')))).toMatchObject({ code: 'ENOENT' })
})
