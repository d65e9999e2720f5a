import { spawn, spawnSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findProgram } from '../../mock-server/find-program.ts'
import { type Ended, ended, ensureBuilt, projectFolder } from './built-cli.ts'
import { startBuiltServer } from './built-server.ts'

const python = findProgram('python3')
const hasRequests = python !== null && spawnSync(python, ['-c', 'import requests']).status === 0
const programs = fileURLToPath(new URL('.', import.meta.url))

let folder = ''
beforeEach(async () => {
  await ensureBuilt()
  folder = await mkdtemp(join(tmpdir(), 'localscale-python-'))
  await mkdir(join(folder, 'home'))
  await cp(join(projectFolder, 'examples/tutorial/job-inputs'), join(folder, 'job_inputs'), {
    recursive: true,
  })
}, 120_000)
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs a program of this folder as a user would: next to its inputs, with an apiconfig at home. */
async function run(program: string, args: readonly string[] = []): Promise<Ended> {
  const env = { HOME: join(folder, 'home') }
  await using _server = await startBuiltServer(
    ['--executor', 'shell', '--pace', '600x', '--check-answers', '--write-profile', 'default'],
    env,
  )
  const child = spawn(python ?? 'python3', ['-B', join(programs, program), ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
  })
  return await ended(child)
}

describe.skipIf(!python)(
  python ? 'Python programs' : 'Python programs (skipped: there is no python3)',
  () => {
    it('walk the cells of the tutorial', { timeout: 120_000 }, async () => {
      const { code, stdout, stderr } = await run('notebook.py')
      expect(stderr).toBe('')
      expect(code).toBe(0)
      const cells = stdout.split('\n').flatMap((line) => /^cell +(\d+): /.exec(line)?.[1] ?? [])
      expect(cells.map(Number)).toEqual([
        3, 5, 7, 10, 13, 15, 17, 19, 22, 24, 26, 28, 30, 32, 35, 37, 39, 42, 44, 47, 49, 52, 54, 56, 58, 63,
        68, 71, 73, 75, 78, 80, 82,
      ])
    })

    it('send the odd requests that requests makes', { timeout: 120_000 }, async () => {
      const { code, stdout, stderr } = await run('requests_quirks.py')
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout.trim().split('\n').at(-1)).toMatch(/^\d+ quirks$/)
    })

    describe.skipIf(!hasRequests)(
      hasRequests ? 'with the package requests' : 'with the package requests (skipped: it is not installed)',
      () => {
        it('walk the cells of the tutorial', { timeout: 120_000 }, async () => {
          const { code, stderr } = await run('notebook.py', ['--requests'])
          expect([code, stderr]).toEqual([0, ''])
        })

        it('are imitated byte by byte', { timeout: 120_000 }, async () => {
          const { code, stderr } = await run('requests_quirks.py', ['--compare-with-requests'])
          expect([code, stderr]).toEqual([0, ''])
        })
      },
    )
  },
)
