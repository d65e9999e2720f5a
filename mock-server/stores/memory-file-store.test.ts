import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { filesBelow, MiB, readAll, sameBytes, someBytes } from './file-store.fixtures.ts'
import { describeFileStore } from './file-store.suite.ts'
import { memoryFileStore } from './memory-file-store.ts'

describeFileStore('memory file store', (temporaryFolder) => memoryFileStore({ temporaryFolder }))
describeFileStore('memory file store without memory', (temporaryFolder) =>
  memoryFileStore({ temporaryFolder, totalLimit: 0 }),
)

let temporaryFolder: string
beforeEach(async () => {
  temporaryFolder = await mkdtemp(join(tmpdir(), 'localscale-test-'))
})
afterEach(() => rm(temporaryFolder, { recursive: true, force: true }))

it('touches no disk for small content', async () => {
  const store = memoryFileStore({ temporaryFolder })
  const writer = store.writer()
  for (let written = 0; written < 1_000; written += 1) await writer.write(someBytes(100))
  const { id } = await writer.commit()
  await writeFile(join(temporaryFolder, 'small'), someBytes(50))
  await store.adopt(join(temporaryFolder, 'small'))
  expect(store.pathOf(id)).toBeNull()
  expect(await readdir(temporaryFolder)).toEqual([])
})

it('spills a file beyond the limit of one file', async () => {
  const store = memoryFileStore({ temporaryFolder, fileLimit: 100 })
  expect(store.pathOf(store.put(someBytes(100)).id)).toBeNull()
  expect(store.pathOf(store.put(someBytes(101)).id)).toContain(temporaryFolder)
  await store.close()
})

it('spills once all memory is taken, and uses what is given back', async () => {
  const store = memoryFileStore({ temporaryFolder, totalLimit: 250 })
  const [first, second, third] = [1, 2, 3].map(() => store.put(someBytes(100)))
  expect([first, second, third].map((stored) => store.pathOf(stored?.id ?? '') === null)).toEqual([
    true,
    true,
    false,
  ])
  await store.remove(first?.id ?? '')
  expect(store.pathOf(store.put(someBytes(100)).id)).toBeNull()
  await store.close()
})

it('counts what writers hold, and forgets it when they abort', async () => {
  const store = memoryFileStore({ temporaryFolder, totalLimit: 250 })
  const writer = store.writer()
  await writer.write(someBytes(200))
  expect(store.pathOf(store.put(someBytes(100)).id)).not.toBeNull()
  await writer.abort()
  await writer.abort()
  const kept = [100, 150].map((size) => store.put(someBytes(size)))
  expect(kept.map(({ id }) => store.pathOf(id))).toEqual([null, null])
  expect(store.pathOf(store.put(someBytes(1)).id)).not.toBeNull()
  await store.close()
})

it('moves what it gathered to disk when a file outgrows memory', async () => {
  const store = memoryFileStore({ temporaryFolder })
  const bytes = someBytes(3 * MiB)
  const writer = store.writer()
  for (let from = 0; from < bytes.length; from += 100_000)
    await writer.write(bytes.subarray(from, from + 100_000))
  const { id, size } = await writer.commit()
  expect(store.pathOf(id)).toContain(temporaryFolder)
  expect(sameBytes(await readAll(store, id, 0, size), bytes)).toBe(true)
  await store.close()
})

it('removes its folder when it is closed, and makes no new one', async () => {
  const store = memoryFileStore({ temporaryFolder })
  store.put(someBytes(2 * MiB))
  const writer = store.writer()
  await writer.write(someBytes(2 * MiB))
  expect(await filesBelow(temporaryFolder)).not.toEqual([])
  await store.close()
  await writer.abort()
  expect(() => store.put(someBytes(2 * MiB))).toThrow('closed')
  expect(await readdir(temporaryFolder)).toEqual([])
})
