import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anAnalysis, anInput, anOrder, logOf, pathsOf, textOf } from '../testing/orders.ts'
import { processesIn } from '../testing/processes-in.ts'
import { aManualWall, aWorkshop, eventually, fileOf } from '../testing/workshop.ts'

const sayPid = 'echo $BASHPID > pid'

/** Ignores SIGTERM, says so when it is ready. */
const stubborn = "trap '' TERM; echo x > ready; while :; do sleep 1000; done"

/** Started twice removed in a session of its own, as daemons do. */
const daemon = (body: string): string => `(setsid bash -c '${body}' < /dev/null > /dev/null 2>&1 &)`

describe('stopping a run', () => {
  it('ends `sleep inf` and saves the files', async () => {
    const { files, start } = aWorkshop()
    const run = start(anOrder(anAnalysis('echo x > ready; sleep inf')))
    await fileOf(run, 'ready')
    run.stop()
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 143, interruption: 'stopped' })
    expect(pathsOf(end.outputs)).toEqual(['ready', 'process_output.log'])
    expect((await logOf(files, end.outputs)).slice(1)).toEqual(['Exited with code 143', ''])
  })

  it('lets a command that traps SIGTERM write a last file', async () => {
    const wall = aManualWall()
    const { files, start } = aWorkshop({ wall })
    const command =
      "trap 'echo last >> last.txt; exit 5' TERM; echo x > ready; while :; do sleep 1000 & wait $!; done"
    const run = start(anOrder(anAnalysis(command)))
    await fileOf(run, 'ready')
    run.stop()
    run.stop()
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 5, interruption: 'stopped' })
    expect(await textOf(files, end.outputs, 'last.txt')).toBe('last\n')
    expect(wall.waiting()).toEqual([])
  })

  it('tells a command once', async () => {
    const { files, start } = aWorkshop()
    const program = `import os, signal
told = []
signal.signal(signal.SIGTERM, lambda *_: told.append(1))
open("ready", "w").write("x")
while not os.path.exists("sent"): signal.sigtimedwait([], 0.01)
open("told", "w").write(str(len(told)))`
    const run = start(
      anOrder(anAnalysis('exec python3 program.py', { inputs: [anInput(files, 'program.py', program)] })),
    )
    await fileOf(run, 'ready')
    // Whoever is to be told is told before this returns.
    run.stop()
    writeFileSync(join(run.home?.() ?? '', 'work', 'sent'), '')
    expect(await textOf(files, (await run.ended).outputs, 'told')).toBe('1')
  })

  it('kills a command that ignores SIGTERM when its grace time is over', async () => {
    const wall = aManualWall()
    const { start } = aWorkshop({ wall, graceMs: 7_000 })
    const run = start(anOrder(anAnalysis(stubborn)))
    await fileOf(run, 'ready')
    run.stop()
    expect(wall.waiting()).toEqual([7_000])
    wall.pass(7_000)
    expect(await run.ended).toMatchObject({ exitCode: 137, interruption: 'stopped' })
  })

  it('reaches what the command started in the background', async () => {
    const { root, start } = aWorkshop()
    const run = start(anOrder(anAnalysis(`(${sayPid}; exec sleep inf) & wait`)))
    await fileOf(run, 'pid')
    await eventually(() => expect(processesIn(root)).toHaveLength(2))
    run.stop()
    await run.ended
    expect(processesIn(root)).toEqual([])
  })

  it('reaches daemons, also those that cleared their environment', async () => {
    const { root, start } = aWorkshop()
    const command = `${daemon('echo $$ > one; exec sleep inf')}; ${daemon('echo $$ > two; exec env -i sleep inf')}; sleep inf`
    const run = start(anOrder(anAnalysis(command)))
    for (const name of ['one', 'two']) await fileOf(run, name)
    await eventually(() => expect(processesIn(root)).toHaveLength(3))
    run.stop()
    await run.ended
    expect(processesIn(root)).toEqual([])
  })

  it('gives a daemon the grace time as well', async () => {
    const { files, start } = aWorkshop()
    const body =
      'trap "echo bye > farewell; exit" TERM; echo $$ > pid; while :; do sleep 1000 & wait $!; done'
    const run = start(anOrder(anAnalysis(`${daemon(body)}; sleep inf`)))
    await fileOf(run, 'pid')
    run.stop()
    expect(await textOf(files, (await run.ended).outputs, 'farewell')).toBe('bye\n')
  })

  it('keeps the next analysis from starting', async () => {
    const { files, start } = aWorkshop()
    const first = anAnalysis("trap 'exit 0' TERM; echo x > ready; while :; do sleep 1000 & wait $!; done")
    const run = start(anOrder([first, anAnalysis('echo next')]))
    await fileOf(run, 'ready')
    run.stop()
    const end = await run.ended
    expect(end.exitCode).toBe(0)
    expect(await logOf(files, end.outputs)).not.toContain('next')
  })

  it('means nothing after the run ended', async () => {
    const { start } = aWorkshop()
    const run = start(anOrder(anAnalysis('true')))
    await run.ended
    run.stop()
    await run.kill()
    expect(await run.ended).toMatchObject({ exitCode: 0, interruption: null })
  })
})

