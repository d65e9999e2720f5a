import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunInput, RunOrder, RunPlan } from '../../domain/executor.ts'
import type { FileStore, StoredBytes } from '../../domain/file-store.ts'
import { minute, second } from '../../domain/instant.ts'
import { aTarGz, aZip } from '../testing/archives.ts'
import { anAnalysis, anInput, anOrder, calculatePi } from '../testing/orders.ts'
import { aMemoryStore } from '../testing/workshop.ts'
import type { Recipe } from './recipe.ts'
import { simulatedExecutor } from './simulated-executor.ts'

interface Planning {
  readonly files?: FileStore
  readonly recipes?: readonly Recipe[]
  readonly isPrepared?: boolean
}

async function planOf(
  order: RunOrder,
  { files = aMemoryStore(), recipes = [], isPrepared = true }: Planning = {},
) {
  const executor = simulatedExecutor({ files, recipes })
  if (isPrepared) await executor.prepare?.(order.analyses.flatMap(({ inputs }) => inputs))
  const execution = executor.execute(order)
  if (execution.kind !== 'planned') throw new Error('not planned')
  return execution.plan
}

const planOfCommand = (command: string, inputs: readonly RunInput[] = [], planning: Planning = {}) =>
  planOf(anOrder(anAnalysis(command, { inputs })), planning)

/** What the command itself wrote. */
const written = ({ log }: RunPlan): string[] => log.slice(1, -2).map(({ text }) => text)
const paths = ({ files }: RunPlan): string[] => files.map(({ relativePath }) => relativePath)

function contentOf(plan: RunPlan, path: string): Uint8Array | StoredBytes {
  const file = plan.files.find(({ relativePath }) => relativePath === path)
  if (!file) throw new Error(`no ${path} among ${paths(plan).join(', ')}`)
  return 'make' in file.content ? file.content.make() : file.content
}

/** The plan with the bytes of files instead of what makes them. */
const withBytes = (plan: RunPlan) => ({
  ...plan,
  files: plan.files.map((file) => ({ ...file, content: contentOf(plan, file.relativePath) })),
})

const textIn = (plan: RunPlan, path: string): string =>
  Buffer.from(contentOf(plan, path) as Uint8Array).toString()

