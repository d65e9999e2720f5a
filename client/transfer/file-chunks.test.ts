import { appendFile, truncate, writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { IntegrityError } from '../errors.ts'
import { failureOf } from '../test-support/client.ts'
import { someBytes } from '../test-support/files.ts'
import { aFolder } from '../test-support/folder.ts'
import { type FileReading, fileChunks } from './file-chunks.ts'

const SIZE = 1_500_000

async function read(path: string, reading: Partial<FileReading>, onPiece = async () => {}): Promise<Buffer> {
  const copies: Uint8Array[] = []
  for await (const piece of fileChunks(path, { start: 0, size: SIZE, reuse: false, ...reading })) {
    copies.push(Uint8Array.from(piece))
    await onPiece()
  }
  return Buffer.concat(copies)
}

it.each([true, false])('reads a file, and parts of one (reuse: %s)', async (reuse) => {
  await using folder = await aFolder()
  const [path, bytes] = [folder.in('x'), someBytes(SIZE)]
  await writeFile(path, bytes)
  expect((await read(path, { reuse })).equals(bytes)).toBe(true)
  expect((await read(path, { reuse, toEnd: true })).equals(bytes)).toBe(true)
  const part = await read(path, { reuse, start: 700_000, size: 500_000 })
  expect(part.equals(bytes.subarray(700_000, 1_200_000))).toBe(true)
})

it('says that a file became shorter, and reads no more of one that grew unless told to', async () => {
  await using folder = await aFolder()
  const path = folder.in('x')
  const once = (change: () => Promise<void>) => {
    let isDone = false
    return async () => {
      if (!isDone) await change()
      isDone = true
    }
  }
  const grows = () => once(() => appendFile(path, 'more'))
  await writeFile(path, someBytes(SIZE))
  expect(await read(path, {}, grows())).toHaveLength(SIZE)
  await writeFile(path, someBytes(SIZE))
  expect(await read(path, { toEnd: true }, grows())).toHaveLength(SIZE + 4)
  await writeFile(path, someBytes(SIZE))
  const failure = await failureOf(
    read(
      path,
      {},
      once(() => truncate(path, 600_000)),
    ),
  )
  expect(failure).toBeInstanceOf(IntegrityError)
  expect(failure.message).toContain('became shorter')
})

it.each([true, false])('reads an empty file to its end (reuse: %s)', async (reuse) => {
  await using folder = await aFolder()
  await writeFile(folder.in('x'), '')
  expect(await read(folder.in('x'), { size: 0, toEnd: true, reuse })).toHaveLength(0)
})
