// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates have placeholders of this form
import { describe, expect, it } from 'vitest'
import { runVariable } from '../../domain/case-table.ts'
import type { RunAnalysis, RunOrder, RunPlan } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import { hour, second } from '../../domain/instant.ts'
import { anAnalysis, anInput, anOrder } from '../testing/orders.ts'
import { aMemoryStore } from '../testing/workshop.ts'
import { type SimulatedExecutorOptions, simulatedExecutor } from './simulated-executor.ts'

function anExecutor(files: FileStore = aMemoryStore(), options: Partial<SimulatedExecutorOptions> = {}) {
  const executor = simulatedExecutor({ files, ...options })
  let begun = 0
  return {
    files,
    executor,
    async plan(
      analyses: RunAnalysis | readonly RunAnalysis[],
      changes: Partial<RunOrder> = {},
    ): Promise<RunPlan> {
      begun += 1
      const startsAt = begun * hour
      const order = anOrder(analyses, { now: () => startsAt, ...changes })
      const templates = order.analyses.flatMap((analysis) => analysis.templates)
      await executor.prepare?.([
        ...order.analyses.flatMap(({ inputs }) => inputs),
        ...templates.map(({ bytes }) => ({ name: 'template', bytes, decompress: false })),
      ])
      const execution = executor.execute(order)
      if (execution.kind !== 'planned') throw new Error('it is not planned')
      return execution.plan
    },
  }
}

/** What the commands wrote. */
const linesOf = ({ log }: RunPlan) =>
  log.map(({ text }) => text).filter((text) => !/^(Launching|Exited)/.test(text) && text !== '')

const pathsOf = ({ files }: RunPlan) => files.map(({ relativePath }) => relativePath)

describe('the home of a simulated cluster', () => {
  it('has files that name its nodes', async () => {
    const hosts = [
      { name: 'p1', cores: 16, gpus: 0 },
      { name: 'p2', cores: 16, gpus: 0 },
    ]
    const plan = await anExecutor().plan(anAnalysis('cat ~/hosts ~/machinefile; ls ~; cat ~/none'), { hosts })
    expect(linesOf(plan)).toEqual([
      'p1',
      'p2',
      'p1:16',
      'p2:16',
      ...'hosts machinefile machinefile.gpu machinefile.openmpi mpd.hosts mpd.hosts.string rhosts work'.split(
        ' ',
      ),
      'cat: /enc/uprod_aBcDeF/none: No such file or directory',
    ])
    expect(plan.files).toEqual([])
  })
})

describe('simulated runs with several nodes or MPI', () => {
  const inShared = (files: FileStore) =>
    anAnalysis('pwd; cat case.inp; echo x > out.txt; touch ../beside', {
      isShared: true,
      inputs: [anInput(files, 'case.inp', 'an input')],
    })

  it('work in work/shared, a folder of its own', async () => {
    const { files, plan } = anExecutor()
    const planned = await plan(inShared(files), { sharedFolder: 'own' })
    expect(linesOf(planned)).toEqual(['/enc/uprod_aBcDeF/work/shared', 'an input'])
    expect(pathsOf(planned)).toEqual(['beside', 'shared/case.inp', 'shared/out.txt'])
  })

  it('leave each file once where work/shared is work by another name', async () => {
    const { files, plan } = anExecutor()
    const planned = await plan([inShared(files), anAnalysis('cat out.txt /enc/uprod_aBcDeF/work/out.txt')], {
      sharedFolder: 'same',
    })
    expect(linesOf(planned)).toEqual(['/enc/uprod_aBcDeF/work/shared', 'an input', 'x', 'x'])
    expect(pathsOf(planned)).toEqual(['beside', 'case.inp', 'out.txt'])
  })
})

describe('templates of simulated runs', () => {
  it('are filled with the values of the run', async () => {
    const { files, plan } = anExecutor()
    const bytes = files.put(Buffer.from('v ${v?string("0.00")} in ${unknown}\n'))
    const planned = await plan(
      anAnalysis('cat case/0/U', { templates: [{ bytes, processedFilename: 'case/0/U' }] }),
      { variables: [runVariable('v', '2.5')] },
    )
    expect(linesOf(planned)).toEqual(['v 2.50 in ${unknown}'])
    expect(pathsOf(planned)).toEqual(['case/0/U'])
  })

  it('stay as they are when they are not text, and out of the log', async () => {
    const { files, plan } = anExecutor()
    const bytes = files.put(Buffer.from('\0${v}'))
    const templates = ['f', 'process_output.log'].map((processedFilename) => ({ bytes, processedFilename }))
    const planned = await plan(anAnalysis('true', { templates }), { variables: [runVariable('v', '1')] })
    expect(planned.files).toMatchObject([{ relativePath: 'f', content: bytes }])
  })
})

