import { readdir, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { failureOf } from '../test-support/client.ts'
import { aFolder } from '../test-support/folder.ts'
import { withTemporaryFolder } from './temporary.ts'

it('removes the folder with what is in it, whatever becomes of the task', async () => {
  await using folder = await aFolder()
  const seen: string[] = []
  const work = async (made: string) => {
    seen.push(dirname(made), basename(made).slice(0, 5))
    await writeFile(join(made, 'part'), 'some')
    if (seen.length > 2) throw new Error('of the task')
    return 'done'
  }
  expect(await withTemporaryFolder(work, join(folder.path, 'part-'))).toBe('done')
  await expect(withTemporaryFolder(work, join(folder.path, 'part-'))).rejects.toThrow('of the task')
  expect(seen).toEqual([folder.path, 'part-', folder.path, 'part-'])
  expect(await readdir(folder.path)).toEqual([])
})

it('throws what went wrong first, and else that the folder could not be removed', async () => {
  await using folder = await aFolder()
  const remove = async (made: string) => {
    await rm(made, { recursive: true })
    throw new Error('held by another program')
  }
  const inFolder = (task: () => Promise<void>) =>
    withTemporaryFolder(task, join(folder.path, 'part-'), remove)
  expect((await failureOf(inFolder(() => Promise.reject(new Error('of the task'))))).message).toBe(
    'of the task',
  )
  expect((await failureOf(inFolder(() => Promise.resolve()))).message).toBe('held by another program')
})
