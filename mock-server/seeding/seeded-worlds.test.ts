import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { holdWorld } from '../domain/saved/held-bytes.ts'
import { aPlatform } from '../domain/testing/a-platform.ts'
import type { Recipe } from '../executors/simulated/recipe.ts'
import { simulatedExecutor } from '../executors/simulated/simulated-executor.ts'
import { createRescale, sharedCatalogues, type World } from '../index.ts'
import { MOST_SEEDED_WORLDS, SeededWorlds } from './seeded-worlds.ts'
import { isToldAs, tellData } from './told-data.ts'

const catalogue = sharedCatalogues()

/** Counts what it plans, and knows which inputs it was asked to look into. With `inPlace`, seeds are not remembered. */
function aRescale({ inPlace = false, recipes = [] }: { inPlace?: boolean; recipes?: Recipe[] } = {}) {
  const seen = { planned: 0, prepared: [] as string[], forgotten: 0 }
  const rescale = createRescale({
    catalogue,
    executor: (files) => {
      const executor = simulatedExecutor({ files, recipes })
      return {
        ...executor,
        ...(inPlace && { plansAlike: false }),
        execute: (order) => {
          seen.planned += 1
          return executor.execute(order)
        },
        forgotten: () => seen.forgotten,
        prepare: async (inputs) => {
          seen.prepared.push(...inputs.map(({ name }) => name))
          await executor.prepare?.(inputs)
        },
      }
    },
  })
  return Object.assign(rescale, { seen })
}

/** All that is known of a world, with the bytes of its files. */
const whole = async (world: World): Promise<string> => (await buffer(world.export())).toString('latin1')

const aJob = (name: string, status: string | null, command = 'cat range.inp; sleep 600') => ({
  name,
  status,
  isLowPriority: status === 'Waiting for Queue',
  jobanalyses: [
    {
      analysis: { code: 'user_included', version: '0' },
      command,
      hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      inputFiles: [{ name: 'range.inp' }],
    },
  ],
})

const aSeed = (text = '1000', jobs = [aJob('one', 'Completed'), aJob('two', 'Queued')]) => ({
  files: [
    { name: 'range.inp', text },
    { name: 'same.inp', text },
  ],
  jobs,
})

const seeds = fc.record({
  catalogue: fc.option(fc.constant({ projects: [{ name: 'Wing' }] }), { nil: undefined }),
  files: fc.constantFrom(aSeed('10').files, aSeed('10\n20').files),
  jobs: fc.array(
    fc
      .tuple(
        fc.constantFrom(null, 'Queued', 'Executing', 'Stopping', 'Completed', 'Waiting for Cluster'),
        fc.constantFrom('sleep 600', 'cat range.inp', 'cat range.inp; false'),
      )
      .map(([status, command]) => aJob(`${status}`, status, command)),
    { maxLength: 4 },
  ),
})

/** What somebody does to a world before it is seeded. */
const acts: Readonly<Record<string, (world: World) => unknown>> = {
  nothing: () => undefined,
  'moves its time': (world) => world.advance(1),
  'saves a job': (world) => world.seed({ files: aSeed().files, jobs: [aJob('before', null)] }),
  'adds to its catalogue': (world) => world.seed({ catalogue: { projects: [{ name: 'Tail' }] } }),
  'has a job under way': (world) => world.seed({ files: aSeed().files, jobs: [aJob('before', 'Executing')] }),
}

it('leads to the world that a seed leads to where none is remembered, and which goes on as that does', async () => {
  await using remembering = aRescale()
  await using fresh = aRescale({ inPlace: true })
  const [world, other] = [remembering.world(), fresh.world()]
  await fc.assert(
    fc.asyncProperty(seeds, fc.constantFrom(...Object.keys(acts)), async (seed, act) => {
      for (const one of [world, other]) await one.reset()
      await world.seed(seed)
      await world.reset()
      for (const one of [world, other]) {
        await acts[act]?.(one)
        await one.seed(seed)
      }
      expect(await whole(world)).toBe(await whole(other))
      for (const one of [world, other]) one.settle()
      expect(await whole(world)).toBe(await whole(other))
    }),
    { numRuns: 8 },
  )
})

it('goes no way twice: the same seed in the same world plans nothing, and only forgotten inputs are looked into', async () => {
  await using rescale = aRescale()
  const [world, { seen }] = [rescale.world(), rescale]
  await world.seed(aSeed())
  const [then, planned] = [await whole(world), seen.planned]
  expect(planned).toBeGreaterThan(0)
  for (const inputs of [[], ['range.inp']]) {
    await world.reset()
    seen.prepared = []
    seen.forgotten += inputs.length
    // Another value that says the same.
    await world.seed(aSeed())
    expect(await whole(world)).toBe(then)
    // The resets' own jobs are not planned by it.
    expect(seen.planned).toBe(planned)
    expect(seen.prepared).toEqual(inputs)
  }
  await world.reset()
  await world.seed(aSeed('20'))
  expect(await whole(world)).not.toBe(then)
})

