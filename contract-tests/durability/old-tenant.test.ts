import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openDatabase, type Write } from '../../mock-server/durable/database.ts'
import { LastCommit } from '../../mock-server/durable/last-commit.ts'
import { createRescale, openDataFolder, type Rescale } from '../../mock-server/index.ts'
import { tenantIdOf } from '../../mock-server/journal/tenant-id.ts'
import { aJob } from '../fixtures.ts'
import { ask, everything, type Seen } from './seen.ts'

// An engine that finds a part of its log damaged leaves out the commits in it, and goes on with those behind it.

const [old, whole] = ['a', 'b'].map((digit) => digit.repeat(40)) as [string, string]
const named = `tenant ${tenantIdOf(old)}`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'localscale-old-tenant-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function opened(path: string) {
  const data = await openDataFolder(path)
  return { rescale: createRescale({ data }), losses: data.damage?.losses ?? [] }
}

const save = (rescale: Rescale, apiKey: string) => ask(rescale, 'POST', '/api/v2/jobs/', aJob(), apiKey)

/** The records of the tenant in a database. */
async function recordsIn(path: string): Promise<Map<string, string>> {
  const records = new Map<string, string>()
  const database = await openDatabase(join(path, 'state'))
  for await (const [key, text] of database?.all() ?? [])
    if (key.startsWith(`tenant/${tenantIdOf(old)}/`)) records.set(key, text)
  await database?.close()
  return records
}

/** A folder in which the tenant is as it was, and all others are as they are. */
async function aFolderWith(earlier: ReadonlyMap<string, string>, path: string): Promise<string> {
  const copy = await copyOf(path)
  const writes: Write[] = [...(await recordsIn(copy)).keys()].map((key) => ({ key, ...textOf(earlier, key) }))
  const database = await openDatabase(join(copy, 'state'))
  await database?.write(writes)
  await database?.close()
  return copy
}

const textOf = (records: ReadonlyMap<string, string>, key: string) => {
  const text = records.get(key)
  return text === undefined ? {} : { text }
}

/** Two tenants, of which the second is written last; and the first as it was before its last job. */
async function twoTenants(): Promise<{
  path: string
  earlier: Map<string, string>
  seen: Map<string, Seen>
}> {
  const path = join(folder, 'data')
  const { rescale } = await opened(path)
  await save(rescale, old)
  const before = join(folder, 'before')
  await cp(path, before, { recursive: true })
  const earlier = await recordsIn(before)
  await save(rescale, old)
  await save(rescale, whole)
  const seen = new Map<string, Seen>()
  for (const key of [old, whole]) seen.set(key, await everything(rescale, key))
  await rescale.close()
  return { path, earlier, seen }
}

it.each([
  ['is as it was before its last commits', true, /^it is as it was after commit \d+, and \d+ wrote it last$/],
  ['is not there any more', false, /^all of it is missing$/],
])('a tenant that %s is named, once, and another is as it was', async (_, isThere, why) => {
  const { path, earlier, seen } = await twoTenants()
  const copy = await aFolderWith(isThere ? earlier : new Map(), path)
  const first = await opened(copy)
  expect(first.losses).toEqual([{ what: named, why: expect.stringMatching(why) }])
  expect(await everything(first.rescale, whole)).toEqual(seen.get(whole))
  expect(await everything(first.rescale, old)).not.toEqual(seen.get(old))
  await first.rescale.close()
  const second = await opened(copy)
  expect(second.losses).toEqual([])
  await save(second.rescale, old)
  await second.rescale.close()
  const third = await opened(copy)
  expect(third.losses).toEqual([])
  await third.rescale.close()
})

/** A folder of which the tenant was removed. */
async function removed() {
  const { path, earlier, seen } = await twoTenants()
  const { rescale, losses } = await opened(path)
  expect(losses).toEqual([])
  expect(await rescale.deleteTenant(tenantIdOf(old))).toBe(true)
  await rescale.close()
  return { path, earlier, seen }
}

it('a tenant that was removed is not missed', async () => {
  const { path } = await removed()
  const first = await opened(path)
  expect(first.losses).toEqual([])
  await save(first.rescale, whole)
  // It may come again, as a new one.
  await save(first.rescale, old)
  await first.rescale.close()
  const again = await opened(path)
  expect(again.losses).toEqual([])
  expect(again.rescale.tenants()).toHaveLength(2)
  await again.rescale.close()
})

it('a tenant that was removed and is back is named, and removed again', async () => {
  const { path, earlier, seen } = await removed()
  const database = await openDatabase(join(path, 'state'))
  await database?.write([...earlier].map(([key, text]) => ({ key, text })))
  await database?.close()
  const first = await opened(path)
  expect(first.losses).toContainEqual({
    what: named,
    why: expect.stringMatching(/^it was back, although commit \d+ had/),
  })
  expect(first.rescale.tenants()).toHaveLength(1)
  expect(await everything(first.rescale, whole)).toEqual(seen.get(whole))
  await first.rescale.close()
  const second = await opened(path)
  expect(second.losses).toEqual([])
  expect(await recordsIn(await copyOf(path))).toEqual(new Map())
  await second.rescale.close()
})

it('a tenant lives on whose removal was noted and not carried out when the process ended', async () => {
  const { path, seen } = await twoTenants()
  const notes = new LastCommit(join(path, 'last-commit'))
  const { last } = notes.read()
  notes.forget(tenantIdOf(old), (last ?? 0) + 1)
  notes.close()
  const first = await opened(path)
  expect(first.losses).toEqual([])
  // Other commits come, and the tenant sleeps.
  for (let count = 0; count < 3; count += 1) await save(first.rescale, whole)
  await first.rescale.close()
  const second = await opened(path)
  expect(second.losses).toEqual([])
  expect(await everything(second.rescale, old)).toEqual(seen.get(old))
  await second.rescale.close()
})

async function copyOf(path: string): Promise<string> {
  const copy = join(folder, 'copy')
  await cp(path, copy, { recursive: true })
  return copy
}
