import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runVariable } from '../../domain/case-table.ts'
import type { RunHost } from '../../domain/executor.ts'
import { anAnalysis, anInput, anOrder, pathsOf, textOf } from '../testing/orders.ts'
import { aWorkshop, eventually, fileOf } from '../testing/workshop.ts'

const twoNodes: readonly RunHost[] = [
  { name: 'p1', cores: 16, gpus: 0 },
  { name: 'p2', cores: 16, gpus: 1 },
]

describe('the home of a cluster', () => {
  it('has files that name its nodes, for MPI programs', async () => {
    const names = 'hosts machinefile machinefile.gpu machinefile.openmpi mpd.hosts mpd.hosts.string rhosts'
    const command = `for f in ${names}; do echo $f: $(cat $HOME/$f); done; ls $HOME`
    const end = await aWorkshop().run(anOrder(anAnalysis(command), { hosts: twoNodes }))
    expect(end.log.slice(1, 8)).toEqual([
      'hosts: p1 p2',
      'machinefile: p1:16 p2:16',
      'machinefile.gpu: p1:0 p2:1',
      'machinefile.openmpi: p1 slots=16 p2 slots=16',
      'mpd.hosts: p1:16 p2:16',
      'mpd.hosts.string: p1:16,p2:16',
      'rhosts: p1 uprod_aBcDeF p2 uprod_aBcDeF',
    ])
    expect(end.log.slice(8, -2)).toEqual([...names.split(' '), 'work'])
  })
})

describe('a run with several nodes or MPI', () => {
  it('works in work/shared, finds its inputs there, and leaves its outputs as shared/…', async () => {
    const { files, run } = aWorkshop()
    const analysis = anAnalysis('pwd | grep -o "/enc/.*"; cat case.inp; echo x > out.txt; touch ../beside', {
      isShared: true,
      inputs: [anInput(files, 'case.inp', 'an input\n')],
    })
    const end = await run(anOrder(analysis, { hosts: twoNodes, sharedFolder: 'own' }))
    expect(end.log[0]).toMatch(
      /, Working dir: \/enc\/uprod_aBcDeF\/work\/shared\. {2}Process output follows:$/,
    )
    expect(end.log.slice(1, 3)).toEqual(['/enc/uprod_aBcDeF/work/shared', 'an input'])
    expect(pathsOf(end.outputs).sort()).toEqual([
      'beside',
      'process_output.log',
      'shared/case.inp',
      'shared/out.txt',
    ])
  })

  it('leaves its outputs once, where work/shared is work by another name', async () => {
    const { files, run } = aWorkshop()
    const analysis = anAnalysis(
      'pwd | grep -o "/enc/.*"; echo x > out.txt; cat ../work/shared/shared/out.txt case.inp',
      {
        isShared: true,
        inputs: [anInput(files, 'case.inp', 'an input\n')],
      },
    )
    const end = await run(anOrder(analysis, { sharedFolder: 'same' }))
    expect(end.log.slice(1, 4)).toEqual(['/enc/uprod_aBcDeF/work/shared', 'x', 'an input'])
    expect(pathsOf(end.outputs).sort()).toEqual(['case.inp', 'out.txt', 'process_output.log'])
  })
})

describe('a run that goes on', () => {
  it('shows a file of work/shared by the name that it has from work', async () => {
    for (const sharedFolder of ['own', 'same'] as const) {
      const run = aWorkshop().start(
        anOrder(anAnalysis('echo residual > out.log; sleep inf', { isShared: true }), { sharedFolder }),
      )
      expect(await fileOf(run, 'shared/out.log')).toBe('residual\n')
      await run.kill()
    }
  })
})

