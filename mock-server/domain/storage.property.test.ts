import fc from 'fast-check'
import { it } from 'vitest'
import { clusterStatusesAfter } from './cluster-status.ts'
import { hour, second } from './instant.ts'
import type { StorageDevice } from './storage-device.ts'
import { aPlatform, createJob, refusalOf } from './testing/a-platform.ts'

type Command =
  | { readonly kind: 'submit' | 'shut down' | 'attach and run'; readonly device: number }
  | { readonly kind: 'advance'; readonly seconds: number }
  | { readonly kind: 'settle' }

const onDevice = fc.record({
  kind: fc.constantFrom('submit' as const, 'shut down' as const, 'attach and run' as const),
  device: fc.nat(2),
})

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: onDevice },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      // Within a start, across it, across a walltime.
      seconds: fc.oneof(fc.nat(30), fc.integer({ min: 200, max: 400 }), fc.nat(9000)),
    }),
  },
  fc.record({ kind: fc.constant('settle' as const) }),
)

const story = fc.record({
  walltimes: fc.array(fc.constantFrom(null, 1, 2), { minLength: 1, maxLength: 3 }),
  commands: fc.array(command, { maxLength: 30, size: 'max' }),
})

it('keeps every storage device legal, whatever is done in whatever order', () => {
  fc.assert(
    fc.property(story, ({ walltimes, commands }) => {
      const world = aPlatform()
      const { platform, catalogue, executor } = world
      const released: string[] = []
      executor.releaseVolume = async ({ deviceId }) => void released.push(deviceId)
      executor.choose(({ volumes }) => {
        for (const { deviceId } of volumes)
          if (platform.storage.get(deviceId).status !== 'Started')
            throw new Error('A job has a device that is not up')
        return {}
      })
      const devices = walltimes.map((walltime) =>
        platform.storage.create({ name: 'device', storageSize: 1, hardware: { walltime } }, catalogue),
      )
      const seen = new Map<StorageDevice, string>()
      for (const one of commands) {
        act(world, devices, one)
        for (const device of devices) check(device, seen)
      }
      // Whatever still is up is shut down, and then nothing is due.
      for (const { id } of devices) refusalOf(() => platform.storage.shutDown(id))
      platform.advance(100 * hour)
      for (const device of devices) {
        check(device, seen)
        if (device.status !== 'Not Started' && device.status !== 'Stopped')
          throw new Error(`A device was left ${device.status}`)
      }
      const stopped = devices.filter(({ status }) => status === 'Stopped').map(({ id }) => id)
      if ([...stopped].sort().join() !== [...released].sort().join())
        throw new Error('Files of a device were released too seldom, or too often')
      if (platform.nextDue() !== null) throw new Error('Something is due for ever')
    }),
    { numRuns: 300 },
  )
})

function act(
  { platform }: ReturnType<typeof aPlatform>,
  devices: readonly StorageDevice[],
  one: Command,
): void {
  if (one.kind === 'advance') platform.advance(one.seconds * second)
  else if (one.kind === 'settle') platform.settle()
  else {
    const id = devices[one.device]?.id
    if (id === undefined) return
    if (one.kind === 'submit') platform.storage.submit(id)
    if (one.kind === 'shut down') refusalOf(() => platform.storage.shutDown(id))
    if (one.kind === 'attach and run') {
      const job = createJob(platform)
      refusalOf(() => platform.storage.attach(job.id, id))
      platform.submitJob(job.id)
    }
  }
}

/** Rows are only added, each follows the one before, and each word comes once. */
function check(device: StorageDevice, seen: Map<StorageDevice, string>): void {
  const rows = device.statuses.toReversed()
  rows.forEach(({ status, at }, index) => {
    const previous = rows[index - 1]
    const isLegal = previous
      ? clusterStatusesAfter[previous.status].includes(status) && previous.at <= at
      : status === 'Not Started'
    if (!isLegal) throw new Error(`${status} came after ${previous?.status ?? 'nothing'}`)
  })
  if (new Set(rows.map(({ status }) => status)).size !== rows.length) throw new Error('A status came twice')
  const text = JSON.stringify(rows)
  if (!text.startsWith((seen.get(device) ?? '[]').slice(0, -1))) throw new Error('Rows changed')
  seen.set(device, text)
}
