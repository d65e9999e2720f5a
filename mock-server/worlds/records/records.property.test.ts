import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endings } from '../../domain/endings/known-endings.ts'
import { minute } from '../../domain/instant.ts'
import { ChangeLog } from '../../domain/saved/change-log.ts'
import { aPlatform } from '../../domain/testing/a-platform.ts'
import { type Act, acts, look, perform } from '../../domain/testing/stories.ts'
import { readWorld } from './read-world.ts'
import { WorldTeller } from './tell-world.ts'

/** A world whose changes are written to records after every act, as onto a disk. */
function keptWorld() {
  const changes = new ChangeLog(() => undefined)
  const world = aPlatform({ changes })
  const plan = (order: Parameters<typeof world.executor.execute>[0]) => ({
    duration: 10 * minute,
    exitCode: 0,
    log: [
      { after: 0, text: `${order.random()}` },
      { after: 10 * minute, text: 'Exited with code 0' },
      { after: 10 * minute, text: '' },
    ],
    files: [
      { relativePath: 'a', from: 0, after: minute, content: new TextEncoder().encode(`${order.random()}`) },
    ],
  })
  world.executor.choose(plan)
  world.executor.planAgain = plan
  let teller = new WorldTeller()
  const records = new Map<string, string>()
  const write = (told: ReturnType<WorldTeller['all']>): void => {
    for (const { key, value } of told)
      if (value === undefined) records.delete(key)
      else records.set(key, JSON.stringify(value))
  }
  write(teller.all(world.platform.save()))
  return {
    world,
    records,
    keep() {
      const changed = changes.take()
      if (changed?.everything) {
        // As whoever keeps worlds on a disk does: what is told once is told again.
        records.clear()
        teller = new WorldTeller()
        write(teller.all(world.platform.save()))
      } else if (changed) write(teller.changed(world.platform.saveChanges(changed)))
    },
  }
}

const parsed = (records: ReadonlyMap<string, string>): Map<string, unknown> =>
  new Map([...records].map(([key, value]) => [key, JSON.parse(value) as unknown]))

const withoutParts = (records: ReadonlyMap<string, string>) =>
  Object.fromEntries([...records].filter(([key]) => !key.startsWith('part/')).sort())

it('has in its records, after every act, what a whole new telling has', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (story) => {
      const { world, records, keep } = keptWorld()
      for (const one of story) {
        await perform(world, one)
        keep()
        const whole = new Map<string, string>()
        for (const { key, value } of new WorldTeller().all(world.platform.save()))
          whole.set(key, JSON.stringify(value))
        // What only time changes is written when something happens.
        const state = JSON.parse(records.get('world/state') ?? '') as { now: number }
        const now = JSON.parse(whole.get('world/state') ?? '') as { now: number }
        expect(now).toEqual({ ...state, now: now.now })
        whole.set('world/state', records.get('world/state') ?? '')
        expect(withoutParts(records)).toEqual(withoutParts(whole))
        for (const key of whole.keys()) expect(records.has(key)).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
})

/** Runs meet an end that is asked for, and their job goes on: their own end was still due. */
const anEndBeforeThePlanned: readonly Act[][] = [
  { cases: 0, name: 'failed-stopping' },
  { cases: 3, name: 'success' },
].map(({ cases, name }) => [
  { kind: 'start', file: 0, cases },
  ...endings
    .filter((ending) => ending.name === name)
    .map((ending) => ({ kind: 'ask' as const, job: 0, ending })),
])

it('makes of its records the world that they were made of, and it goes on as that does', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, async (before, after) => {
      const { world, records, keep } = keptWorld()
      for (const one of before) await perform(world, one)
      world.platform.advance(1)
      keep()
      const then = look(world)
      const { saved, losses } = readWorld(parsed(records), 'other seed')
      expect(losses).toEqual([])
      for (const { bytes } of saved.shelf.files.values()) world.shared.retain(bytes)
      const now = world.platform.now()
      for (const one of after) await perform(world, one)
      const afterwards = look(world)
      await world.platform.restore(saved)
      world.platform.advanceTo(now)
      expect(look(world)).toEqual(then)
      for (const one of after) await perform(world, one)
      expect(look(world)).toEqual(afterwards)
    }),
    { numRuns: 150, examples: anEndBeforeThePlanned.map((story) => [story, []]) },
  )
})