describe('a command that ends', () => {
  it('takes its background processes along before the log is closed', async () => {
    const { files, root, run } = aWorkshop()
    const end = await run(
      anOrder(anAnalysis(`(${sayPid}; trap 'echo late' EXIT; sleep inf & wait) & sleep 0.2; echo done`)),
    )
    expect(await textOf(files, end.outputs, 'pid')).not.toBe('')
    expect(processesIn(root)).toEqual([])
    expect(end.interruption).toBeNull()
    expect(end.log.slice(-2)).toEqual(['Exited with code 0', ''])
  })

  it('is not held up by a daemon that ignores SIGTERM and keeps the output open', async () => {
    const wall = aManualWall()
    const { root, start } = aWorkshop({ wall, graceMs: 3_000 })
    const command = `(setsid bash -c 'trap "" TERM; echo $$ > pid; while :; do sleep 1000; done' &); until [ -s pid ]; do sleep 0.01; done`
    const run = start(anOrder([anAnalysis(command), anAnalysis('echo next > next')]))
    await fileOf(run, 'pid')
    await eventually(() => expect(wall.waiting()).toEqual([3_000]))
    wall.pass(3_000)
    const end = await run.ended
    expect(processesIn(root)).toEqual([])
    expect(pathsOf(end.outputs)).toContain('next')
  })
})

describe('the walltime', () => {
  it('ends a run by real time, gracefully', async () => {
    const wall = aManualWall()
    const { files, start } = aWorkshop({ wall })
    const run = start(anOrder(anAnalysis('echo x > ready; sleep inf'), { walltime: 1.5 }))
    await fileOf(run, 'ready')
    wall.pass(1.5 * 3_600_000)
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 143, interruption: 'walltime' })
    expect(await textOf(files, end.outputs, 'ready')).toBe('x\n')
  })

  it('may be longer than a timer can wait', async () => {
    const wall = aManualWall()
    const { start } = aWorkshop({ wall })
    const run = start(anOrder(anAnalysis('echo x > ready; sleep inf'), { walltime: 720 }))
    await fileOf(run, 'ready')
    wall.pass(2 ** 31 - 1)
    wall.pass(720 * 3_600_000 - (2 ** 31 - 1))
    expect((await run.ended).interruption).toBe('walltime')
  })

  it('is forgotten when the run ends before', async () => {
    const wall = aManualWall()
    await aWorkshop({ wall }).run(anOrder(anAnalysis('true'), { walltime: 1 }))
    expect(wall.waiting()).toEqual([])
  })
})

describe('killing a run', () => {
  it('ends a stubborn command at once and saves nothing', async () => {
    const { root, start } = aWorkshop({ graceMs: 60_000 })
    const run = start(anOrder(anAnalysis(`${sayPid}; ${stubborn}`)))
    await fileOf(run, 'ready')
    await eventually(() => expect(processesIn(root)).toHaveLength(2))
    await run.kill()
    expect(processesIn(root)).toEqual([])
    expect(await run.ended).toMatchObject({ outputs: [], interruption: 'stopped' })
    expect(existsSync(`${root}/tenant1`)).toBe(false)
  })

  it('is part of closing the executor, after which no run starts', async () => {
    const { executor, start } = aWorkshop()
    const runs = [1, 2, 3].map((runId) =>
      start(anOrder(anAnalysis('echo x > ready; sleep inf'), { runId: String(runId) })),
    )
    await Promise.all(runs.map((run) => fileOf(run, 'ready')))
    await executor.close()
    expect((await Promise.all(runs.map((run) => run.ended))).map(({ outputs }) => outputs)).toEqual([
      [],
      [],
      [],
    ])
    expect(await start(anOrder(anAnalysis('echo x'))).ended).toMatchObject({ exitCode: 143, outputs: [] })
  })

  it('leaves no bytes in the store, also when the files are just being saved', async () => {
    const kept = new Set<string>()
    const { files: store } = aWorkshop()
    let saving = () => {}
    const isSaving = new Promise<void>((resolve) => (saving = resolve))
    const files = {
      ...wrapped(store),
      adopt: async (path: string) => {
        const bytes = await store.adopt(path)
        kept.add(bytes.id)
        saving()
        return bytes
      },
      remove: async (id: string) => {
        kept.delete(id)
        await store.remove(id)
      },
    }
    const run = aWorkshop({ files }).start(anOrder(anAnalysis('for i in $(seq 200); do echo $i > $i; done')))
    await isSaving
    await run.kill()
    expect((await run.ended).outputs).toEqual([])
    expect(kept.size).toBe(0)
  })
})