describe('without inputs', () => {
  it('Python says which script is missing', async () => {
    const plan = await planOfCommand('python3 calculate_pi.py range.inp')
    expect(plan.exitCode).toBe(2)
    expect(plan.log.map(({ text }) => text)).toEqual([
      'Launching python3 calculate_pi.py range.inp, Working dir: /enc/uprod_aBcDeF/work.  Process output follows:',
      "python3: can't open file '/enc/uprod_aBcDeF/work/calculate_pi.py': [Errno 2] No such file or directory",
      'Exited with code 2',
      '',
    ])
    expect(plan.files).toEqual([])
  })

  it.each([
    ['./solver -in x', 127, ['bash: ./solver: No such file or directory']],
    ['cat none', 1, ['cat: none: No such file or directory']],
    ['ls none', 2, ["ls: cannot access 'none': No such file or directory"]],
    ['cd none', 1, ['bash: line 1: cd: none: No such file or directory']],
    ['solve < none', 1, ['bash: none: No such file or directory']],
    ['bash run.sh', 127, ['bash: run.sh: No such file or directory']],
    ['mpirun -np 4 ./solver', 127, ['bash: ./solver: No such file or directory']],
    ['rm testfile.7z.*', 1, ["rm: cannot remove 'testfile.7z.*': No such file or directory"]],
    ['tar xzf none.tar.gz', 2, ['tar: none.tar.gz: Cannot open: No such file or directory']],
    ['echo "unfinished', 2, ['bash: -c: line 1: unexpected EOF while looking for matching `"\'']],
    ['echo one; exit 3; echo two', 3, ['one']],
    ['false || echo yes && exit 4', 4, ['yes']],
    ['set -e; false; echo never', 1, []],
    ['true', 0, []],
    ['# ', 0, []],
    [':', 0, []],
    ['#none', 0, []],
    ['', 0, []],
    ['X=1; echo $X "$X" \'$X\' $NONE end', 0, ['1 1 $X end']],
    ['echo $RESCALE_CORES_PER_SLOT', 0, ['2']],
    ['echo a > f; echo b >> f; cat f', 0, ['a', 'b']],
    ['echo out; cat none >&2; cat none 2> /dev/null', 1, ['out', 'cat: none: No such file or directory']],
    ['printf "%s-%s\\n" a b', 0, ['a-b']],
    ["echo checksum `echo abc def | awk '{print $2}'`", 0, ['checksum def']],
    ['pwd; cd ..; pwd', 0, ['/enc/uprod_aBcDeF/work', '/enc/uprod_aBcDeF']],
    ['[ -f none ] && echo there || echo absent', 0, ['absent']],
    ["cat << 'EOF'\nx $HOME\nEOF", 0, ['x $HOME']],
  ])('%j answers %i', async (command, exitCode, lines) => {
    const order = anOrder(anAnalysis(command), { environment: { RESCALE_CORES_PER_SLOT: '2' } })
    const plan = await planOf(order)
    expect(written(plan)).toEqual(lines)
    expect(plan.exitCode).toBe(exitCode)
    expect(plan.log.at(-2)?.text).toBe(`Exited with code ${exitCode}`)
  })

  it('a solver that we do not have takes its time, says that it is none, and succeeds', async () => {
    const plan = await planOfCommand('fluent 3ddp -gu -i run_plot.jou')
    expect(plan.exitCode).toBe(0)
    expect(plan.duration).toBeGreaterThanOrEqual(20 * second)
    expect(plan.duration).toBeLessThanOrEqual(80 * second)
    const [first, ...reports] = written(plan)
    expect(first).toBe('LocalScale: simulated, nothing is computed: fluent')
    const residuals = reports.map((line) => Number(/residual (\S+)$/.exec(line)?.[1]))
    expect(residuals).toEqual([...residuals].sort((one, other) => other - one))
    expect(residuals.every((residual) => residual > 0 && residual < 1)).toBe(true)
    const times = plan.log.map(({ after }) => after)
    expect(times).toEqual([...times].sort((one, other) => one - other))
    expect(times.at(-1)).toBe(plan.duration)
  })

  it('loops and conditions are not gone through', async () => {
    const plan = await planOfCommand('for i in 1 2; do ./run $i; done')
    expect(plan.exitCode).toBe(0)
    expect(written(plan)[0]).toContain('for i in 1 2; do ./run $i; done')
  })
})

describe('time', () => {
  it('passes with sleep', async () => {
    expect((await planOfCommand('sleep 1.5; sleep 2m')).duration).toBe(121.5 * second + 0)
  })

  it.each(['sleep inf', 'sleep infinity', 'sleep 99999999999', 'echo x > f; sleep inf'])(
    'never ends after %j',
    async (command) => {
      const plan = await planOfCommand(command)
      expect(plan.duration).toBeNull()
      expect(plan.log.map(({ text }) => text)).toEqual([expect.stringMatching(/^Launching /)])
    },
  )

  it('does not wait for what is in the background', async () => {
    expect((await planOfCommand('sleep inf & echo x')).duration).toBeLessThan(second)
  })
})

