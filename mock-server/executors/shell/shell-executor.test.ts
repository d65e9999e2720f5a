import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anAnalysis, anInput, anOrder, calculatePi, pathsOf, textOf } from '../testing/orders.ts'
import { aMemoryStore, aWorkshop, fileOf } from '../testing/workshop.ts'

describe('a command', () => {
  it('computes π from its inputs and leaves its results', async () => {
    const { files, run } = aWorkshop()
    const inputs = [anInput(files, 'calculate_pi.py', calculatePi), anInput(files, 'range.inp', '100000')]
    const end = await run(anOrder(anAnalysis('python3 calculate_pi.py range.inp', { inputs })))
    expect(end).toMatchObject({ exitCode: 0, interruption: null })
    expect(end.log).toEqual([
      'Launching python3 calculate_pi.py range.inp, Working dir: /enc/uprod_aBcDeF/work.  Process output follows:',
      'Calculating PI for range:\t100000',
      expect.stringMatching(/^Final value of PI: 3\.1415/),
      'Exited with code 0',
      '',
    ])
    expect(pathsOf(end.outputs)).toEqual([
      'calculate_pi.py',
      'pi_estimate.bin',
      'pi_estimate.res',
      'range.inp',
      'process_output.log',
    ])
    expect(Number(await textOf(files, end.outputs, 'pi_estimate.res'))).toBeCloseTo(Math.PI, 4)
  })

  it('fails with Python’s own words when its script is missing', async () => {
    const end = await aWorkshop().run(anOrder(anAnalysis('python3 calculate_pi.py range.inp')))
    expect(end.exitCode).toBe(2)
    expect(end.log.at(-3)).toMatch(
      /^\S*python3\S*: can't open file '\S+\/enc\/uprod_aBcDeF\/work\/calculate_pi\.py': \[Errno 2\] No such file or directory$/,
    )
    expect(end.log.slice(-2)).toEqual(['Exited with code 2', ''])
  })

  it('has stdout and stderr merged in the order they were written', async () => {
    const { run } = aWorkshop()
    const command = 'for i in 1 2 3; do echo out $i; echo err $i >&2; done; echo last > /dev/stderr'
    const { log } = await run(anOrder(anAnalysis(command)))
    expect(log.slice(1, -2)).toEqual(['out 1', 'err 1', 'out 2', 'err 2', 'out 3', 'err 3', 'last'])
  })

  it('may leave its last line open', async () => {
    const { log } = await aWorkshop().run(anOrder(anAnalysis('printf "one\\ntwo"')))
    expect(log.slice(1)).toEqual(['one', 'two', 'Exited with code 0', ''])
  })

  it('runs in $HOME/work', async () => {
    const { log } = await aWorkshop().run(
      anOrder(anAnalysis('[ "$PWD" = "$HOME/work" ] && echo $HOME | sed s,.*/run1,,')),
    )
    expect(log[1]).toBe('/enc/uprod_aBcDeF')
  })

  it.each([
    ['exit 3', 3],
    ['true', 0],
    ['false', 1],
    ['no-such-program', 127],
    ['kill -9 $$', 137],
    ['# ', 0],
    [':', 0],
    ['echo one; false; true', 0],
    ['if', 2],
    ['printf "a\0b"', 0],
  ])('%j answers %i', async (command, exitCode) => {
    const end = await aWorkshop().run(anOrder(anAnalysis(command)))
    expect(end.exitCode).toBe(exitCode)
    expect(end.log.slice(-2)).toEqual([`Exited with code ${exitCode}`, ''])
  })

  it('may be longer than an argument can be', async () => {
    const command = `: ${'x'.repeat(200_000)}\necho reached`
    const end = await aWorkshop().run(anOrder(anAnalysis(command)))
    expect(end.exitCode).toBe(0)
    expect(end.log.at(-3)).toBe('reached')
  })

  it('that cannot be started at all fails, and the log says why', async () => {
    const tooLarge = await aWorkshop().run(
      anOrder(anAnalysis('true', { envVars: { HUGE: 'x'.repeat(3_000_000) } })),
    )
    expect(tooLarge.exitCode).toBe(126)
    expect(tooLarge.log.slice(1)).toEqual([
      expect.stringMatching(/^LocalScale: bash could not be started: .*E2BIG/),
      'Exited with code 126',
      '',
    ])
    const { run } = aWorkshop({ searchPath: '/nowhere', isolation: 'none' })
    expect((await run(anOrder(anAnalysis('true')))).log[1]).toMatch(/bash could not be started: .*ENOENT/)
  })

  it('can call python and shasum wherever python3 and sha512sum are', async () => {
    const { files, run } = aWorkshop({ searchPath: '/usr/bin:/bin' })
    const command = 'python -c "print(1 + 1)"; echo checksum `shasum -a 512 data | awk \'{print $1}\'`'
    const { log } = await run(anOrder(anAnalysis(command, { inputs: [anInput(files, 'data', 'some data')] })))
    expect(log.slice(1, -2)).toEqual([
      '2',
      `checksum ${createHash('sha512').update('some data').digest('hex')}`,
    ])
  })

  it('has a log line for every state of a progress bar', async () => {
    const { log } = await aWorkshop().run(anOrder(anAnalysis('printf "50%%\\r100%%\\r\\ndone\\n"')))
    expect(log.slice(1, -2)).toEqual(['50%', '100%', 'done'])
  })

  it('cannot fill the disk with its log', async () => {
    const { log, exitCode } = await aWorkshop({ limits: { logBytes: 10_000 } }).run(
      anOrder(anAnalysis('yes | head -n 100000')),
    )
    expect(exitCode).toBe(0)
    expect(log.slice(-3)).toEqual([
      'LocalScale: the log reached its limit of 10000 bytes, the rest is left out',
      'Exited with code 0',
      '',
    ])
    expect(log.length).toBeLessThan(500)
  })
})

