import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { diskFileStore } from './disk-file-store.ts'
import { filesBelow, MiB, readAll, sameBytes, sha512, someBytes } from './file-store.fixtures.ts'
import { describeFileStore } from './file-store.suite.ts'

describeFileStore('disk file store', diskFileStore)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('finds everything again after it was closed', async () => {
  const bytes = someBytes(2 * MiB)
  const first = diskFileStore(folder)
  const { id } = first.put(bytes)
  await first.close()
  expect(sameBytes(await readAll(diskFileStore(folder), id, 0, bytes.length), bytes)).toBe(true)
})

it('removes nothing that is not its own', async () => {
  await mkdir(join(folder, 'incoming'))
  await writeFile(join(folder, 'incoming', 'thesis.tex'), 'mine')
  await writeFile(join(folder, 'incoming', 'a'.repeat(32)), 'half a file')
  diskFileStore(folder)
  expect(await filesBelow(folder)).toEqual(['incoming/thesis.tex'])
})

it('makes paths of nothing but its own ids', async () => {
  const store = diskFileStore(folder)
  const { id } = store.put(someBytes(5))
  expect(id).toMatch(/^[0-9a-f]{32}$/)
  expect(await filesBelow(folder)).toEqual([`content/${id.slice(0, 2)}/${id}`])
  expect(() => store.pathOf('../../../etc/passwd')).toThrow('not an id')
  expect(() => store.pathOf(`${id}/../x`)).toThrow('not an id')
})

it.runIf(existsSync('/dev/shm'))('adopts a file from another device by copying it', async () => {
  const elsewhere = await mkdtemp('/dev/shm/localscale-test-')
  const path = join(elsewhere, 'output.bin')
  const bytes = someBytes(2 * MiB)
  await writeFile(path, bytes)
  const store = diskFileStore(folder)
  const stored = await store.adopt(path)
  expect(stored).toMatchObject({ size: bytes.length, sha512: sha512(bytes) })
  expect(sameBytes(await readAll(store, stored.id, 0, bytes.length), bytes)).toBe(true)
  expect(await filesBelow(elsewhere)).toEqual([])
  await rm(elsewhere, { recursive: true })
})

it('gives adopted files no rights that they had as outputs', async () => {
  const store = diskFileStore(join(folder, 'store'))
  await writeFile(join(folder, 'run.sh'), 'echo', { mode: 0o755 })
  const { id } = await store.adopt(join(folder, 'run.sh'))
  expect((await stat(store.pathOf(id) ?? '')).mode & 0o777).toBe(0o600)
})

it('passes on what the file system refuses, and cleans up after an abort', async () => {
  const store = diskFileStore(folder)
  const writer = store.writer()
  await rm(join(folder, 'incoming'), { recursive: true })
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => writer.write(someBytes(MiB))))
  expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'ENOENT' } })
  await expect(writer.commit()).rejects.toThrow('ENOENT')
  await writer.abort()
  expect(await filesBelow(folder)).toEqual([])
})

it('shows nothing of a write whose process was killed, and removes it at the next start', async () => {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./half-a-write.fixture.ts', import.meta.url)), folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const [line] = await once(child.stdout, 'data')
  const finished = String(line).trim()
  child.kill('SIGKILL')
  await once(child, 'exit')
  const left = await filesBelow(folder)
  expect(left.filter((path) => path.startsWith('incoming/'))).toHaveLength(1)

  const store = diskFileStore(folder)
  expect(await filesBelow(folder)).toEqual([`content/${finished.slice(0, 2)}/${finished}`])
  expect(sha512(await readAll(store, finished, 0, 100))).toBe(sha512(someBytes(100)))
})
