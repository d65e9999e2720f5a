import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, ended, projectFolder } from './built-cli.ts'
import { installPacked } from './packed.ts'

/** The commands of the example's package.json and of its CI, in a copy into which the packed package was installed. */
describe('the example of a repository that tests its contract', () => {
  let folder = ''
  let entries: readonly string[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localscale-contract-ci-'))
    await cp(join(projectFolder, 'examples/contract-ci'), folder, { recursive: true })
    entries = Object.keys((await installPacked(folder)).exports)
  }, 240_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const run = (program: string, ...args: string[]): Promise<Ended> => {
    const { NODE_OPTIONS: _, ...inherited } = process.env
    // What an npm or npx above these tests was told is not for theirs.
    const env = Object.fromEntries(Object.entries(inherited).filter(([name]) => !/^npm_/i.test(name)))
    return ended(spawn(program, args, { cwd: folder, env, shell: process.platform === 'win32' }))
  }

  it('tests its own client, and finds what that should not say', async () => {
    const { code, stdout, stderr } = await run('npm', 'test')
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('what our client should not say is found')
  })

  it('tells its own scenarios and the free ones of the suite to the mock, with reports for its CI', async () => {
    const { code, stdout, stderr } = await run('npm', 'run', 'contract')
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('ours/log-of-a-job')
    const workflow = await readFile(join(folder, '.github/workflows/contract.yml'), 'utf8')
    const named = [...workflow.matchAll(/reports\/([\w.-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(0)
    expect(await readdir(join(folder, 'reports'))).toEqual(expect.arrayContaining(named))
  })

  it('takes the scenario that docs/contract-tests.md adds as it stands there', async () => {
    const page = await readFile(join(projectFolder, 'docs/contract-tests.md'), 'utf8')
    const [, shown] = /## Adding a scenario[\s\S]*?```ts\n([\s\S]*?)```/.exec(page) ?? []
    if (shown === undefined) throw new Error('docs/contract-tests.md shows no scenario')
    const module = `import { expectEqual, scenario } from 'localscale/contract'\nexport const scenarios = [\n${shown}]\n`
    await writeFile(join(folder, 'contract/from-docs.mjs'), module)
    const { code, stdout, stderr } = await run(
      ...(['npx', '--no-install', 'localscale', 'contract', 'run'] as const),
      ...['--scenarios', 'contract/from-docs.mjs', '--only', 'files/rename'],
    )
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('✓ files/rename  a file that is renamed is found by its new name')
  })

  it('finds everything that the package says it exports', async () => {
    expect(entries.length).toBeGreaterThan(6)
    const imports = entries.map((entry) => {
      const kind = entry.endsWith('.json') ? ", { with: { type: 'json' } }" : ''
      return `await import('${entry.replace(/^\./, 'localscale')}'${kind})`
    })
    const { code, stderr } = await run(
      'node',
      '--no-warnings',
      '--input-type=module',
      '-e',
      imports.join('\n'),
    )
    expect([code, stderr]).toEqual([0, ''])
  })

  it('replays a recording to its own code, with the network locked', async () => {
    const recording = join(projectFolder, 'contract-tests/recordings/access/who-am-i.cassette.json')
    const program = `
      import { readCassette, replayServer } from 'localscale/contract'
      const server = await replayServer(await readCassette(${JSON.stringify(recording)}))
      server.listen()
      const me = 'https://platform.rescale.com/api/v2/users/me/'
      const headers = { authorization: 'Token any' }
      const statuses = [(await fetch(me)).status, (await fetch(me, { headers })).status]
      await fetch('https://platform.rescale.com/api/v2/', { headers })
      server.finish()
      console.log(statuses.join())
      server.close()`
    const { code, stdout, stderr } = await run('node', '--no-warnings', '--input-type=module', '-e', program)
    expect([code, stdout, stderr]).toEqual([0, '401,200\n', ''])
  })

  it('has the command at hand', async () => {
    const { code, stdout } = await run('npx', '--no-install', 'localscale', 'contract', 'list')
    expect([code, stdout]).toEqual([0, expect.stringContaining('access/who-am-i')])
  })
})
