import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shownAddition, shownIn } from './adding-a-scenario.ts'
import { type Ended, ended, projectFolder } from './built-cli.ts'
import { ownEnvironment } from './own-environment.ts'
import { packInto } from './packed.ts'
import { workflowSteps } from './workflow-steps.ts'

const example = join(projectFolder, 'examples/contract-ci')
const steps = workflowSteps(readFileSync(join(example, '.github/workflows/contract.yml'), 'utf8'))
const commands = steps.flatMap(({ run }) => run ?? [])

/** A copy of the example as its page makes it, with the packed package; then all that its workflow runs, command by command. */
describe('the example of a repository that tests its contract', () => {
  let folder = ''
  const ran = new Map<string, Ended>()
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localscale-contract-ci-'))
    await cp(example, folder, { recursive: true })
    await packInto(folder)
    await writeLock()
    for (const command of commands) ran.set(command, await inBash(command))
  }, 240_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /**
   * By the command that the example's page gives for it. It finds our own lock, and keeps the versions that stand there:
   * so npm has all of them since this project was installed, and asks no registry.
   */
  async function writeLock(): Promise<void> {
    await cp(join(projectFolder, 'package-lock.json'), join(folder, 'package-lock.json'))
    const page = await readFile(join(example, 'README.md'), 'utf8')
    const [install = 'the page installs nothing'] = /^npm install .*tgz/m.exec(page) ?? []
    const { code, stderr } = await inBash(install, { npm_config_package_lock_only: 'true' })
    if (code !== 0) throw new Error(`${install}: ${stderr}`)
  }

  /** As a runner does it. */
  const inBash = (command: string, more: NodeJS.ProcessEnv = {}) => run('bash', ['-e', '-c', command], more)

  const inNode = (module: string) =>
    run(process.execPath, ['--no-warnings', '--input-type=module', '-e', module])

  function run(program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const env = {
      ...ownEnvironment(),
      npm_config_prefer_offline: 'true',
      npm_config_ignore_scripts: 'true',
      npm_config_audit: 'false',
      GITHUB_STEP_SUMMARY: join(folder, 'step-summary.md'),
      ...more,
    }
    return ended(spawn(program, args, { cwd: folder, env }))
  }

  it.each(commands)('passes the step `%s` of its workflow', (command) => {
    const { code, stdout, stderr } = ran.get(command) ?? { code: null, stdout: 'not run', stderr: '' }
    expect(code, stdout + stderr).toBe(0)
  })

  it('tests its own client, and finds what that should not say', () => {
    expect(ran.get('npm test')?.stdout).toContain('what our client should not say is found')
  })

  it('tells its own scenarios and the free ones of the suite to the mock', () => {
    expect(ran.get('npm run contract')?.stdout).toContain('ours/log-of-a-job')
  })

  it('shows the runner a summary, and hands the next action a file of findings', async () => {
    expect(await readFile(join(folder, 'step-summary.md'), 'utf8')).toMatch(
      /^## Contract: .*\n+\d+ passed, 0 failed/,
    )
    const [sarif] = steps.flatMap((step) => step.with?.sarif_file ?? [])
    const { version, runs } = JSON.parse(await readFile(join(folder, String(sarif)), 'utf8'))
    expect([version, runs.length]).toEqual(['2.1.0', 1])
  })

  it('takes the scenario that docs/contract-tests.md adds as it stands there', async () => {
    const shown = await shownAddition()
    const module = `import { expectEqual, scenario } from 'localscale/contract'\nexport const scenarios = [\n${shown.scenario}]\n`
    await writeFile(join(folder, 'contract/from-docs.mjs'), module)
    const { code, stdout, stderr } = await inBash(
      'npx --no-install localscale contract run --scenarios contract/from-docs.mjs --only files/rename',
    )
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('✓ files/rename  a file that is renamed is found by its new name')
  })

  it('checks a client of its own by the lines that docs/contract-tests.md shows', async () => {
    const shown = (await shownIn('In your own repository'))('js')
    const client = `
      import assert from 'node:assert/strict'
      import { runJob } from './src/run-job.mjs'
      const wait = async () => rescale.world().advanceTo('next')
      const job = (await import('localscale/contract')).jobRequest({ name: 'ours', command: 'true' })
      const yourClient = (given) => runJob({ baseUrl: 'http://rescale.test', wait, ...given }, job)\n`
    const after = `
      console.log(watched.exchanges.length > 3)
      const headers = { Authorization: 'Token ' + rescale.apiKey }
      await (await watched.fetch('http://rescale.test/api/v2/jobs/?colour=red', { headers })).text()
      console.log(watched.findings().filter(countsAsFinding).length)
      await rescale.close()`
    const { code, stdout, stderr } = await inNode(client + shown + after)
    expect([code, stdout, stderr]).toEqual([0, 'true\n1\n', ''])
  })

  it('tells its scenarios by the command that docs/contract-tests.md shows', async () => {
    const { code, stdout, stderr } = await inBash((await shownIn('In your own repository'))('sh'))
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('ours/log-of-a-job')
  })

  it('finds everything that the package says it exports', async () => {
    const home = join(folder, 'node_modules/localscale')
    const { exports } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
    const entries = Object.keys(exports)
    expect(entries.length).toBeGreaterThan(6)
    const imports = entries.map((entry) => {
      const kind = entry.endsWith('.json') ? ", { with: { type: 'json' } }" : ''
      return `await import('${entry.replace(/^\./, 'localscale')}'${kind})`
    })
    const { code, stderr } = await inNode(imports.join('\n'))
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
    const { code, stdout, stderr } = await inNode(program)
    expect([code, stdout, stderr]).toEqual([0, '401,200\n', ''])
  })

  it('has the command at hand', async () => {
    const { code, stdout } = await inBash('npx --no-install localscale contract list')
    expect([code, stdout]).toEqual([0, expect.stringContaining('access/who-am-i')])
  })
})
