import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ShownAddition, shownAddition } from './adding-a-scenario.ts'
import { type Ended, ended, projectFolder } from './built-cli.ts'
import { ownEnvironment } from './own-environment.ts'

/** Follows docs/contract-tests.md to the letter, in a copy of this repository. */
describe('a newcomer who adds the scenario that docs/contract-tests.md shows', () => {
  let folder = ''
  let shown: ShownAddition = { scenario: '', commands: [] }
  beforeAll(async () => {
    shown = await shownAddition()
    folder = await mkdtemp(join(tmpdir(), 'localscale-newcomer-'))
    await copyRepository()
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const notCopied = /\/(node_modules|dist|\.git|docs|bench)(\/|$)/

  async function copyRepository(): Promise<void> {
    const filter = (source: string) => !notCopied.test(source.slice(projectFolder.length - 1))
    await cp(projectFolder, folder, { recursive: true, filter })
    await mkdir(join(folder, 'node_modules'))
    const modules = await readdir(join(projectFolder, 'node_modules'))
    // What begins with a dot are caches, which belong to one repository each.
    for (const name of modules.filter((one) => one === '.bin' || !one.startsWith('.')))
      await symlink(join(projectFolder, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
  }

  const type = (command: string): Promise<Ended> =>
    ended(spawn('bash', ['-e', '-c', command], { cwd: folder, env: { ...ownEnvironment(), NO_COLOR: '1' } }))
  const shownCommand = (index: number) => type(shown.commands[index] ?? 'echo nothing is shown; false')
  const record = () => shownCommand(0)
  const tell = () => shownCommand(1)
  const grid = () => shownCommand(2)

  it('is told that nobody knows it, before it stands in the file of its group', async () => {
    const { code, stderr } = await record()
    expect([code, stderr]).toEqual([2, expect.stringContaining('no scenario is called files/rename')])
  })

  it('records it, tells it to all four targets, and sees the grid still whole', async () => {
    const file = join(folder, 'contract-tests/scenarios/files.ts')
    const source = await readFile(file, 'utf8')
    await writeFile(file, source.replace(/\]\n$/, `${shown.scenario}]\n`))

    const recorded = await record()
    expect(recorded.code, recorded.stdout + recorded.stderr).toBe(0)
    const told = await tell()
    expect(told.code, told.stdout + told.stderr).toBe(0)
    expect(told.stdout).toMatch(/Tests +4 passed/)
    const seen = await grid()
    expect(seen.code, seen.stdout + seen.stderr).toBe(0)
    expect(seen.stdout).toContain(' 0 unexplained')
    expect(shown.commands).toHaveLength(3)
  }, 60_000)
})
