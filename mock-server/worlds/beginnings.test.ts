import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createRescale, type World } from '../index.ts'
import { memoryFileStore } from '../stores/memory-file-store.ts'
import { MOST_BEGINNINGS } from './beginnings.ts'

/** All that is known of a world, with the bytes of its files. */
const whole = async (world: World): Promise<string> => (await buffer(world.export())).toString('latin1')

/** Counts the bytes that are stored. */
function countingStore() {
  const store = memoryFileStore()
  const stored = new Set<string>()
  const put = store.put.bind(store)
  const remove = store.remove.bind(store)
  store.put = (content) => {
    const bytes = put(content)
    stored.add(bytes.id)
    return bytes
  }
  store.remove = async (id) => {
    stored.delete(id)
    await remove(id)
  }
  return { store, stored }
}

it('resets a world to what it is when its key is used for the first time, whatever was done after the last reset', async () => {
  await using rescale = createRescale()
  await using another = createRescale()
  const world = rescale.world()
  for (let round = 0; round < 3; round += 1) {
    for (const { id } of world.platform.files().slice(0, 40)) world.platform.deleteFile(id)
    for (const { id } of world.platform.jobs().slice(0, 40)) world.platform.deleteJob(id)
    world.advance('1h')
    await world.reset()
    expect(await whole(world)).toBe(await whole(another.world()))
  }
})

it('begins where real time is, where time runs along with it', async () => {
  let now = Date.parse('2026-11-22T09:00:00Z')
  await using rescale = createRescale({ pace: 'real', wall: { now: () => now, after: () => () => {} } })
  const world = rescale.world()
  await world.reset()
  now += 3_600_000
  await world.reset()
  expect(world.now().getTime()).toBe(now)
})

it('has the pace of new worlds, which can have changed since', async () => {
  await using rescale = createRescale()
  const world = rescale.world()
  await world.reset()
  rescale.changeDefaults({ pace: 'settled' })
  world.setPace('still')
  await world.reset()
  expect(world.pace).toBe('settled')
})

it('keeps the bytes of no more beginnings than the last, and none of a key that has no world any more', async () => {
  const { store, stored } = countingStore()
  await using rescale = createRescale({ files: store })
  const keyOf = (number: number): string => number.toString(16).padStart(40, '0')
  for (let number = 0; number < MOST_BEGINNINGS + 6; number += 1) {
    const world = rescale.world(keyOf(number))
    await world.reset()
    for (const { id } of world.platform.files().slice(0, 40)) world.platform.deleteFile(id)
  }
  const each = stored.size / MOST_BEGINNINGS
  expect(each).toBeGreaterThan(1)
  for (const { tenantId } of rescale.tenants().slice(0, -1)) await rescale.deleteTenant(tenantId)
  expect(stored.size).toBe(each)
})

it('leaves to the next world of a key what is asked while the bytes of the last one are still being removed', async () => {
  const store = memoryFileStore()
  const remove = store.remove.bind(store)
  store.remove = async (id) => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    await remove(id)
  }
  await using rescale = createRescale({ files: store })
  await rescale.world().reset()
  const deleted = rescale.deleteTenant(rescale.tenants()[0]?.tenantId ?? '')
  const headers = { authorization: `Token ${rescale.apiKey}` }
  await rescale.fetch('http://localhost/api/v2/users/me/', { headers })
  await deleted
  expect(rescale.world().journal.entries()).toHaveLength(1)
})