it('remembers what a seed said, and not what its value says later', async () => {
  await using rescale = aRescale()
  const world = rescale.world()
  const seed = aSeed()
  await world.seed(seed)
  const then = await whole(world)
  const [file] = seed.files
  if (file) file.text = 'changed'
  await world.reset()
  await world.seed(seed)
  expect(await whole(world)).not.toBe(then)
})

it('adds to what somebody else does meanwhile, whether it is remembered or not', async () => {
  await using rescale = aRescale()
  const world = rescale.world()
  const mine = { files: [{ name: 'mine.inp', text: 'mine' }] }
  for (let time = 0; time < 2; time += 1) {
    await world.reset()
    await Promise.all([world.seed(aSeed()), world.seed(mine)])
    const [two, one] = world.platform.jobs().slice(0, 2)
    expect([one?.status, two?.status]).toEqual(['Completed', 'Queued'])
    for (const search of ['mine.inp', 'same.inp']) expect(world.platform.files({ search }).count).toBe(1)
    // From now on each is remembered alone.
    for (const seed of [aSeed(), mine]) {
      await world.reset()
      await world.seed(seed)
    }
  }
})

it('knows a body again only where it is said to be JSON', async () => {
  await using rescale = aRescale()
  const post = async (type: string): Promise<number> => {
    const headers = { authorization: `Token ${rescale.apiKey}`, 'content-type': type }
    const request = { method: 'POST', headers, body: JSON.stringify(aSeed()) }
    return (await rescale.fetch('http://localhost/_mock/world/seed/', request)).status
  }
  expect([await post('application/json'), await post('text/plain'), await post('application/json')]).toEqual([
    200, 415, 200,
  ])
})

it('does not remember what code of a user’s decided', async () => {
  let exitCode = 0
  const recipe: Recipe = { name: 'any', matches: () => true, plan: () => ({ exitCode }) }
  await using rescale = aRescale({ recipes: [recipe] })
  const world = rescale.world()
  const codes: (number | null | undefined)[] = []
  for (exitCode of [0, 3]) {
    await world.reset()
    await world.seed(aSeed('1', [aJob('one', 'Completed')]))
    codes.push(world.platform.jobs().slice(0, 1)[0]?.runs[0]?.exitCode)
  }
  expect(codes).toEqual([0, 3])
})

it('does not remember worlds whose clocks run', async () => {
  await using rescale = aRescale()
  rescale.changeDefaults({ pace: '60x' })
  const world = rescale.world()
  await world.reset()
  await world.seed(aSeed())
  const { planned } = rescale.seen
  world.freeze()
  await world.reset()
  await world.seed(aSeed())
  expect(rescale.seen.planned).toBeGreaterThan(planned)
})

it('remembers so many worlds, the last ones, and lets go of the bytes of the others', async () => {
  const { platform, shared, files } = aPlatform()
  const seeded = new SeededWorlds(shared)
  const keep = (number: number): void => {
    platform.addFile({ name: `${number}`, bytes: files.put(new Uint8Array(number + 1)) })
    const after = platform.save()
    holdWorld(after, shared)
    seeded.keep({
      of: platform,
      before: 'before',
      seed: { files: [{ name: `${number}` }] },
      after,
      forgotten: 0,
    })
  }
  for (let number = 0; number <= MOST_SEEDED_WORLDS; number += 1) keep(number)
  const take = (number: number) => {
    const known = seeded.take(platform, { files: [{ name: `${number}` }] })
    for (const world of known) seeded.put(world)
    return known.length
  }
  expect([take(0), take(1), take(MOST_SEEDED_WORLDS)]).toEqual([0, 1, 1])
  // All files are in the worlds of the last seeds, which keep them.
  await platform.close()
  expect(files.count).toBe(MOST_SEEDED_WORLDS + 1)
  await seeded.forget(platform)
  expect(files.count).toBe(0)
})

it('tells data apart by all that JSON would show of it, the order of keys included', () => {
  const written = fc.jsonValue().map((value) => JSON.stringify(value))
  fc.assert(
    fc.property(written, written, (one, other) => {
      const told = tellData(JSON.parse(one)) ?? []
      expect(isToldAs(told, JSON.parse(one))).toBe(true)
      expect(isToldAs(told, JSON.parse(other))).toBe(one === other)
    }),
  )
  expect(isToldAs(tellData({ a: 1, b: 2 }) ?? [], { b: 2, a: 1 })).toBe(false)
  expect(isToldAs(tellData(['a', ['b']]) ?? [], ['a', 'b'])).toBe(false)
  expect(isToldAs(tellData({ a: undefined }) ?? [], {})).toBe(false)
  for (const strange of [new Date(0), new Map(), () => 1, [1n], { at: new Uint8Array(1) }])
    expect(tellData(strange)).toBeNull()
})
