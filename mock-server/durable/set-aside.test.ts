import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { SetAside } from './set-aside.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-set-aside-'))
  await mkdir(join(folder, 'state'))
  await writeFile(join(folder, 'state', 'log'), 'as it was')
})
afterEach(() => rm(folder, { recursive: true }))

/** Of a start at this second. */
const startAt = (second: number) => new SetAside(folder, new Date(second * 1_000))

const left = async (): Promise<string[]> =>
  (await readdir(join(folder, 'set-aside'), { recursive: true })).sort()

it('keeps nothing of a start that found no damage', async () => {
  const setAside = startAt(0)
  await setAside.keep(join(folder, 'state'), 'state')
  await setAside.close()
  expect(await readdir(folder)).toEqual(['state'])
})

it('names what is lost before it moves anything', async () => {
  const setAside = startAt(0)
  setAside.lose('file a', 'it is cut')
  await setAside.move(join(folder, 'state', 'log'), join('content', 'a'))
  expect(await readFile(join(setAside.path, 'losses.txt'), 'utf8')).toBe('file a: it is cut\n')
  expect(await readFile(join(setAside.path, 'content', 'a'), 'utf8')).toBe('as it was')
})

it('removes the copies of starts that did not come to their end, and nothing that names losses', async () => {
  const [damaged, killed] = [startAt(0), startAt(1)]
  for (const setAside of [damaged, killed]) await setAside.keep(join(folder, 'state'), 'state')
  damaged.lose('state', 'it is damaged')
  await damaged.close()
  const before = await left()
  const [own, later] = [startAt(2), startAt(3)]
  // Of somebody who is about to find that the folder is in use.
  await later.keep(join(folder, 'state'), 'state')
  await own.clearUnfinished()
  await later.close()
  await own.close()
  expect(await left()).toEqual(before.filter((path) => !path.startsWith(basename(killed.path))))
})