describe('runs of one job', () => {
  it('wait for each other beyond a limit, however many slots the job has', async () => {
    const { start } = aWorkshop({ limits: { runsAtOnce: 2 } })
    const command = 'touch ready; until [ -e go ]; do read -t 0.02 < <(:) || true; done'
    const runs = ['1', '2', '3', '4'].map((runId) => start(anOrder(anAnalysis(command), { runId, slots: 4 })))
    const [first, second, third, fourth] = runs
    if (!first || !second || !third || !fourth) throw new Error('four runs were started')
    const isUnderWay = async (run: typeof first) =>
      (await run.list()).some(({ relativePath }) => relativePath === 'ready')
    await eventually(async () =>
      expect(await Promise.all([first, second].map(isUnderWay))).toEqual([true, true]),
    )
    expect([third.home(), fourth.home()]).toEqual([null, null])
    fourth.stop()
    expect(await fourth.ended).toMatchObject({ exitCode: 143, interruption: 'stopped', outputs: [] })
    writeFileSync(join(first.home() ?? '', 'work', 'go'), '')
    expect(await first.ended).toMatchObject({ exitCode: 0 })
    await eventually(async () => expect(await isUnderWay(third)).toBe(true))
  })
})

describe('templates', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what templates look like
  const template = 'uniform (${Xvelocity} ${Yvelocity?string("0.0")} 0)\n'
  const variables = [runVariable('Xvelocity', '25.999249'), runVariable('Yvelocity', '-0.45')]

  it('are filled with the values of the run, in place of an input of that name', async () => {
    const { files, run } = aWorkshop()
    const analysis = anAnalysis('cat case/0/U', {
      inputs: [anInput(files, 'case/0/U', 'as it was\n')],
      templates: [{ bytes: files.put(Buffer.from(template)), processedFilename: 'case/0/U' }],
    })
    const end = await run(anOrder(analysis, { variables }))
    expect(end.log[1]).toBe('uniform (25.999249 -0.4 0)')
    expect(pathsOf(end.outputs)).toEqual(['case/0/U', 'process_output.log'])
    expect(await textOf(files, end.outputs, 'case/0/U')).toBe('uniform (25.999249 -0.4 0)\n')
  })

  it('keep the bytes that are no variable, and take values as UTF-8', async () => {
    const { files, run } = aWorkshop()
    const bytes = Buffer.concat([Buffer.from([0, 255, 13, 10]), Buffer.from('$' + '{π}')])
    const analysis = anAnalysis('od -An -tx1 f', {
      templates: [{ bytes: files.put(bytes), processedFilename: 'f' }],
    })
    const end = await run(anOrder(analysis, { variables: [runVariable('π', 'é')] }))
    expect(end.log[1]).toBe(' 00 ff 0d 0a c3 a9')
  })

  it('stay inside the work folder, and never replace the log', async () => {
    const { files, run } = aWorkshop()
    const bytes = files.put(Buffer.from('x'))
    const analysis = anAnalysis('true', {
      templates: ['../../escaped', '/etc/escaped', 'process_output.log'].map((processedFilename) => ({
        bytes,
        processedFilename,
      })),
    })
    const end = await run(anOrder(analysis))
    expect(pathsOf(end.outputs)).toEqual(['escaped', 'etc/escaped', 'process_output.log'])
    expect(end.log[0]).toBe(
      'LocalScale: the template for "process_output.log" could not be filled: the name belongs to the log',
    )
  })

  it('that would become too large are not filled, and the log says so', async () => {
    const { files, run } = aWorkshop()
    // biome-ignore lint/suspicious/noTemplateCurlyInString: that is what templates look like
    const bytes = files.put(Buffer.from('${x}'.repeat(1000)))
    const analysis = anAnalysis('ls', { templates: [{ bytes, processedFilename: 'f' }] })
    const end = await run(anOrder(analysis, { variables: [runVariable('x', 'y'.repeat(100_000))] }))
    expect(end.log[0]).toMatch(
      /^LocalScale: the template for "f" could not be filled: .* longer than 67108864/,
    )
    expect(pathsOf(end.outputs)).toEqual(['process_output.log'])
  })
})
