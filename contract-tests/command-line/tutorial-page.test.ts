import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { steps } from '../../examples/tutorial/steps/index.ts'
import { findProgram } from '../../mock-server/find-program.ts'
import { builtRescale, ended, ensureBuilt, projectFolder } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { matches, type ShownCall, shownCalls } from './tutorial-page.ts'

const page = await readFile(join(projectFolder, 'docs/tutorial.md'), 'utf8')
const programs = ['bash', 'curl', 'ssh-keygen', 'openssl', 'python3']

it('takes … for anything, and nothing else for anything but itself', () => {
  expect(matches(['a …', '…', 'c'], 'a 1\nb\nb\nc\n')).toBe(true)
  expect(matches(['a …', '…', 'c'], 'a 1\nc\n')).toBe(true)
  expect(matches(['a …', 'c'], 'a 1\nb\nc\n')).toBe(false)
  expect(matches(['a.b'], 'axb\n')).toBe(false)
  expect(matches([], '')).toBe(true)
  expect(matches([], 'something\n')).toBe(false)
  expect(matches(['ID …'], '')).toBe(false)
})

it('has every step of the tutorial, in its order, each with a call of rescale', () => {
  const headings = page.split('\n').filter((line) => line.startsWith('### '))
  expect(headings).toEqual(steps.map(({ title }) => `### ${title}`))
  const calls = shownCalls(page)
  const called = (title: string) =>
    calls.some(({ step, command }) => step === title && /\brescale /.test(command))
  expect(steps.filter(({ title }) => !called(title)).map(({ title }) => title)).toEqual([])
})

const missing = programs.filter((name) => !findProgram(name))

describe.skipIf(missing.length > 0)(
  `the page${missing.map((name) => ` (skipped: no ${name})`).join('')}`,
  () => {
    let home: string
    let server: BuiltServer

    beforeAll(async () => {
      await ensureBuilt()
      home = await mkdtemp(join(tmpdir(), 'localscale-page-test-'))
      server = await startBuiltServer(
        [
          '--executor',
          'shell',
          '--pace',
          '3000x',
          '--data-dir',
          join(home, 'data'),
          '--write-profile',
          'mock',
        ],
        { HOME: home },
      )
      await cp(join(projectFolder, 'examples/tutorial/job-inputs'), join(home, 'inputs'), { recursive: true })
      await symlink(builtRescale, join(home, 'rescale'))
    }, 120_000)

    afterAll(async () => {
      await server?.stop()
      await rm(home, { recursive: true, force: true })
    })

    it.each(['tutorial', 'cli'])('%s is what happens, call by call', { timeout: 240_000 }, async (name) => {
      const calls = shownCalls(await readFile(join(projectFolder, `docs/${name}.md`), 'utf8'))
      const results = await typed(calls, home, server.url)
      const wrong = calls.flatMap(({ step, command, output, exitCode }, index) => {
        const { code, text } = results[index] ?? { code: undefined, text: 'was not reached\n' }
        if (code === exitCode && matches(output, text)) return []
        return [
          `${step}\n$ ${command}\n${text}[exit ${code}]\nbut the page says\n${output.join('\n')}\n[exit ${exitCode}]\n`,
        ]
      })
      expect(calls.length).toBeGreaterThan(3)
      expect(wrong.join('\n')).toBe('')
    })
  },
)

const MARK = '--end-of-call--'

/** Runs all calls in one bash, so that later ones find the variables of earlier ones. */
async function typed(all: readonly ShownCall[], home: string, url: string) {
  const script = all.map(({ command }) => `{ ${command}\n} 2>&1\necho "${MARK}$?"`).join('\n')
  // Not on stdin, which commands on clusters read.
  const path = join(home, 'page.sh')
  await writeFile(path, script)
  const bash = spawn('bash', [path], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: join(home, 'inputs'),
    env: {
      PATH: [home, process.env.PATH].join(delimiter),
      HOME: home,
      RESCALE_PROFILE: 'mock',
      RESCALE_URL: url,
      RESCALE_INTERVAL: '50ms',
      LANG: 'C.UTF-8',
    },
  })
  const { stdout } = await ended(bash)
  return stdout
    .split(MARK)
    .slice(0, -1)
    .map((text, index, texts) => {
      const next = stdout.split(MARK)[index + 1] ?? ''
      return {
        code: Number(/^\d+/.exec(next)?.[0]),
        text: index === 0 ? text : (texts[index] ?? '').replace(/^\d+\n/, ''),
      }
    })
}