describe('the environment of a command', () => {
  it('has the platform’s and the user’s variables and nothing of the server’s', async () => {
    process.env.SECRET_OF_THE_SERVER = 'abc'
    const { files, run } = aWorkshop()
    const order = anOrder(
      anAnalysis('env > seen', { envVars: { ANSYSLI_SERVERS: '2325@x', 'bad=name': '1', nul: 'a\0' } }),
      {
        environment: { RESCALE_CORES_PER_SLOT: '2' },
      },
    )
    const end = await run(order)
    delete process.env.SECRET_OF_THE_SERVER
    const names = (await textOf(files, end.outputs, 'seen')).split('\n').map((line) => line.split('=')[0])
    expect(names.sort()).toEqual(
      [
        '',
        'ANSYSLI_SERVERS',
        'HOME',
        'LANG',
        'LOCALSCALE_RUN',
        'LOGNAME',
        'PATH',
        'PWD',
        'RESCALE_CORES_PER_SLOT',
      ]
        .concat(['SHELL', 'SHLVL', 'TMPDIR', 'USER', '_'])
        .sort(),
    )
  })

  it('has a folder for temporary files that are not saved', async () => {
    const end = await aWorkshop().run(anOrder(anAnalysis('echo x > $TMPDIR/scratch && ls $TMPDIR')))
    expect(end.log[1]).toBe('scratch')
    expect(pathsOf(end.outputs)).toEqual(['process_output.log'])
  })
})

describe('several analyses', () => {
  it('run from left to right in one folder, with one log', async () => {
    const analyses = [anAnalysis('echo one > shared.txt'), anAnalysis('cat shared.txt; exit 4')]
    const end = await aWorkshop().run(anOrder(analyses))
    expect(end.exitCode).toBe(4)
    expect(end.log).toEqual([
      'Launching echo one > shared.txt, Working dir: /enc/uprod_aBcDeF/work.  Process output follows:',
      'Exited with code 0',
      '',
      'Launching cat shared.txt; exit 4, Working dir: /enc/uprod_aBcDeF/work/shared.  Process output follows:',
      'one',
      'Exited with code 4',
      '',
    ])
  })

  it('end with the first that fails', async () => {
    const end = await aWorkshop().run(anOrder([anAnalysis('exit 7'), anAnalysis('echo never')]))
    expect(end.exitCode).toBe(7)
    expect(end.log).not.toContain('never')
  })

  it('have their scripts run before and after', async () => {
    const { files, run } = aWorkshop()
    const end = await run(
      anOrder(
        anAnalysis('echo middle', {
          preProcessScript: anInput(files, 'before it.sh', '#!/bin/sh\necho before\n'),
          postProcessScriptCommand: 'echo after',
        }),
      ),
    )
    expect(end.log.filter((line) => !line.startsWith('Exited') && line !== '')).toEqual([
      "Launching ./'before it.sh', Working dir: null.  Process output follows:",
      'before',
      'Launching echo middle, Working dir: /enc/uprod_aBcDeF/work.  Process output follows:',
      'middle',
      'Launching echo after, Working dir: null.  Process output follows:',
      'after',
    ])
  })
})

