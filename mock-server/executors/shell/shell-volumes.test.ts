import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { RunOrder } from '../../domain/executor.ts'
import { anAnalysis, anInput, anOrder, pathsOf } from '../testing/orders.ts'
import { aTemporaryFolder, aWorkshop, eventually, fileOf } from '../testing/workshop.ts'
import { shellExecutor } from './shell-executor.ts'

const volume = { tenantId: 'tenant1', deviceId: 'codRk' }

const onDevice = (command: string, changes: Partial<RunOrder> = {}) =>
  anOrder(anAnalysis(command), { volumes: [volume], ...changes })

/** What the command wrote. */
const linesOf = ({ log }: { readonly log: readonly string[] }) => log.slice(1, -2)

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

describe('a storage device', () => {
  it('is a folder in the home that outlives the run, and is none of its outputs', async () => {
    const { run } = aWorkshop()
    const first = await run(
      onDevice('echo x > ~/storage_codRk/f; ls $HOME | grep storage; cd ~/storage_codRk; pwd -P'),
    )
    expect(linesOf(first)[0]).toBe('storage_codRk')
    expect(pathsOf(first.outputs)).toEqual(['process_output.log'])
    const second = await run(onDevice('cat ~/storage_codRk/f', { jobId: 'gHiJkL' }))
    expect(linesOf(second)).toEqual(['x'])
  })

  it('keeps what runs leave under jobs/{job}/run/{run}, where clients look for it', async () => {
    const { files, run } = aWorkshop()
    const inputs = [anInput(files, 'input.txt', 'hello\n')]
    const first = await run(
      anOrder(anAnalysis('mkdir deep; cp input.txt deep/output.txt; ln -s /etc/passwd link', { inputs }), {
        volumes: [volume],
      }),
    )
    expect(pathsOf(first.outputs)).toEqual(['deep/output.txt', 'input.txt', 'process_output.log'])
    const folder = '~/storage_codRk/jobs/aBcDeF/run/1'
    const second = await run(onDevice(`cat ${folder}/deep/output.txt; ls ${folder}`, { jobId: 'gHiJkL' }))
    expect(linesOf(second)).toEqual(['hello', 'deep', 'input.txt', 'process_output.log'])
  })

  it('shows the files of a run while it goes on', async () => {
    const { start, run } = aWorkshop()
    const going = start(onDevice('echo now > out.log; sleep inf'))
    await fileOf(going, 'out.log')
    const other = await run(onDevice('cat ~/storage_codRk/jobs/aBcDeF/run/1/out.log', { jobId: 'gHiJkL' }))
    expect(linesOf(other)).toEqual(['now'])
    await going.kill()
    const later = await run(onDevice('ls ~/storage_codRk/jobs/aBcDeF/run', { jobId: 'gHiJkL' }))
    expect(linesOf(later)).toEqual([])
  })

  it('shows the files of a run that began later, too, and in both directions', async () => {
    const { start } = aWorkshop()
    const look = (job: string) =>
      `echo x > out.log; until cat ~/storage_codRk/jobs/${job}/run/1/out.log > seen; do sleep 0.05; done; sleep inf`
    const first = start(onDevice(look('gHiJkL')))
    await fileOf(first, 'out.log')
    const second = start(onDevice(look('aBcDeF'), { jobId: 'gHiJkL' }))
    expect(await Promise.all([fileOf(first, 'seen'), fileOf(second, 'seen')])).toEqual(['x\n', 'x\n'])
    await Promise.all([first.kill(), second.kill()])
  })

  it('tells where it is, for those who log in', async () => {
    const { start } = aWorkshop()
    const going = start(onDevice('echo x > ~/storage_codRk/f; echo ready > ready; sleep inf'))
    await fileOf(going, 'ready')
    const { storage_codRk: folder = '' } = going.mounts()
    expect(readdirSync(folder).sort()).toEqual(['f', 'jobs'])
    await going.kill()
  })

  it('is not there for another tenant, nor where it is not attached', async () => {
    const { run } = aWorkshop()
    await run(onDevice('echo secret > ~/storage_codRk/f'))
    const other = await run(
      onDevice('ls ~/storage_codRk', { volumes: [{ ...volume, tenantId: 'tenant2' }], tenantId: 'tenant2' }),
    )
    expect(linesOf(other)).toEqual(['jobs'])
    const without = await run(anOrder(anAnalysis('ls -d ~/storage_* 2>&1 | wc -l')))
    expect(linesOf(without)[0]).toMatch(/1$/)
    expect((await run(anOrder(anAnalysis('ls ~/storage_codRk/')))).exitCode).not.toBe(0)
  })

  it('is gone when it is released, and when the executor closes', async () => {
    const { root, executor, run } = aWorkshop()
    await run(onDevice('echo x > ~/storage_codRk/f'))
    await executor.releaseVolume?.(volume)
    expect(linesOf(await run(onDevice('ls ~/storage_codRk')))).toEqual(['jobs'])
    expect(await exists(join(root, '.storage'))).toBe(true)
    await executor.close()
    expect(await exists(join(root, '.storage'))).toBe(false)
    expect(await readdir(join(root, '.runs'))).toEqual([])
  })

  it('that a killed server left is removed at the next start', async () => {
    const root = join(aTemporaryFolder(), 'runs')
    const marker = '0123456789abcdef'
    const folder = join(root, '.storage', marker, 'tenant1', 'codRk')
    for (const path of [folder, join(root, '.runs')]) mkdirSync(path, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, 'f'), 'x')
    const server = { pid: process.pid, startTime: 1 }
    const record = { marker, folder: join('.storage', marker), server, boot: 'an earlier one' }
    writeFileSync(join(root, '.runs', `${marker}.json`), JSON.stringify(record))
    const { files } = aWorkshop()
    const executor = shellExecutor({ root, files })
    await executor.recovered
    expect(await exists(join(root, '.storage', marker))).toBe(false)
    await executor.close()
  })

  it('takes files, and never lets them lie outside', async () => {
    const { files, executor, run } = aWorkshop()
    const bytes = files.put(Buffer.from('given\n'))
    const given = ['data/given.txt', '../../../escaped', '/etc/escaped'].map((path) => ({ path, bytes }))
    await executor.fillVolume?.(volume, given)
    await executor.fillVolume?.(volume, given.slice(0, 1))
    const end = await run(onDevice('cd ~/storage_codRk; echo more >> data/given.txt; cat data/given.txt; ls'))
    expect(linesOf(end)).toEqual(['given', 'more', 'data', 'escaped', 'etc', 'jobs'])
    expect(files.pathOf(bytes.id)).not.toBeNull()
    const again = await run(
      anOrder(anAnalysis('cat f', { inputs: [{ name: 'f', bytes, decompress: false }] })),
    )
    expect(linesOf(again)).toEqual(['given'])
  })

  it('is not left through a link that a command put in the way', async () => {
    const { run } = aWorkshop()
    const outside = aTemporaryFolder()
    const end = await run(
      onDevice(`rm -rf ~/storage_codRk/jobs; ln -s ${outside} ~/storage_codRk/jobs; echo x > f`),
    )
    expect(await readdir(outside)).toEqual([])
    expect(end.log.at(-1)).toMatch(/^LocalScale: the run's files are not on storage device codRk/)
    expect(pathsOf(end.outputs)).toEqual(['f', 'process_output.log'])
  })

  it('that ends under a run leaves the run its outputs', async () => {
    const { executor, start, files } = aWorkshop()
    const going = start(onDevice('echo x > f; echo ready > ready; while [ ! -e go ]; do sleep 0.05; done'))
    await fileOf(going, 'ready')
    await executor.releaseVolume?.(volume)
    writeFileSync(join(going.home() ?? '', 'work', 'go'), '')
    const end = await going.ended
    expect(pathsOf(end.outputs)).toEqual(['f', 'go', 'ready', 'process_output.log'])
    expect(files).toBeDefined()
    await eventually(() => expect(going.home()).toBeNull())
  })
})
