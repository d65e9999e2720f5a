import { stat } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { failureOf } from '../test-support/client.ts'
import { aFile } from '../test-support/files.ts'
import { aFolder, type TestFolder } from '../test-support/folder.ts'
import { aTransferContext, type Given } from '../test-support/transfer-context.ts'
import type { TransferContext } from './context.ts'
import { type Downloadable, download } from './download.ts'
import { localFs } from './local-fs.ts'
import { partPath } from './part-file.ts'
import { readJournal } from './part-journal.ts'

const MiB = 1024 * 1024
const PIECE = Buffer.alloc(MiB, 7)
/** Nothing tells whether its bytes are right: they must be on the disk before the journal says that they are there. */
const UNCHECKED: Downloadable = { ...aFile(PIECE), decryptedSize: 100 * MiB, fileChecksums: [] }

/** A connection that gives a hundred MiB and breaks before the last, and a disk that the test decides about. */
function aContext(syncData: (fd: number) => Promise<void>) {
  const state = { given: 0 }
  const given: Given = {
    size: UNCHECKED.decryptedSize,
    async pump(write) {
      for (; state.given < 99; state.given++) await write(PIECE)
      throw new Error('of the connection')
    },
  }
  const context = aTransferContext(given, { syncData })
  return { context, state }
}

const target = (folder: TestFolder) => folder.in('x')
const part = (folder: TestFolder) => partPath(target(folder), UNCHECKED.id)

/** MiB that the journal vouches for. */
async function vouched(folder: TestFolder): Promise<number> {
  const identity = { fileId: UNCHECKED.id, size: UNCHECKED.decryptedSize, sha512: undefined }
  const ranges = (await readJournal(`${part(folder)}.journal`, identity)) ?? []
  return ranges.reduce((sum, { start, end }) => sum + end - start + 1, 0) / MiB
}

const failed = (folder: TestFolder, context: TransferContext) =>
  failureOf(download(context, UNCHECKED, { to: target(folder), connections: 1 }))

it('has bytes on the disk before the journal vouches for them, where no checksum could tell', async () => {
  await using folder = await aFolder()
  const synced: number[] = []
  const { context } = aContext(async (fd) => {
    synced.push(await vouched(folder))
    await localFs.syncData(fd)
  })
  expect((await failed(folder, context)).message).toBe('of the connection')
  expect(await vouched(folder)).toBe(99)
  expect(synced.length).toBeGreaterThan(1)
  expect(Math.max(...synced)).toBeLessThan(99)
})

it('waits for a slow disk before a crash could cost more than 64 MiB', async () => {
  await using folder = await aFolder()
  const atRisk: number[] = []
  const { context, state } = aContext(async () => {
    // Until nothing comes any more; reading goes through the same threads as writing.
    for (let [same, last] = [0, -1]; same < 50; last = state.given) {
      await stat(part(folder))
      same = state.given === last ? same + 1 : 0
    }
    atRisk.push(state.given - (await vouched(folder)))
  })
  await failed(folder, context)
  expect(Math.max(...atRisk)).toBeLessThan(64)
  expect(await vouched(folder)).toBe(99)
})