describe('inputs', () => {
  it('become outputs, as the whole work folder does', async () => {
    const files = aMemoryStore()
    const inputs = [anInput(files, 'calculate_pi.py', calculatePi), anInput(files, 'sub/range.inp', '1')]
    const plan = await planOfCommand('python3 calculate_pi.py sub/range.inp', inputs, { files })
    expect(plan.exitCode).toBe(0)
    expect(plan.files).toEqual([
      { relativePath: 'calculate_pi.py', after: 0, content: inputs[0]?.bytes },
      { relativePath: 'sub/range.inp', after: 0, content: inputs[1]?.bytes },
    ])
  })

  it('can be missing for a script that is there', async () => {
    const files = aMemoryStore()
    const plan = await planOfCommand(
      'python3 calculate_pi.py range.inp',
      [anInput(files, 'calculate_pi.py', calculatePi)],
      { files },
    )
    expect(plan.exitCode).toBe(1)
    expect(written(plan).at(-1)).toBe("FileNotFoundError: [Errno 2] No such file or directory: 'range.inp'")
  })

  it('that are text are read', async () => {
    const files = aMemoryStore()
    const inputs = [
      anInput(files, 'range.inp', '100\n'),
      anInput(files, 'run.sh', '#!/bin/bash\ncat range.inp\n./none\n'),
    ]
    const plan = await planOfCommand('./run.sh; echo $?', inputs, { files })
    expect(written(plan)).toEqual(['100', 'bash: ./none: No such file or directory', '127'])
  })

  it('that are scripts starting each other come to an end', async () => {
    const files = aMemoryStore()
    const inputs = [anInput(files, 'run.sh', '#!/bin/sh\n./run.sh\n./run.sh\n./run.sh\n')]
    expect((await planOfCommand('./run.sh', inputs, { files })).exitCode).toBeGreaterThanOrEqual(0)
  })

  it('in a flat archive are beside it and in a folder of its name', async () => {
    const files = aMemoryStore()
    const zip = anInput(
      files,
      'job_inputs.zip',
      await aZip({ 'calculate_pi.py': calculatePi, 'range.inp': '1' }),
    )
    const plan = await planOfCommand('cd job_inputs; python calculate_pi.py range.inp', [zip], { files })
    expect(plan.exitCode).toBe(0)
    expect(paths(plan)).toEqual([
      'calculate_pi.py',
      'job_inputs.zip',
      'job_inputs/calculate_pi.py',
      'job_inputs/range.inp',
      'range.inp',
    ])
    expect(textIn(plan, 'job_inputs/range.inp')).toBe('1')
  })

  it('in an archive with a top folder are in that folder', async () => {
    const files = aMemoryStore()
    const tgz = anInput(
      files,
      'any.tar.gz',
      aTarGz([{ path: 'echoware/bin/echo.sh', content: '#!/bin/sh\necho works\n' }]),
    )
    const plan = await planOfCommand('./echoware/bin/echo.sh', [tgz], { files })
    expect(plan).toMatchObject({ exitCode: 0 })
    expect(paths(plan)).toEqual(['any.tar.gz', 'echoware/bin/echo.sh'])
  })

  it('in an archive that is not to be unpacked are missing', async () => {
    const files = aMemoryStore()
    const zip = anInput(files, 'job_inputs.zip', await aZip({ a: '1' }), false)
    const plan = await planOfCommand('cd job_inputs && true', [zip], { files })
    expect(plan.exitCode).toBe(1)
    expect(paths(plan)).toEqual(['job_inputs.zip'])
  })

  it('in an archive that nobody looked into are taken to be there', async () => {
    const files = aMemoryStore()
    const zip = anInput(files, 'job_inputs.zip', await aZip({ a: '1' }))
    const plan = await planOfCommand('cd anything; python calculate_pi.py', [zip], {
      files,
      isPrepared: false,
    })
    expect(plan.exitCode).toBe(0)
  })

  it('that are broken archives are only themselves', async () => {
    const files = aMemoryStore()
    const plan = await planOfCommand('cd job_inputs', [anInput(files, 'job_inputs.zip', 'no zip')], { files })
    expect(plan.exitCode).toBe(1)
    expect(paths(plan)).toEqual(['job_inputs.zip'])
  })

  it('never lie outside, whatever they are called', async () => {
    const files = aMemoryStore()
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (names) => {
        const inputs = names.map((name) => anInput(files, name, 'x'))
        for (const path of paths(await planOfCommand('ls', inputs, { files, isPrepared: false }))) {
          expect(
            path.split('/').some((segment) => segment === '..' || segment === '' || segment === '.'),
          ).toBe(false)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('outputs', () => {
  it('of openssl have the size it would write, up to a limit', async () => {
    const plan = await planOfCommand(
      'openssl rand -out small -base64 99; openssl rand -hex 8 > hex; openssl rand -out large -base64 792917038',
    )
    expect((contentOf(plan, 'small') as Uint8Array).length).toBe(135)
    expect(textIn(plan, 'hex')).toMatch(/^[\w+/]{17}$/)
    expect((contentOf(plan, 'large') as Uint8Array).length).toBe(64 * 1024 * 1024)
  })

  it('grow while they are written', async () => {
    const plan = await planOfCommand('fluent > residuals.log')
    const [file] = plan.files
    expect(file).toMatchObject({ relativePath: 'residuals.log', from: 0, after: plan.duration })
    expect(written(plan)).toEqual([])
    expect(textIn(plan, 'residuals.log')).toContain('iteration   50')
  })

  it('can be joined, copied, moved and removed', async () => {
    const files = aMemoryStore()
    const parts = ['testfile.7z.001', 'testfile.7z.002'].map((name) =>
      anInput(files, name, Buffer.alloc(100_000, 1)),
    )
    const command =
      'cat testfile.7z.* > testfile.7z; rm testfile.7z.*; cp testfile.7z copy; mv copy moved; mkdir d; mv moved d'
    const plan = await planOfCommand(command, parts, { files })
    expect(plan.exitCode).toBe(0)
    expect(paths(plan)).toEqual(['d/moved', 'testfile.7z'])
    expect((contentOf(plan, 'testfile.7z') as Uint8Array).length).toBe(200_000)
  })

  it('are hashed as they are', async () => {
    const files = aMemoryStore()
    const input = anInput(files, 'data', 'some data')
    expect(written(await planOfCommand('shasum -a 512 data', [input], { files }))).toEqual([
      `${input.bytes.sha512}  data`,
    ])
  })

  it('are the same for the same seed, and others for another', async () => {
    const plan = (seed: number) =>
      planOf(anOrder(anAnalysis('openssl rand -out f 50; fluent'), { random: () => seed }))
    expect(withBytes(await plan(0.25))).toEqual(withBytes(await plan(0.25)))
    expect(textIn(await plan(0.25), 'f')).not.toEqual(textIn(await plan(0.75), 'f'))
  })
})

describe('several analyses', () => {
  it('share the folder and end with the first that fails', async () => {
    const plan = await planOf(
      anOrder([anAnalysis('echo x > f'), anAnalysis('cat f; cat none'), anAnalysis('echo never')]),
    )
    expect(plan.log.map(({ text }) => text)).toEqual([
      'Launching echo x > f, Working dir: /enc/uprod_aBcDeF/work.  Process output follows:',
      'Exited with code 0',
      '',
      'Launching cat f; cat none, Working dir: /enc/uprod_aBcDeF/work/shared.  Process output follows:',
      'x',
      'cat: none: No such file or directory',
      'Exited with code 1',
      '',
    ])
    expect(plan.exitCode).toBe(1)
  })
})

describe('any command', () => {
  const pieces = fc.constantFrom(
    'cat',
    'cp',
    'mv',
    'rm -rf',
    'a',
    'b',
    '*',
    '?',
    '..',
    '/',
    ';',
    '&&',
    '||',
    '|',
    '&',
    '>',
    '>>',
    '<',
    '2>&1',
    '$(',
    ')',
    '`',
    '"',
    "'",
    '$X',
    'X=',
    'sleep',
    '1e9',
    'inf',
    'exit',
    '-1',
    'openssl rand -out',
    '-base64',
    'head -c',
    'dd',
    'of=',
    'bs=9G',
    'mpirun',
    'env',
    'bash -c',
    './a',
    '[',
    ']',
    'cd',
    '<<',
    'EOF',
    '\n',
    '#',
    '{',
    'awk',
    "'{print $9}'",
    'tar xf',
    'x.tar',
    'set -e',
  )

  it('is planned without an exception, in order and within the folder', async () => {
    const executor = simulatedExecutor({ files: aMemoryStore() })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces, { maxLength: 40 }).map((words) => words.join(' ')),
        ),
        (command) => {
          const execution = executor.execute(anOrder(anAnalysis(command)))
          if (execution.kind !== 'planned') throw new Error('not planned')
          const { plan } = execution
          expect(
            plan.log.some(
              ({ text }) => text.startsWith('LocalScale:') && !text.includes('nothing is computed'),
            ),
          ).toBe(false)
          const times = plan.log.map(({ after }) => after)
          expect(times).toEqual([...times].sort((one, other) => one - other))
          expect(times.every((time) => time >= 0 && Number.isSafeInteger(time))).toBe(true)
          for (const { relativePath } of plan.files) expect(relativePath).not.toMatch(/(^|\/)\.\.?(\/|$)|^\//)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['A=x; ', 'A=$A$A; ', 40],
    ['', 'cat big >> big; ', 2_000],
    ['touch a b c; ', 'ls * * * * * *; ', 2_000],
    ['', 'env ', 20_000],
    ['', 'echo $(', 5_000],
    ['', 'bash -c "', 500],
    ['', 'openssl rand 1000000000 > f; ', 500],
  ])('takes little time and memory: %j, then many %j', async (first, piece, times) => {
    const before = process.cpuUsage()
    await planOfCommand(first + piece.repeat(times))
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000)
  })
})

describe('recipes', () => {
  const recipe = (changes: Partial<Recipe> = {}): Recipe => ({
    name: 'mine',
    matches: () => true,
    plan: () => ({}),
    ...changes,
  })

  it('decide what happens in the runs they match', async () => {
    const recipes = [
      recipe({ matches: ({ jobName }) => jobName === 'other' }),
      recipe({
        plan: () => ({
          duration: '90s',
          exitCode: 3,
          log: ['one', { after: '80s', text: 'two' }],
          files: [
            { path: 'result.txt', content: 'text' },
            { path: 'sub/grows.bin', size: '1 KiB', from: '10s', after: '60s' },
          ],
        }),
      }),
    ]
    const plan = await planOf(anOrder(anAnalysis('solve')), { recipes })
    expect(plan).toMatchObject({ duration: 1.5 * minute, exitCode: 3 })
    expect(plan.log).toEqual([
      { after: 0, text: expect.stringMatching(/^Launching solve, /) },
      { after: 30 * second, text: 'one' },
      { after: 80 * second, text: 'two' },
      { after: 90 * second, text: 'Exited with code 3' },
      { after: 90 * second, text: '' },
    ])
    expect(plan.files.map(({ relativePath, after, from }) => ({ relativePath, after, from }))).toEqual([
      { relativePath: 'result.txt', after: 90 * second, from: undefined },
      { relativePath: 'sub/grows.bin', after: minute, from: 10 * second },
    ])
    expect(contentOf(plan, 'sub/grows.bin')).toHaveLength(1024)
  })

  it('keep the inputs and the other analyses', async () => {
    const files = aMemoryStore()
    const analyses = [
      anAnalysis('# '),
      anAnalysis('solve', { inputs: [anInput(files, 'in', 'x')] }),
      anAnalysis('more'),
    ]
    const plan = await planOf(anOrder(analyses), {
      files,
      recipes: [recipe({ plan: () => ({ log: ['mine'] }) })],
    })
    expect(plan.log.map(({ text }) => text.replace(/, Working.*/, ''))).toEqual([
      'Launching # ',
      'Exited with code 0',
      '',
      'Launching solve',
      'mine',
      'Exited with code 0',
      '',
      'Launching more',
      'Exited with code 0',
      '',
    ])
    expect(paths(plan)).toEqual(['in'])
  })

  it('may run until they are stopped', async () => {
    const plan = await planOf(anOrder(anAnalysis('solve')), {
      recipes: [recipe({ plan: () => ({ duration: null, log: ['on'] }) })],
    })
    expect(plan.duration).toBeNull()
    expect(plan.log.map(({ text }) => text).slice(1)).toEqual(['on'])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
      'LocalScale: broken',
    ],
    [
      'plans nonsense',
      () => ({ duration: 'soon' }),
      'LocalScale: recipe "mine".duration: "soon" is not a duration such as "90s", "5 min" or "1.5h"',
    ],
  ])('that %s fails the job and says why', async (_what, plan, line) => {
    const planned = await planOf(anOrder(anAnalysis('solve')), { recipes: [recipe({ plan })] })
    expect(planned.exitCode).toBe(1)
    expect(written(planned)).toEqual([line])
  })
})
