import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli, type Ended, ended, ensureBuilt, projectFolder } from './built-cli.ts'

/** The commands of the example's package.json and of its CI, in a copy that knows the package by a link. */
describe('the example of a repository that tests its contract', () => {
  let folder = ''
  beforeAll(async () => {
    await ensureBuilt()
    folder = await mkdtemp(join(tmpdir(), 'localscale-contract-ci-'))
    await cp(join(projectFolder, 'examples/contract-ci'), folder, { recursive: true })
    await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
    await symlink(projectFolder, join(folder, 'node_modules/localscale'))
    await symlink(builtCli, join(folder, 'node_modules/.bin/localscale'))
  }, 240_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const npm = (...args: string[]): Promise<Ended> => {
    const { NODE_OPTIONS: _, ...env } = process.env
    return ended(spawn('npm', args, { cwd: folder, env, shell: process.platform === 'win32' }))
  }

  it('tests its own client, and finds what that should not say', async () => {
    const { code, stdout, stderr } = await npm('test')
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('what our client should not say is found')
  })

  it('tells its own scenarios and the free ones of the suite to the mock, with reports for its CI', async () => {
    const { code, stdout, stderr } = await npm('run', 'contract')
    expect(code, stdout + stderr).toBe(0)
    expect(stdout).toContain('ours/log-of-a-job')
    const workflow = await readFile(join(folder, '.github/workflows/contract.yml'), 'utf8')
    const named = [...workflow.matchAll(/reports\/([\w.-]+)/g)].map(([, name]) => name)
    expect(named.length).toBeGreaterThan(0)
    expect(await readdir(join(folder, 'reports'))).toEqual(expect.arrayContaining(named))
  })
})
