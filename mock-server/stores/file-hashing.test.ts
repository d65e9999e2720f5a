import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Hashing } from '../../client/transfer/file-hasher.ts'
import { diskFileStore } from './disk-file-store.ts'
import { type FileHashing, hashedElsewhereFrom } from './file-hashing.ts'
import { filesBelow, MiB, sha512, someBytes } from './file-store.fixtures.ts'
import { memoryFileStore } from './memory-file-store.ts'

let folder: string
let hashing: Hashing
let files: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-hashing-'))
  hashing = new Hashing()
  files = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A second thread, however many cores there are. */
const elsewhere = (): FileHashing => ({
  file: async (path) => {
    files.push(path)
    return hashing.file(path, Number.POSITIVE_INFINITY)
  },
  close: () => hashing[Symbol.asyncDispose](),
})

const broken: FileHashing = {
  file: () => Promise.reject(new Error('no thread')),
  close: async () => {},
}

const large = someBytes(hashedElsewhereFrom + 3 * MiB + 5)
const pieces = Array.from({ length: Math.ceil(large.length / 65_000) }, (_, index) =>
  large.subarray(index * 65_000, (index + 1) * 65_000),
)

describe.each([
  ['disk', () => diskFileStore(folder, { hashing: elsewhere() })],
  ['memory', () => memoryFileStore({ temporaryFolder: folder, hashing: elsewhere() })],
])('a large file in a %s store', (_, open) => {
  it('has the same SHA-512 as if this thread had hashed it', async () => {
    const store = open()
    const [one, other] = [store.writer(), store.writer()]
    for (const piece of pieces) {
      await one.write(piece)
      await other.write(piece)
    }
    const stored = await Promise.all([one.commit(), other.commit()])
    expect(stored.map(({ size, sha512 }) => [size, sha512])).toEqual(
      Array(2).fill([large.length, sha512(large)]),
    )
    expect(files).toHaveLength(2)
    await store.close()
  })

  it('is let go of when its upload is given up', async () => {
    const store = open()
    const writer = store.writer()
    for (const piece of pieces) await writer.write(piece)
    await writer.abort()
    expect(files).toHaveLength(1)
    expect(await filesBelow(folder)).toEqual([])
    await store.close()
  })

  it('is taken over with its SHA-512', async () => {
    const store = open()
    const path = join(folder, 'output.bin')
    await writeFile(path, large)
    expect(await store.adopt(path)).toMatchObject({ size: large.length, sha512: sha512(large) })
    expect(files).toHaveLength(1)
    await store.close()
  })
})

it('is for large files only', async () => {
  const store = diskFileStore(folder, { hashing: elsewhere() })
  const writer = store.writer()
  await writer.write(large.subarray(0, hashedElsewhereFrom - 1))
  expect((await writer.commit()).sha512).toBe(sha512(large.subarray(0, hashedElsewhereFrom - 1)))
  expect(files).toEqual([])
  await store.close()
})

it('fails the upload, and leaves nothing of it, when there is no thread to be had', async () => {
  const store = diskFileStore(folder, { hashing: broken })
  const writer = store.writer()
  const writing = async () => {
    for (const piece of pieces) await writer.write(piece)
    await writer.commit()
  }
  await expect(writing()).rejects.toThrow('no thread')
  await writer.abort()
  expect(await filesBelow(folder)).toEqual([])
})
