import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FileStore } from '../domain/file-store.ts'
import { filesBelow, MiB, readAll, sameBytes, sha512, someBytes } from './file-store.fixtures.ts'

/** Describes what holds for every store. `open` gets a folder for all that the store keeps on disk. */
export function describeFileStore(title: string, open: (folder: string) => FileStore): void {
  describe(title, () => {
    let folder: string
    let store: FileStore

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'localscale-test-'))
      await mkdir(join(folder, 'store'))
      store = open(join(folder, 'store'))
    })
    afterEach(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })

    const write = async (chunks: readonly Uint8Array[]) => {
      const writer = store.writer()
      for (const chunk of chunks) await writer.write(chunk)
      return writer.commit()
    }

    it('gives back what was written, with its size and SHA-512', async () => {
      await fc.assert(
        fc.asyncProperty(someChunks, async (chunks) => {
          const bytes = Buffer.concat(chunks)
          const stored = await write(chunks)
          expect(stored).toEqual({ id: stored.id, size: bytes.length, sha512: sha512(bytes) })
          expect(sameBytes(await readAll(store, stored.id, 0, bytes.length), bytes)).toBe(true)
          await store.remove(stored.id)
        }),
        { numRuns: 60 },
      )
    })

    it('reads any part as a slice of a byte array would be', async () => {
      const bytes = someBytes(3 * MiB + 12_345)
      const { id } = await write([bytes])
      await fc.assert(
        fc.asyncProperty(fc.nat(4 * MiB), fc.nat(4 * MiB), fc.boolean(), async (start, length, lend) => {
          const part = await readAll(store, id, start, start + length, lend)
          expect(sameBytes(part, bytes.subarray(start, start + length))).toBe(true)
        }),
        { numRuns: 60 },
      )
    })

    it('reads in chunks of at most 1 MiB', async () => {
      const { id, size } = await write([someBytes(2 * MiB + 5)])
      const lengths: number[] = []
      for await (const chunk of store.read(id, 0, size)) lengths.push(chunk.length)
      expect(lengths).toEqual([MiB, MiB, 5])
    })

    it('keeps chunks that were not lent as they are', async () => {
      const bytes = someBytes(4 * MiB)
      const { id } = await write([bytes])
      const chunks: Uint8Array[] = []
      for await (const chunk of store.read(id, 0, bytes.length)) chunks.push(chunk)
      expect(sameBytes(Buffer.concat(chunks), bytes)).toBe(true)
    })

    it('keeps its content when a reader changes what it got', async () => {
      for (const size of [100, 2 * MiB]) {
        const bytes = someBytes(size)
        const { id } = await write([bytes])
        for await (const chunk of store.read(id, 0, size)) chunk.fill(0)
        expect(sameBytes(await readAll(store, id, 0, size), bytes)).toBe(true)
      }
    })

    it('reads nothing from an empty file', async () => {
      const { id } = await write([])
      expect(await readAll(store, id, 0, 10)).toHaveLength(0)
    })

    it('puts content at once', async () => {
      const bytes = someBytes(1_000)
      const stored = store.put(bytes)
      const copy = Buffer.from(bytes)
      bytes.fill(0)
      expect(stored).toMatchObject({ size: 1_000, sha512: sha512(copy) })
      expect(sameBytes(await readAll(store, stored.id, 0, 1_000), copy)).toBe(true)
    })

    it.each([0, 10, 3 * MiB])('adopts a file of %i bytes by moving it', async (size) => {
      const bytes = someBytes(size)
      const path = join(folder, 'output.bin')
      await writeFile(path, bytes, { mode: 0o755 })
      const stored = await store.adopt(path)
      expect(stored).toEqual({ id: stored.id, size, sha512: sha512(bytes) })
      expect(sameBytes(await readAll(store, stored.id, 0, size), bytes)).toBe(true)
      expect(await readdir(folder)).not.toContain('output.bin')
    })

    it('adopts no link, and leaves its target alone', async () => {
      const target = join(folder, 'secret')
      await writeFile(target, 'do not touch')
      await symlink(target, join(folder, 'link'))
      await expect(store.adopt(join(folder, 'link'))).rejects.toThrow('plain file')
      expect(await readFile(target, 'utf8')).toBe('do not touch')
      expect(await filesBelow(join(folder, 'store'))).toEqual([])
    })

    it('adopts no folder, and nothing that is not there', async () => {
      await expect(store.adopt(folder)).rejects.toThrow('plain file')
      await expect(store.adopt(join(folder, 'missing'))).rejects.toThrow('ENOENT')
      expect(await filesBelow(join(folder, 'store'))).toEqual([])
    })

    it('leaves nothing after an abort, however far it got', async () => {
      await fc.assert(
        fc.asyncProperty(someChunks, fc.boolean(), async (chunks, twice) => {
          const writer = store.writer()
          const waits = chunks.map((chunk) => writer.write(chunk))
          await writer.abort()
          if (twice) await writer.abort()
          await Promise.allSettled(waits)
          expect(await filesBelow(join(folder, 'store'))).toEqual([])
        }),
        { numRuns: 40 },
      )
    })

    it('takes nothing more after an abort', async () => {
      const writer = store.writer()
      await writer.write(someBytes(100))
      await writer.abort()
      await expect(writer.write(someBytes(1))).rejects.toThrow('takes no more bytes')
      await expect(writer.commit()).rejects.toThrow('done already')
    })

    it('keeps committed bytes when the writer is aborted afterwards', async () => {
      const writer = store.writer()
      const bytes = someBytes(2 * MiB)
      await writer.write(bytes)
      const { id } = await writer.commit()
      await writer.abort()
      expect(sameBytes(await readAll(store, id, 0, bytes.length), bytes)).toBe(true)
    })

    it('keeps concurrent writers apart', async () => {
      const contents = [10, 70_000, MiB, 2 * MiB + 1, 3 * MiB].map(someBytes)
      const writers = contents.map(() => store.writer())
      for (let from = 0; from < 3 * MiB; from += 50_000)
        for (const [index, content] of contents.entries())
          await writers[index]?.write(content.subarray(from, from + 50_000))
      const stored = await Promise.all(writers.map((writer) => writer.commit()))
      expect(new Set(stored.map(({ id }) => id)).size).toBe(contents.length)
      for (const [index, content] of contents.entries()) {
        expect(stored[index]?.sha512).toBe(sha512(content))
        expect(sameBytes(await readAll(store, stored[index]?.id ?? '', 0, content.length), content)).toBe(
          true,
        )
      }
    })

    it('lets many readers read one file at once', async () => {
      const bytes = someBytes(3 * MiB)
      const { id } = await write([bytes])
      const all = await Promise.all(
        [0, 1, 2, 3].map((reader) => readAll(store, id, reader, bytes.length, reader % 2 === 0)),
      )
      for (const [reader, read] of all.entries()) expect(sameBytes(read, bytes.subarray(reader))).toBe(true)
    })

    it('asks a writer to wait when the file system is slower', async () => {
      const writer = store.writer()
      let waits = 0
      for (let written = 0; written < 16; written += 1) {
        const wait = writer.write(someBytes(MiB))
        if (wait !== undefined) waits += 1
        await wait
      }
      expect(waits).toBeGreaterThan(0)
      await writer.abort()
    })

    it('forgets what is removed, also twice', async () => {
      for (const size of [10, 2 * MiB]) {
        const { id } = await write([someBytes(size)])
        await store.remove(id)
        await store.remove(id)
        await expect(async () => readAll(store, id, 0, 1)).rejects.toThrow()
      }
      expect(await filesBelow(join(folder, 'store'))).toEqual([])
    })

    it('finishes a read whose file is removed meanwhile', async () => {
      const bytes = someBytes(4 * MiB)
      const { id } = await write([bytes])
      const parts: Uint8Array[] = []
      for await (const chunk of store.read(id, 0, bytes.length)) {
        if (parts.length === 0) await store.remove(id)
        parts.push(chunk)
      }
      expect(sameBytes(Buffer.concat(parts), bytes)).toBe(true)
    })

    it('lets go of the file when the reader stops early', async () => {
      const { id, size } = await write([someBytes(4 * MiB)])
      const before = await openFiles()
      for await (const _ of store.read(id, 0, size, { lend: true })) break
      expect(await openFiles()).toEqual(before)
    })

    it('tells where large content lies as a file', async () => {
      const bytes = someBytes(2 * MiB)
      const { id } = await write([bytes])
      const path = store.pathOf(id)
      expect(path).toBeTypeOf('string')
      expect(sameBytes(await readFile(path ?? ''), bytes)).toBe(true)
    })

    it.each(['../../etc/passwd', '', 'toString', 'a'.repeat(32), '../'.repeat(10)])(
      'has nothing by the id %j',
      async (id) => {
        await expect(async () => readAll(store, id, 0, 1)).rejects.toThrow()
      },
    )
  })
}

/** Chunks around the sizes at which writers change what they do. */
const someChunks = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 16_000, max: 17_000 }),
      fc.integer({ min: 60_000, max: 700_000 }),
    ),
    { maxLength: 12 },
  )
  .map((sizes) => sizes.map((size, index) => someBytes(size + index).subarray(index)))

/** The files that this process holds open, as far as the system tells. */
async function openFiles(): Promise<string[]> {
  return (await readdir('/proc/self/fd').catch(() => [])).sort()
}
