import { stat, symlink, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'
import { aClient, failureOf } from './test-support/client.ts'
import { aFile } from './test-support/files.ts'
import { aFolder } from './test-support/folder.ts'

it('makes all folders of a path, and names the topmost that it made', async () => {
  await using folder = await aFolder()
  expect(await makeFolder(folder.in('a/b/c'))).toBe(folder.in('a'))
  expect((await stat(folder.in('a/b/c'))).isDirectory()).toBe(true)
  expect(await makeFolder(folder.in('a/b/c'))).toBeUndefined()
  expect(await makeFolder(folder.in('a/b/d'))).toBe(folder.in('a/b/d'))
  expect(await makeFolder('/')).toBeUndefined()
  await symlink(folder.in('a'), folder.in('link'))
  expect(await makeFolder(folder.in('link'))).toBeUndefined()
})

it('makes a folder that others make at the same time', async () => {
  await using folder = await aFolder()
  await Promise.all(Array.from({ length: 8 }, () => makeFolder(folder.in('x/y/z'))))
  expect((await stat(folder.in('x/y/z'))).isDirectory()).toBe(true)
})

it('says that a file is in the way', async () => {
  await using folder = await aFolder()
  await writeFile(folder.in('file'), '')
  expect(await failureOf(makeFolder(folder.in('file')))).toMatchObject({ code: 'EEXIST' })
  expect(await failureOf(makeFolder(folder.in('file/a/b')))).toMatchObject({ code: 'ENOTDIR' })
})

it.runIf(process.platform === 'linux')('ends where no folder can be made, downloads too', async () => {
  await using client = aClient('http://127.0.0.1:9')
  for (const path of ['/proc/nope', '/proc/nope/deeper']) {
    const calls = [
      () => makeFolder(path),
      () => client.files.downloadAll([aFile(Buffer.of())], { folder: path }),
      () => client.files.download(aFile(Buffer.of(1)), { to: `${path}/file` }),
    ]
    for (const call of calls) expect(await failureOf(call())).toMatchObject({ code: 'ENOENT' })
  }
})
