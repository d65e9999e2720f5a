import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTar, aTarGz, aZip } from '../testing/archives.ts'
import { anAnalysis, anInput, anOrder, calculatePi, logOf, pathsOf, textOf } from '../testing/orders.ts'
import { aTemporaryFolder, aWorkshop } from '../testing/workshop.ts'

const symbolicLink = 0o120777

describe('an input', () => {
  it('can be started, whatever its name said of permissions', async () => {
    const { files, run } = aWorkshop()
    const { readFileSync } = await import('node:fs')
    const inputs = [anInput(files, '7za_v17.05_lnx_x64', readFileSync('/bin/echo'), false)]
    const end = await run(anOrder(anAnalysis('./7za_v17.05_lnx_x64 started', { inputs })))
    expect(end.log[1]).toBe('started')
  })

  it('is a copy: a command that changes it leaves the stored file alone', async () => {
    const { files, run } = aWorkshop()
    const input = anInput(files, 'data', 'before')
    const end = await run(anOrder(anAnalysis('echo after > data', { inputs: [input] })))
    expect(await textOf(files, end.outputs, 'data')).toBe('after\n')
    expect(await textOf(files, [{ relativePath: 'data', bytes: input.bytes }], 'data')).toBe('before')
  })

  it('lies in folders when its name has slashes, and never outside', async () => {
    const { files, run, root } = aWorkshop()
    const names = ['a/b/c.dat', '../../../../escaped', '/absolute', 'nul\0byte', 'x'.repeat(300)]
    const inputs = names.map((name) => anInput(files, name, name))
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(pathsOf(end.outputs)).toEqual([
      'a/b/c.dat',
      'absolute',
      'escaped',
      'nul_byte',
      'x'.repeat(255),
      'process_output.log',
    ])
    expect(readdirSync(join(root, '..')).sort()).toEqual(['files', 'runs'])
  })

  it('cannot be the log', async () => {
    const { files, run } = aWorkshop()
    const end = await run(anOrder(anAnalysis('', { inputs: [anInput(files, 'process_output.log', 'old')] })))
    expect(end.log[0]).toBe(
      'LocalScale: input "process_output.log" could not be placed: the name belongs to the log',
    )
    expect(end.exitCode).toBe(0)
  })

  it('whose bytes are gone or whose name is taken by a folder is missing, and the user is told', async () => {
    const { files, run } = aWorkshop()
    const gone = anInput(files, 'gone', 'x')
    await files.remove(gone.bytes.id)
    const inputs = [gone, anInput(files, 'a/b', 'x'), anInput(files, 'a', 'y'), anInput(files, 'a/b/c', 'z')]
    const end = await run(anOrder(anAnalysis('ls', { inputs })))
    expect(end.log.filter((line) => line.startsWith('LocalScale')).map((line) => line.slice(0, 50))).toEqual([
      expect.stringContaining('input "gone" could not be placed'),
      expect.stringContaining('input "a" could not be placed'),
      expect.stringContaining('input "a/b/c" could not be placed'),
    ])
    expect(pathsOf(end.outputs)).toEqual(['a/b', 'process_output.log'])
  })

  it('of any analysis is there for the first', async () => {
    const { files, run } = aWorkshop()
    const second = anAnalysis('true', { inputs: [anInput(files, 'late', 'x')] })
    expect((await run(anOrder([anAnalysis('cat late'), second]))).exitCode).toBe(0)
  })
})