describe('the outputs', () => {
  it('are the regular files of the work folder, without links, pipes and folders', async () => {
    const command =
      'mkdir -p a/b empty; echo x > a/b/c; ln -s /etc/passwd link; ln -s a linked; mkfifo pipe; ln a/b/c d'
    const { files, run } = aWorkshop()
    const end = await run(anOrder(anAnalysis(command)))
    expect(pathsOf(end.outputs)).toEqual(['a/b/c', 'd', 'process_output.log'])
    expect(await textOf(files, end.outputs, 'd')).toBe('x\n')
  })

  it('are not lost for want of permissions or a readable name', async () => {
    const command =
      'mkdir -p locked/in; echo x > locked/in/file; chmod 0 locked/in/file locked/in locked; echo y > $(printf "\\377.dat")'
    const end = await aWorkshop().run(anOrder(anAnalysis(command)))
    expect(pathsOf(end.outputs)).toEqual(['locked/in/file', '%FF.dat', 'process_output.log'])
  })

  it('have the log, even when the command removed it', async () => {
    const end = await aWorkshop().run(
      anOrder(anAnalysis('ls; rm process_output.log; mkdir process_output.log; touch process_output.log/x')),
    )
    expect(end.log.slice(1, -2)).toEqual(['process_output.log'])
    expect(pathsOf(end.outputs)).toEqual(['process_output.log'])
  })

  it('are limited in number and size, and the user is told', async () => {
    const { run } = aWorkshop({ limits: { outputFiles: 2, outputBytes: 1000 } })
    const end = await run(anOrder(anAnalysis('truncate -s 1T a; touch b c d')))
    expect(pathsOf(end.outputs)).toEqual(['b', 'c', 'process_output.log'])
    expect(end.log.at(-1)).toBe('LocalScale: 2 files are not saved: a run may leave 2 files and 1000 bytes')
  })

  it('are moved into the store, not copied through memory, however large', async () => {
    const { files, run } = aWorkshop()
    const before = process.memoryUsage().rss
    let highest = before
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 5)
    const end = await run(anOrder(anAnalysis('openssl rand -out testfile 67108864; stat -c %i testfile')))
    clearInterval(watch)
    const [large] = end.outputs
    expect(large).toMatchObject({ relativePath: 'testfile', bytes: { size: 67_108_864 } })
    const path = files.pathOf(large?.bytes.id ?? '') ?? ''
    const { stat } = await import('node:fs/promises')
    expect(String((await stat(path)).ino)).toBe(end.log[1])
    const hash = createHash('sha512')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    expect(large?.bytes.sha512).toBe(hash.digest('hex'))
    expect(highest - before).toBeLessThan(48 * 1024 * 1024)
  })

  it('go into a store in memory as well', async () => {
    const files = aMemoryStore()
    const { run } = aWorkshop({ files })
    const inputs = [anInput(files, 'in', 'content')]
    const end = await run(anOrder(anAnalysis('cp in out', { inputs })))
    expect(await textOf(files, end.outputs, 'out')).toBe('content')
  })

  it('leave nothing behind in the root', async () => {
    const { root, run } = aWorkshop()
    await run(anOrder(anAnalysis('mkdir -p a/b; touch a/b/c; chmod 0 a')))
    expect(readdirSync(root).sort()).toEqual(['.bin', '.runs'])
    expect(readdirSync(join(root, '.runs'))).toEqual([])
  })
})

describe('a run while it goes on', () => {
  it('shows its files as they are', async () => {
    const { start } = aWorkshop()
    const run = start(
      anOrder(
        anAnalysis(
          'mkdir sub; echo hello; echo data > sub/file; echo x > ready; ln -s /etc/passwd leak; ln -s sub sym; sleep inf',
        ),
      ),
    )
    await fileOf(run, 'ready')
    expect(await fileOf(run, 'sub/file')).toBe('data\n')
    await expect.poll(() => fileOf(run, 'process_output.log')).toMatch(/\]: hello\n$/)
    expect((await run.list()).map(({ relativePath }) => relativePath)).toEqual([
      'process_output.log',
      'ready',
      'sub/file',
    ])
    for (const path of [
      'leak',
      'sym/file',
      '../tmp',
      'sub',
      '/etc/passwd',
      '',
      'process_output.log/x',
      'none',
    ]) {
      expect(await run.open(path), path).toBeNull()
    }
    await run.kill()
    expect(await run.list()).toEqual([])
    expect(await run.open('ready')).toBeNull()
  })

  it('shares nothing with another run of the same job', async () => {
    const { start } = aWorkshop()
    const order = anOrder(anAnalysis('echo x > ready; ls; sleep inf'))
    const [one, other] = [start(order), start(order)]
    await Promise.all([fileOf(one, 'ready'), fileOf(other, 'ready')])
    await one.kill()
    expect(await fileOf(other, 'ready')).toBe('x\n')
  })
})

it('answers a run that cannot have a folder', async () => {
  const { root, executor, files } = aWorkshop()
  const { rmSync, writeFileSync } = await import('node:fs')
  await executor.recovered
  rmSync(root, { recursive: true })
  writeFileSync(root, 'in the way')
  const end = await executor.execute(anOrder(anAnalysis('echo x'))).run.ended
  expect(end.exitCode).toBe(1)
  expect(await textOf(files, end.outputs, 'process_output.log')).toContain(
    'LocalScale: the run could not be carried out',
  )
  expect(existsSync(root)).toBe(true)
})