describe('post-processing', () => {
  it('gives the run results, a line of a name, a tab and a value for each', async () => {
    const { plan } = anExecutor()
    const planned = await plan(
      anAnalysis('printf "Cd\\t1\\n"', {
        postProcessScriptCommand:
          'printf "Cd\\t-0.0187556\\nCl \\t0.14\\nno result\\n"; printf "Cl\\t0.140742\\n"',
      }),
    )
    expect(planned.results).toEqual([
      { name: 'Cd', value: '-0.0187556' },
      { name: 'Cl', value: '0.140742' },
    ])
  })
})

describe('a simulated storage device', () => {
  const volumes = [{ tenantId: 'tenant1', deviceId: 'codRk' }]

  it('keeps what jobs leave on it, for later ones', async () => {
    const { plan } = anExecutor()
    await plan(anAnalysis('mkdir ~/storage_codRk/case; echo x > ~/storage_codRk/case/f'), { volumes })
    const later = await plan(anAnalysis('ls ~/storage_codRk; cat ~/storage_codRk/case/f'), { volumes })
    expect(linesOf(later)).toEqual(['case', 'x'])
    expect(pathsOf(later)).toEqual([])
    const last = await plan(anAnalysis('rm ~/storage_codRk/case/f; ls ~/storage_codRk/case'), { volumes })
    expect(linesOf(last)).toEqual([])
  })

  it('has the outputs of jobs under jobs/{job}/run/{run}, where the clients of 2019 look for them', async () => {
    const { files, plan } = anExecutor()
    const inputs = [anInput(files, 'input.txt', 'hello\n')]
    await plan(anAnalysis('cp input.txt output.txt; echo done >> output.txt', { inputs }), { volumes })
    const command = 'cp ~/storage_codRk/jobs/aBcDeF/run/1/output.txt input.txt; cat input.txt'
    expect(linesOf(await plan(anAnalysis(command), { volumes, jobId: 'gHiJkL' }))).toEqual(['hello', 'done'])
  })

  it('shows only what was there when a run began', async () => {
    const { plan } = anExecutor()
    const at = (now: number) => ({ volumes, now: () => now })
    await plan(anAnalysis('sleep 60; echo x > ~/storage_codRk/f'), at(0))
    expect(linesOf(await plan(anAnalysis('ls ~/storage_codRk'), at(59 * second)))).toEqual([])
    expect(linesOf(await plan(anAnalysis('ls ~/storage_codRk'), at(61 * second)))).toContain('f')
  })

  it('is there for its own tenant’s jobs only, and only where it is attached', async () => {
    const { plan } = anExecutor()
    await plan(anAnalysis('echo x > ~/storage_codRk/f'), { volumes })
    const other = await plan(anAnalysis('ls ~/storage_codRk'), {
      volumes: [{ tenantId: 'tenant2', deviceId: 'codRk' }],
    })
    expect(linesOf(other)).toEqual([])
    expect(linesOf(await plan(anAnalysis('cat ~/storage_codRk/f')))).toEqual([
      'cat: /enc/uprod_aBcDeF/storage_codRk/f: No such file or directory',
    ])
  })

  it('is empty again after it was released', async () => {
    const { executor, plan } = anExecutor()
    await plan(anAnalysis('echo x > ~/storage_codRk/f'), { volumes })
    for (const volume of volumes) await executor.releaseVolume?.(volume)
    expect(linesOf(await plan(anAnalysis('ls ~/storage_codRk'), { volumes }))).toEqual([])
  })

  it('takes files that are put on it', async () => {
    const { files, executor, plan } = anExecutor()
    const bytes = files.put(Buffer.from('given\n'))
    const given = [
      { path: 'data/given.txt', bytes },
      { path: '../../escaped', bytes },
    ]
    for (const volume of volumes) await executor.fillVolume?.(volume, given)
    expect(
      linesOf(await plan(anAnalysis('cd ~/storage_codRk; ls; cat data/given.txt'), { volumes })),
    ).toEqual(['data', 'escaped', 'given'])
  })

  it('takes what recipes write to storage_{id}', async () => {
    const recipe = {
      name: 'onto the device',
      matches: ({ jobName }: RunOrder) => jobName === 'writer',
      plan: () => ({ files: [{ path: 'storage_codRk/mesh.dat', content: 'mesh\n' }] }),
    }
    const { plan } = anExecutor(undefined, { recipes: [recipe] })
    const written = await plan(anAnalysis('solver'), { volumes, jobName: 'writer' })
    expect(pathsOf(written)).toEqual([])
    const read = await plan(anAnalysis('cat ~/storage_codRk/mesh.dat'), { volumes })
    expect(linesOf(read)).toEqual(['mesh'])
  })
})
