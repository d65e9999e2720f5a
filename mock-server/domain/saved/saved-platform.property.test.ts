import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hour, minute } from '../instant.ts'
import { aPlatform, createJob } from '../testing/a-platform.ts'
import { type Act, acts, look, perform } from '../testing/stories.ts'
import { heldBytes, holdWorld, letGoOfWorld } from './held-bytes.ts'

async function performAll(world: ReturnType<typeof aPlatform>, story: readonly Act[]): Promise<void> {
  for (const one of story) await perform(world, one)
}

/** Outputs that are made when somebody asks, that were there before, and that grow. */
function giveOutputs({ executor }: ReturnType<typeof aPlatform>): void {
  const input = (order: Parameters<typeof executor.execute>[0]) => order.analyses[0]?.inputs[0]
  executor.choose((order) => {
    const given = input(order)
    return {
      files: [
        {
          relativePath: 'made',
          from: 0,
          after: 5 * minute,
          content: { size: 9, make: () => new Uint8Array(9) },
        },
        { relativePath: 'plain', after: minute, content: new TextEncoder().encode(`${order.random()}`) },
        ...(given ? [{ relativePath: 'copy', after: minute, content: given.bytes }] : []),
      ],
    }
  })
}

function aWorld() {
  const world = aPlatform()
  giveOutputs(world)
  return world
}

it('goes on from a saved world as it went on from the original', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, acts, async (before, one, other) => {
      const world = aWorld()
      await performAll(world, before)
      const saved = world.platform.save()
      for (const bytes of heldBytes(saved)) world.shared.retain(bytes)
      const then = look(world)
      await performAll(world, one)
      const afterOne = look(world)
      await world.platform.restore(saved)
      expect(look(world)).toEqual(then)
      await performAll(world, other)
      await world.platform.restore(saved)
      expect(look(world)).toEqual(then)
      await performAll(world, one)
      expect(look(world)).toEqual(afterOne)
    }),
    { numRuns: 150 },
  )
})

it('keeps bytes as long as a world or a snapshot has them, and no longer', async () => {
  await fc.assert(
    fc.asyncProperty(acts, acts, acts, async (before, between, after) => {
      const world = aWorld()
      const empty = world.platform.save()
      await performAll(world, before)
      const saved = world.platform.save()
      holdWorld(saved, world.shared)
      for (const acts of [between, after, after]) {
        await performAll(world, acts)
        await world.platform.restore(saved)
      }
      await performAll(world, after)
      await letGoOfWorld(saved, world.shared)
      // Reads the bytes of all files.
      look(world)
      await world.platform.restore(empty)
      expect(world.files.count).toBe(0)
    }),
    { numRuns: 150 },
  )
})

it('lets live runs begin again on new machines', async () => {
  const world = aPlatform()
  world.executor.hold()
  const job = createJob(world.platform)
  world.platform.submitJob(job.id)
  world.platform.advance(20 * minute)
  const saved = world.platform.save()
  const [held] = world.executor.held
  expect(world.platform.job(job.id).status).toBe('Executing')

  await world.platform.restore(saved)
  expect(held?.asked).toEqual(['kill'])
  await held?.end({ exitCode: 0 })
  expect(world.platform.job(job.id).status).toBe('Executing')
  world.platform.advance(10 * minute)
  expect(world.executor.orders[1]?.environment.RESCALE_IG_RESTART_COUNT).toBe('1')
  await world.executor.held[1]?.end({ exitCode: 0 })
  expect(world.platform.job(job.id).statuses[0]).toMatchObject({ status: 'Completed' })
  world.platform.advance(hour)
  expect(world.platform.job(job.id).cluster?.status).toBe('Stopped')
})

it('ends live runs that were being stopped', async () => {
  const world = aPlatform()
  world.executor.hold()
  const job = createJob(world.platform)
  world.platform.submitJob(job.id)
  world.platform.advance(20 * minute)
  world.platform.stopJob(job.id)
  await world.platform.restore(world.platform.save())
  expect(world.platform.job(job.id).status).toBe('Completed')
  world.platform.advance(hour)
  expect(world.platform.job(job.id).cluster?.status).toBe('Stopped')
})
