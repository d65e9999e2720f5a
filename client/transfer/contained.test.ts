import { mkdir, readdir, symlink } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { aFolder } from '../test-support/folder.ts'
import { checkContained } from './contained.ts'

it('lets no link in a folder lead out of it', async () => {
  await using outside = await aFolder()
  await using folder = await aFolder()
  await symlink(outside.path, folder.in('out'))
  await symlink('..', folder.in('up'))
  for (const path of [folder.in('out', 'x'), folder.in('out', 'new', 'x'), folder.in('up', 'x')])
    await expect(checkContained(folder.path, path)).rejects.toThrow('a link leads out of it')
  expect(await readdir(outside.path)).toEqual([])
})

it('lets links within a folder be, and the folder itself be one', async () => {
  await using folder = await aFolder()
  await mkdir(folder.in('real', 'deep'), { recursive: true })
  await symlink(folder.in('real'), folder.in('linked'))
  await symlink('real/deep', folder.in('inside'))
  await checkContained(folder.path, folder.in('inside', 'x'))
  await checkContained(folder.in('linked'), folder.in('linked', 'deep', 'new', 'x'))
  await checkContained(folder.in('linked'), folder.in('linked', 'x'))
  await checkContained(folder.in('not there'), folder.in('not there', 'a', 'x'))
})
