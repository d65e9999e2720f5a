import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RescaleError } from '../../client/index.ts'
import { someBytes } from '../../client/test-support/files.ts'
import { aFolder } from '../../client/test-support/folder.ts'
import { OVER, type Over } from '../../client/test-support/tls-front.ts'
import { listenSsh } from '../../mock-server/index.ts'
import { type FaultyOperation, PASSING, REFUSING, resetOf, statusOf } from '../client/fault-plans.ts'
import { mockOver } from '../client/mock-over.ts'

const small = { coreType: 'granite', coresPerSlot: 2, walltime: 1, handleExit: false } as const

const lost = (operation: FaultyOperation) => resetOf(operation, fc.nat(400))

const STARTING: readonly FaultyOperation[] = [
  'createJob',
  'submitJob',
  'listJobStatuses',
  'listInstances',
  'tailRunFile',
]

const plans = fc.record({
  starting: fc.array(
    fc.oneof(...STARTING.flatMap((operation) => [lost(operation), statusOf(operation, REFUSING)])),
    { maxLength: 8 },
  ),
  // What passes: a key that is no longer taken cannot stop anything.
  stopping: fc.array(fc.oneof(lost('stopJob'), statusOf('stopJob', PASSING)), { maxLength: 3 }),
})

type Plan = typeof plans extends fc.Arbitrary<infer Value> ? Value : never

const NOTHING: Plan = { starting: [], stopping: [] }
const REFUSED: Plan = {
  starting: [{ operation: 'createJob', kind: 'status', status: 401, retryAfter: 1 }],
  stopping: [],
}

async function aClusterMock(over: Over) {
  const mock = await mockOver(over, { pace: 'still' })
  const ssh = await listenSsh(mock.rescale)
  return Object.assign(mock, { ssh })
}

describe.each(OVER)('a cluster over %s', (over) => {
  it('takes files, runs commands and gives files back', async () => {
    await using mock = await aClusterMock(over)
    await using _ssh = mock.ssh
    await using folder = await aFolder()
    await mkdir(folder.in('case/deep'), { recursive: true })
    await writeFile(folder.in('case/deep/mesh'), someBytes(300_000))
    await using cluster = await mock.client.clusters.start(small)
    expect(await cluster.put(folder.in('case'), 'work/case')).toEqual({ files: 1, bytes: 300_000 })
    const { exitCode, stdout } = await cluster.exec('echo one two')
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'one two\n' })
    expect(await cluster.get('work/case', folder.in('back'))).toEqual({ files: 1, bytes: 300_000 })
    expect((await readFile(folder.in('back/deep/mesh'))).equals(someBytes(300_000))).toBe(true)
  })

  it('makes one connection for all who find the last one lost', async () => {
    await using mock = await aClusterMock(over)
    await using _ssh = mock.ssh
    await using cluster = await mock.client.clusters.start(small)
    const lost = await cluster.login()
    lost.drop()
    const [one, other] = await Promise.all([cluster.login(), cluster.login(), cluster.exec('echo')])
    expect(one).not.toBe(lost)
    expect(one).toBe(other)
    expect(await cluster.login()).toBe(one)
  })

  it('ends a command whose input fails before it has logged in, with the error of that', async () => {
    await using mock = await aClusterMock(over)
    await using _ssh = mock.ssh
    await using cluster = await mock.client.clusters.start(small)
    const lost = await cluster.login()
    lost.drop()
    const stdin = new PassThrough()
    const running = cluster.exec('cat', { stdin })
    stdin.destroy(new Error('the disk is gone'))
    await expect(running).rejects.toThrow('the disk is gone')
    expect((await cluster.exec('echo on')).stdout).toBe('on\n')
  })

  it('does a small command without waiting for the other side’s acknowledgements', async () => {
    await using mock = await aClusterMock(over)
    await using _ssh = mock.ssh
    await using cluster = await mock.client.clusters.start(small)
    const times: number[] = []
    for (let time = 0; time < 10; time++) {
      const began = performance.now()
      await cluster.exec('echo')
      times.push(performance.now() - began)
    }
    // Linux delays an acknowledgement by 40 ms, for which small packets wait where nobody says TCP_NODELAY.
    expect(Math.min(...times)).toBeLessThan(40)
  })

  it('is stopped on the way out, whatever goes wrong as it starts and stops', {
    timeout: 60_000,
  }, async () => {
    await using mock = await aClusterMock(over)
    await using _ssh = mock.ssh
    const world = mock.rescale.world()
    let [rounds, started, failed] = [0, 0, 0]
    await fc.assert(
      fc.asyncProperty(plans, async ({ starting, stopping }) => {
        const name = `round ${++rounds}.`
        if (starting.length + stopping.length > 0) world.faults.plan([...starting, ...stopping])
        const block = async () => {
          await using cluster = await mock.client.clusters.start({ ...small, name })
          started += 1
          return cluster.jobId
        }
        const done = await block().catch((error: unknown) => error)
        world.faults.clear()
        if (typeof done !== 'string') failed += 1
        if (typeof done !== 'string') expect(done).toBeInstanceOf(RescaleError)
        // As long as a stop takes, and far from the walltime.
        world.advance('10m')
        for (const { id } of await mock.client.jobs.list({ search: name }).toArray()) {
          const history = await mock.client.jobs.statuses(id).toArray()
          expect(history.length === 0 || (await mock.client.jobs.hasEnded(id)), `${id} goes on`).toBe(true)
          await mock.client.jobs.delete(id)
        }
      }),
      // One that starts, and one that does not, whatever chance has besides.
      { numRuns: over === 'TLS' ? 10 : 20, examples: [[NOTHING], [REFUSED]] },
    )
    expect(Math.min(started, failed)).toBeGreaterThan(0)
  })
})
