import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ChangeLog } from '../domain/saved/change-log.ts'
import { anUpload, aPlatform } from '../domain/testing/a-platform.ts'
import { Committer } from './committer.ts'
import type { Database, Write } from './database.ts'
import { DurableFiles } from './durable-files.ts'
import { LastCommit } from './last-commit.ts'
import { TenantKeeper } from './tenant-keeper.ts'
import { TenantRecords } from './tenant-records.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-committer-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A database whose writes end when the test says so. */
function heldDatabase() {
  const writes: { readonly keys: string[]; end(error?: Error): void }[] = []
  const database: Database = {
    async *all() {},
    write: (batch: readonly Write[]) =>
      new Promise((resolve, reject) => {
        writes.push({
          keys: batch.map(({ key }) => key),
          end: (error) => (error ? reject(error) : resolve()),
        })
      }),
    close: async () => {},
  }
  return { database, writes }
}

const noExtras = { records: [], snapshots: { version: () => 0, all: () => [] } }

function aCommitter() {
  const { database, writes } = heldDatabase()
  const errors: unknown[] = []
  const lastCommit = new LastCommit(join(folder, 'last-commit'))
  const files = new DurableFiles(aPlatform().files, { add: async () => undefined })
  const committer: Committer = new Committer({
    database,
    files,
    lastCommit,
    commit: 0,
    now: () => 0,
    onError: (error) => errors.push(error),
  })
  const keeper: TenantKeeper = new TenantKeeper(new TenantRecords('0'.repeat(16)), () =>
    committer.note(keeper),
  )
  const world = aPlatform({ changes: keeper.changes })
  keeper.begin({ platform: world.platform, settings: () => null, extras: noExtras }, { isNew: true })
  return { committer, keeper, world, writes, errors, files, lastCommit }
}

/** Until a write has begun. */
async function begun(writes: readonly unknown[], count: number): Promise<void> {
  while (writes.length < count) await new Promise((resolve) => setImmediate(resolve))
}

/** One whose first write has ended. */
async function aUsedCommitter() {
  const used = aCommitter()
  const file = anUpload(used.world, 'a')
  const saving = used.committer.saved(used.keeper)
  await begun(used.writes, 1)
  used.writes[0]?.end()
  await saving
  return { ...used, file }
}

it('lets wait until what changed is written, and writes together what changed meanwhile', async () => {
  const { committer, keeper, world, writes, lastCommit } = aCommitter()
  const first = committer.saved(keeper)
  await begun(writes, 1)
  anUpload(world, 'a')
  const [second, third] = [committer.saved(keeper), committer.saved(keeper)]
  expect(writes).toHaveLength(1)
  writes[0]?.end()
  await first
  expect(lastCommit.read().last).toBe(1)
  await begun(writes, 2)
  expect(writes[1]?.keys.filter((key) => key.includes('/file/'))).toHaveLength(1)
  writes[1]?.end()
  await Promise.all([second, third])
  expect(writes).toHaveLength(2)
  expect(committer.saved(keeper)).toBeUndefined()
  lastCommit.close()
})

it('writes in the background what nobody waits for', async () => {
  const { committer, keeper, writes, lastCommit } = aCommitter()
  await begun(writes, 1)
  const saving = committer.saved(keeper)
  expect(saving).toBeDefined()
  writes[0]?.end()
  await saving
  lastCommit.close()
})

it('tells who waits that a write has failed, and writes all again with the next', async () => {
  const { committer, keeper, world, writes, errors, lastCommit } = aCommitter()
  const failing = committer.saved(keeper)
  await begun(writes, 1)
  writes[0]?.end(new Error('disk full'))
  await expect(failing).rejects.toThrow('disk full')
  expect(lastCommit.read().last).toBe(0)
  anUpload(world, 'a')
  const again = committer.saved(keeper)
  await begun(writes, 2)
  expect(writes[1]?.keys).toEqual(expect.arrayContaining(writes[0]?.keys ?? ['none']))
  writes[1]?.end()
  await again
  expect(errors).toEqual([])
  lastCommit.close()
})

it('forgets a tenant for good whose last writes are still on their way', async () => {
  const { committer, keeper, writes, files, lastCommit } = aCommitter()
  let goOn = (): void => undefined
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const sync = vi.spyOn(files, 'sync').mockReturnValueOnce(held)
  const saving = committer.saved(keeper)
  await begun(sync.mock.calls, 1)
  const forgetting = committer.forget(keeper)
  goOn()
  await begun(writes, 1)
  writes[0]?.end()
  await saving
  expect(lastCommit.read().ofTenants.size).toBe(1)
  await begun(writes, 2)
  writes[1]?.end()
  await forgetting
  expect(lastCommit.read().ofTenants.size).toBe(0)
  lastCommit.close()
})

it('removes a tenant with the next write when the one that was to do it has failed', async () => {
  const { committer, keeper, writes, lastCommit } = await aUsedCommitter()
  const forgetting = committer.forget(keeper)
  await begun(writes, 2)
  writes[1]?.end(new Error('disk full'))
  await expect(forgetting).rejects.toThrow('disk full')
  expect(lastCommit.read().ofTenants.size).toBe(0)
  const closing = committer.close()
  await begun(writes, 3)
  expect(writes[2]?.keys).toEqual(writes[1]?.keys)
  writes[2]?.end()
  await closing
  lastCommit.close()
})

it('forgets a tenant whose removal was refused by the disk before it was tried', async () => {
  const { committer, keeper, writes, files, lastCommit } = await aUsedCommitter()
  vi.spyOn(files, 'sync').mockRejectedValueOnce(new Error('disk full'))
  await expect(committer.forget(keeper)).rejects.toThrow('disk full')
  expect(lastCommit.read().ofTenants.size).toBe(1)
  const closing = committer.close()
  await begun(writes, 2)
  writes[1]?.end()
  await closing
  expect(lastCommit.read().ofTenants.size).toBe(0)
  lastCommit.close()
})

it('leaves no record of a forgotten tenant that a failed write was to remove', async () => {
  const { committer, keeper, world, writes, file, lastCommit } = await aUsedCommitter()
  await world.platform.deleteFile(file.id)
  const failing = expect(committer.saved(keeper)).rejects.toThrow('disk full')
  await begun(writes, 2)
  const forgetting = committer.forget(keeper)
  writes[1]?.end(new Error('disk full'))
  await failing
  await begun(writes, 3)
  expect(writes[2]?.keys).toEqual(expect.arrayContaining(writes[0]?.keys ?? ['none']))
  writes[2]?.end()
  await forgetting
  lastCommit.close()
})

it('is closed when the bytes are gone that nothing names any more, and nothing is removed afterwards', async () => {
  const { committer, keeper, world, writes, file, files, lastCommit } = await aUsedCommitter()
  const order: string[] = []
  let goOn = (): void => undefined
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  vi.spyOn(files, 'sweep').mockReturnValueOnce(held.then(() => void order.push('removed')))
  await world.platform.deleteFile(file.id)
  const saving = committer.saved(keeper)
  await begun(writes, 2)
  writes[1]?.end()
  await saving
  const closing = committer.close().then(() => order.push('closed'))
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  goOn()
  await closing
  expect(order).toEqual(['removed', 'closed'])
  lastCommit.close()
})

it('has nothing to do with worlds that nobody changes', () => {
  expect(new ChangeLog(() => undefined).take()).toBeNull()
})
