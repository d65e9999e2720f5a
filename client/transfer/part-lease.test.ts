import { lstat, lutimes, readdir, readlink, symlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { aFolder } from '../test-support/folder.ts'
import { PartLease } from './part-lease.ts'

it('belongs to one, who is named in it from its first moment, until it is given back', async () => {
  await using folder = await aFolder()
  const path = folder.in('testfile.part.lock')
  const lease = await PartLease.take(path)
  expect(JSON.parse(await readlink(path))).toMatchObject({ host: hostname(), pid: process.pid })
  expect(await PartLease.take(path)).toBeUndefined()
  await lease?.release()
  expect(await readdir(folder.path)).toEqual([])
  expect(await PartLease.take(path)).toBeInstanceOf(PartLease)
})

it('is taken over from a process that is gone, and leaves what others have taken alone', async () => {
  await using folder = await aFolder()
  const path = folder.in('testfile.part.lock')
  const holder = { host: hostname(), pid: 2 ** 22 + 1, began: 1, token: 'x' }
  await symlink(JSON.stringify(holder), path)
  const lease = await PartLease.take(path)
  expect(JSON.parse(await readlink(path)).pid).toBe(process.pid)
  const long = new Date(Date.now() - 11 * 60_000)
  await lutimes(path, long, long)
  const other = await PartLease.take(path)
  await lease?.release()
  expect((await lstat(path)).isSymbolicLink()).toBe(true)
  await other?.release()
  expect(await readdir(folder.path)).toEqual([])
})