/** The same store as plain functions, for one of them to be watched. */
function wrapped(store: ReturnType<typeof aWorkshop>['files']): typeof store {
  return {
    writer: () => store.writer(),
    put: (bytes) => store.put(bytes),
    adopt: (path) => store.adopt(path),
    read: (...range) => store.read(...range),
    pathOf: (id) => store.pathOf(id),
    remove: (id) => store.remove(id),
    close: () => store.close(),
  }
}

describe('stopping a run by force', () => {
  it('gives a stubborn command no grace time, and saves its files', async () => {
    const { start } = aWorkshop({ graceMs: 60_000 })
    const run = start(anOrder(anAnalysis(`echo so far > result; ${stubborn}`)))
    await fileOf(run, 'ready')
    run.stop()
    run.forceStop()
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 137, interruption: 'stopped' })
    expect(pathsOf(end.outputs)).toEqual(['ready', 'result', 'process_output.log'])
  })

  it('means nothing after the commands ended', async () => {
    const { start } = aWorkshop()
    const run = start(anOrder(anAnalysis('true')))
    await run.ended
    run.forceStop()
    expect(await run.ended).toMatchObject({ exitCode: 0, interruption: null })
  })
})

describe('an end that is decided for the commands', () => {
  const outOfMemory = { exitCode: 137, log: ['Killed'] }

  it('kills them, and stands in the log in place of their own', async () => {
    const { files, root, start } = aWorkshop()
    const run = start(anOrder([anAnalysis(`${sayPid}; echo works; sleep inf`), anAnalysis('echo next')]))
    await fileOf(run, 'pid')
    expect(processesIn(root)).not.toEqual([])
    run.meet(outOfMemory)
    const end = await run.ended
    expect(processesIn(root)).toEqual([])
    expect(end).toMatchObject({ exitCode: 137, interruption: null })
    expect((await logOf(files, end.outputs)).slice(1)).toEqual([
      'works',
      'Killed',
      'Exited with code 137',
      '',
    ])
    expect(pathsOf(end.outputs)).toEqual(['pid', 'process_output.log'])
  })

  it('comes in time also before the first command has started', async () => {
    const { files, start } = aWorkshop()
    const run = start(anOrder(anAnalysis('echo works > works')))
    run.meet(outOfMemory)
    const end = await run.ended
    expect(pathsOf(end.outputs)).toEqual(['process_output.log'])
    expect((await logOf(files, end.outputs)).slice(1)).toEqual(['Killed', 'Exited with code 137', ''])
  })

  it('replaces what they answer by themselves when it was ordered', async () => {
    const { run } = aWorkshop()
    const failing = [anAnalysis('echo one; exit 3'), anAnalysis('echo two')]
    const end = await run(anOrder(failing, { fate: { exitCode: 0, log: [] } }))
    expect(end.exitCode).toBe(0)
    expect(end.log.filter((line) => !line.startsWith('Launching'))).toEqual([
      'one',
      'Exited with code 0',
      '',
      'two',
      'Exited with code 0',
      '',
    ])
  })

  it('may be that nothing starts', async () => {
    const { run } = aWorkshop()
    const fate = { exitCode: 1, log: ['no licence'], startsNothing: true }
    const end = await run(anOrder(anAnalysis('echo works > works'), { fate }))
    expect(end.log.slice(1)).toEqual(['no licence', 'Exited with code 1', ''])
    expect(pathsOf(end.outputs)).toEqual(['process_output.log'])
  })

  it('may cut what was written last, and no input', async () => {
    const { files, run } = aWorkshop()
    const fate = { exitCode: 1, log: [], cutsOutputs: true }
    const inputs = [anInput(files, 'zzz.txt', 'an input')]
    const command = 'echo 12345 > first; sleep 0.05; printf 1234567890 > last; ln -s last link'
    const end = await run(anOrder(anAnalysis(command, { inputs }), { fate }))
    const texts = await Promise.all(
      ['first', 'last', 'zzz.txt'].map((path) => textOf(files, end.outputs, path)),
    )
    expect(texts).toEqual(['12345\n', '12345', 'an input'])
  })

  it('does not come when somebody stops the run before', async () => {
    const { files, start } = aWorkshop()
    const run = start(anOrder(anAnalysis('echo x > ready; sleep inf'), { fate: outOfMemory }))
    await fileOf(run, 'ready')
    run.stop()
    run.meet(outOfMemory)
    const end = await run.ended
    expect(end).toMatchObject({ exitCode: 143, interruption: 'stopped' })
    expect(await logOf(files, end.outputs)).not.toContain('Killed')
  })
})