describe('an archive', () => {
  it('with one top folder is unpacked as it is', async () => {
    const { files, run } = aWorkshop()
    const zip = await aZip({
      'airfoil2D/Allrun': { content: '#!/bin/sh\necho ran\n', mode: 0o100755 },
      'airfoil2D/0/': '',
    })
    const end = await run(
      anOrder(anAnalysis('cd airfoil2D; ./Allrun; ls', { inputs: [anInput(files, 'other.zip', zip)] })),
    )
    expect(end.log.slice(1, -2)).toEqual(['ran', '0', 'Allrun'])
    expect(pathsOf(end.outputs)).toEqual(['airfoil2D/Allrun', 'other.zip', 'process_output.log'])
  })

  it('that is flat is unpacked both beside itself and in a folder of its name', async () => {
    const { files, run } = aWorkshop()
    const zip = await aZip({ 'calculate_pi.py': calculatePi, 'range.inp': '1000' })
    const inputs = [anInput(files, 'job_inputs.zip', zip)]
    const end = await run(anOrder(anAnalysis('cd job_inputs; python3 calculate_pi.py range.inp', { inputs })))
    expect(end.exitCode).toBe(0)
    expect(pathsOf(end.outputs)).toEqual([
      'calculate_pi.py',
      'job_inputs/calculate_pi.py',
      'job_inputs/pi_estimate.bin',
      'job_inputs/pi_estimate.res',
      'job_inputs/range.inp',
      'job_inputs.zip',
      'range.inp',
      'process_output.log',
    ])
  })

  it('with a file of its own name is unpacked only beside itself', async () => {
    const { files, run } = aWorkshop()
    const inputs = [anInput(files, 'solver.zip', await aZip({ data: 'x', solver: 'y' }))]
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(pathsOf(end.outputs)).toEqual(['data', 'solver', 'solver.zip', 'process_output.log'])
  })

  it('is left alone when the job says so', async () => {
    const { files, run } = aWorkshop()
    const inputs = [anInput(files, 'job_inputs.zip', await aZip({ a: 'x' }), false)]
    const end = await run(anOrder(anAnalysis('cd job_inputs; true', { inputs })))
    expect(end.log[1]).toMatch(/cd: job_inputs: No such file or directory$/)
    expect(pathsOf(end.outputs)).toEqual(['job_inputs.zip', 'process_output.log'])
  })

  it.each([
    ['x.tar.gz', aTarGz],
    ['x.tgz', aTarGz],
    ['x.tar', aTar],
    ['X.TAR.GZ', aTarGz],
  ])('named %s is unpacked with its permissions', async (name, pack) => {
    const { files, run } = aWorkshop()
    const archive = pack([
      { path: 'echoware/', type: 'Directory', mode: 0o755 },
      { path: 'echoware/bin/echo.sh', content: '#!/bin/sh\necho works\n', mode: 0o755 },
      { path: 'echoware/data', content: 'x', mode: 0o444 },
    ])
    const command = './echoware/bin/echo.sh; stat -c %a echoware/data'
    const end = await run(anOrder(anAnalysis(command, { inputs: [anInput(files, name, archive)] })))
    expect(end.log.slice(1, -2)).toEqual(['works', '644'])
  })

  it('of another kind is left alone: volumes, and single compressed files', async () => {
    const { files, run } = aWorkshop()
    const names = ['testfile.7z.001', 'x.zip.001', 'tjunction_plot.cas.gz']
    const inputs = names.map((name) => anInput(files, name, 'not looked at'))
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(end.log).toHaveLength(3)
    expect(pathsOf(end.outputs)).toEqual([...names.sort(), 'process_output.log'])
  })

  it('that is none, or is broken, is left as it is', async () => {
    const { files, run } = aWorkshop()
    const whole = aTarGz([
      { path: 'a', content: 'x'.repeat(100_000) },
      { path: 'b', content: 'y' },
    ])
    const zip = await aZip({ a: 'x'.repeat(1000) })
    zip.fill(0, 40, 60)
    const broken = {
      'none.zip': 'text',
      'none.tar.gz': 'text',
      'cut.tgz': whole.subarray(0, whole.length - 40),
      'bad.zip': zip,
    }
    const inputs = Object.entries(broken).map(([name, bytes]) => anInput(files, name, bytes))
    const end = await run(anOrder(anAnalysis('echo still here', { inputs })))
    expect(end.log.slice(-3)).toEqual(['still here', 'Exited with code 0', ''])
    expect(end.log.filter((line) => line.startsWith('LocalScale'))).toEqual([
      expect.stringMatching(/^LocalScale: "none.zip" is not unpacked: .*not a zip file/),
      expect.stringMatching(/^LocalScale: "none.tar.gz" is not unpacked: .*Unrecognized archive format/),
      expect.stringMatching(/^LocalScale: "cut.tgz" is not unpacked: .*unexpected end of file/),
      expect.stringMatching(/^LocalScale: "bad.zip" is not unpacked: .*signature/),
    ])
  })

  it('cannot put anything outside', async () => {
    const { files, run, root } = aWorkshop()
    const zip = await aZip({ good: 'x', '../../evil': 'x', '/absolute': 'x', 'a/../../../b': 'x' })
    const tar = aTarGz([
      { path: '../../../evil', content: 'x' },
      { path: '/etc/evil', content: 'x' },
      { path: 'fine' },
    ])
    const inputs = [anInput(files, 'slip.zip', zip), anInput(files, 'slip.tgz', tar)]
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(end.log.slice(0, 2)).toEqual([
      'LocalScale: "slip.zip": not unpacked: "../../evil" (its name leads outside), "/absolute" (its name leads outside), "a/../../../b" (its name leads outside)',
      'LocalScale: "slip.tgz": not unpacked: "../../../evil" (its name leads outside), "/etc/evil" (its name leads outside)',
    ])
    expect(pathsOf(end.outputs)).toEqual([
      'fine',
      'good',
      'slip/fine',
      'slip/good',
      'slip.tgz',
      'slip.zip',
      'process_output.log',
    ])
    expect(readdirSync(join(root, '..')).sort()).toEqual(['files', 'runs'])
  })

  it('cannot lead outside through a link', async () => {
    const outside = join(aTemporaryFolder(), 'outside')
    mkdirSync(outside)
    const { files, run } = aWorkshop()
    const zip = await aZip({ out: { content: outside, mode: symbolicLink }, 'out/evil': 'x' })
    const tar = aTarGz([
      { path: 'way', type: 'SymbolicLink', linkpath: outside },
      { path: 'way/evil', content: 'x' },
      { path: 'hard', type: 'Link', linkpath: '/etc/passwd' },
      { path: 'pipe', type: 'FIFO' },
    ])
    const inputs = [
      anInput(files, 'z.zip', zip),
      anInput(files, 't.tgz', tar),
      anInput(files, 'way/evil2', 'x'),
    ]
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(readdirSync(outside)).toEqual([])
    expect(end.log.slice(0, 2)).toEqual([
      'LocalScale: "z.zip": not unpacked: "out" (a link)',
      'LocalScale: "t.tgz": not unpacked: "way" (a link), "hard" (a link), "pipe" (not a regular file)',
    ])
    expect(end.exitCode).toBe(0)
  })

  it('that would fill the disk is not unpacked at all', async () => {
    const { files, run } = aWorkshop({ limits: { unpackedBytes: 10_000, unpackedMembers: 3 } })
    const large = 'x'.repeat(20_000)
    const many = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`f${index}`, '']))
    const inputs = [
      anInput(files, 'bomb.zip', await aZip({ small: 'x', large })),
      anInput(
        files,
        'bomb.tgz',
        aTarGz([
          { path: 'small', content: 'x' },
          { path: 'large', content: large },
        ]),
      ),
      anInput(files, 'many.zip', await aZip(many)),
    ]
    const end = await run(anOrder(anAnalysis('', { inputs })))
    expect(end.log.slice(0, 3)).toEqual([
      'LocalScale: "bomb.zip" is not unpacked: it would take more than 10000 bytes',
      'LocalScale: "bomb.tgz" is not unpacked: it would take more than 10000 bytes',
      'LocalScale: "many.zip" is not unpacked: more than 3 members',
    ])
    expect(pathsOf(end.outputs)).toEqual(['bomb.tgz', 'bomb.zip', 'many.zip', 'process_output.log'])
  })

  it('that claims to be smaller than it is is refused when that shows', async () => {
    const { files, run } = aWorkshop()
    const zip = await aZip({ liar: 'x'.repeat(50_000) })
    // The size when unpacked, in the central directory.
    zip.writeUInt32LE(10, zip.indexOf('PK\x01\x02') + 24)
    const end = await run(anOrder(anAnalysis('wc -c < liar', { inputs: [anInput(files, 'liar.zip', zip)] })))
    expect(end.log[0]).toMatch(/^LocalScale: "liar.zip": not unpacked: "liar" \(.*10.*\)$/)
    expect(pathsOf(end.outputs)).toEqual(['liar.zip', 'process_output.log'])
  })
})

describe('a run without a command that ends', () => {
  it('has its inputs even when it is stopped at once', async () => {
    const { files, start } = aWorkshop()
    const run = start(anOrder(anAnalysis('sleep inf', { inputs: [anInput(files, 'a', 'x')] })))
    run.stop()
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 143, interruption: 'stopped' })
    expect(await logOf(files, end.outputs)).toEqual([])
  })
})
