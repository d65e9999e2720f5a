import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { anAnalysis, anOrder, logOf } from '../testing/orders.ts'
import { processesIn } from '../testing/processes-in.ts'
import { roomsHere } from '../testing/rooms-here.ts'
import { aTemporaryFolder, aWorkshop, eventually, fileOf } from '../testing/workshop.ts'
import { recordRun } from './run-ledger.ts'
import type { Isolation } from './run-rooms.ts'

const rooms = await roomsHere()
const fixture = fileURLToPath(new URL('./killed-server.fixture.ts', import.meta.url))

/** A server with a run of three processes, killed. Only its folder is left to ask. */
async function killedServer(isolation: Isolation): Promise<string> {
  const folder = aTemporaryFolder()
  const server = spawn(process.execPath, ['--import', 'tsx', fixture, folder, isolation], {
    stdio: 'inherit',
  })
  onTestFinished(() => void server.kill('SIGKILL'))
  await eventually(() => expect(processesIn(folder)).toHaveLength(3))
  server.kill('SIGKILL')
  await once(server, 'exit')
  return folder
}

it('ends what a killed server left, when the next one starts', async () => {
  const folder = await killedServer('none')
  // The shell forks on its way.
  await eventually(() => expect(processesIn(folder)).toHaveLength(3))

  const { root, executor } = aWorkshop({ root: join(folder, 'runs') })
  await executor.recovered
  expect(processesIn(folder)).toEqual([])
  expect(readdirSync(root).sort()).toEqual(['.bin', '.runs'])
  expect(readdirSync(join(root, '.runs'))).toEqual([])
})

it.skipIf(!rooms.areThere)(
  `leaves no process when a server is killed whose runs are apart${rooms.why}`,
  async () => {
    const folder = await killedServer('required')
    await eventually(() => expect(processesIn(folder)).toEqual([]))

    const { root, executor } = aWorkshop({ root: join(folder, 'runs') })
    await executor.recovered
    expect(readdirSync(root).sort()).toEqual(['.bin', '.runs'])
  },
)

it('leaves the runs of a server alone that still lives', async () => {
  const one = aWorkshop()
  const run = one.start(anOrder(anAnalysis('echo x > ready; sleep inf; true')))
  await fileOf(run, 'ready')
  const other = aWorkshop({ root: one.root })
  await other.executor.recovered
  await other.executor.close()
  expect(await fileOf(run, 'ready')).toBe('x\n')
})

it('keeps jobs apart that have the same id on two servers in one root', async () => {
  const one = aWorkshop()
  const other = aWorkshop({ root: one.root })
  const order = () =>
    anOrder(anAnalysis('echo x > ready; until [ -e go ]; do sleep 0.05; done; ls ~/../../..'))
  const runs = [one, other].map(({ start }) => start(order()))
  for (const run of runs) await fileOf(run, 'ready')
  for (const run of runs) writeFileSync(join(run.home() ?? '', 'work', 'go'), '')
  for (const [index, run] of runs.entries()) {
    const { files } = [one, other][index] ?? one
    const seen = (await logOf(files, (await run.ended).outputs)).filter((line) => line.startsWith('run'))
    expect(seen).toEqual(['run1'])
  }
  expect(readdirSync(one.root).sort()).toEqual(['.bin', '.runs'])
})

it('keeps a new run of the same job apart from what is being cleaned up', async () => {
  const { root, run } = aWorkshop()
  const stale = join(root, 'tenant1/aBcDeF/run1')
  mkdirSync(stale, { recursive: true })
  writeFileSync(join(stale, 'old'), 'x')
  expect((await run(anOrder(anAnalysis('ls')))).log[1]).toBe('process_output.log')
  expect(existsSync(join(stale, 'old'))).toBe(true)
})

it('removes a temporary root with its last server, and never before', async () => {
  const root = join(aTemporaryFolder(), 'runs')
  const [one, other] = [
    aWorkshop({ root, isRootTemporary: true }),
    aWorkshop({ root, isRootTemporary: true }),
  ]
  const run = other.start(anOrder(anAnalysis('echo x > ready; sleep inf; true')))
  await fileOf(run, 'ready')
  await one.executor.close()
  expect(await fileOf(run, 'ready')).toBe('x\n')
  await other.executor.close()
  expect(existsSync(root)).toBe(false)
})

it('removes a temporary root that a killed server left, at the end of the next one', async () => {
  const root = join(await killedServer('none'), 'runs')
  const { executor } = aWorkshop({ root, isRootTemporary: true })
  await executor.close()
  expect(existsSync(root)).toBe(false)
})

it('runs commands as before where the root was removed meanwhile', async () => {
  const { root, run } = aWorkshop({ isRootTemporary: true })
  rmSync(root, { recursive: true })
  expect((await run(anOrder(anAnalysis(`ls ${root}/.bin`)))).log).toContain('python')
})

it('removes nothing outside the root and believes no damaged record', async () => {
  const folder = aTemporaryFolder()
  const root = join(folder, 'runs')
  writeFileSync(join(folder, 'precious'), 'x')
  recordRun(root, 'a'.repeat(32), '../')
  recordRun(root, 'b'.repeat(32), '')
  const ledger = join(root, '.runs')
  for (const name of readdirSync(ledger)) {
    const record = JSON.parse(readFileSync(join(ledger, name), 'utf8'))
    writeFileSync(join(ledger, name), JSON.stringify({ ...record, server: { pid: 1, startTime: -1 } }))
  }
  writeFileSync(join(ledger, 'broken.json'), '{"marker": 1')
  await aWorkshop({ root }).executor.recovered
  expect(readdirSync(ledger)).toEqual([])
  expect(existsSync(join(folder, 'precious'))).toBe(true)
})
