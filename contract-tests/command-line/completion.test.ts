import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { itWith } from '../../client/test-support/programs.ts'
import { builtRescale, ensureBuilt } from '../programs/built-cli.ts'
import { type BuiltServer, startBuiltServer } from '../programs/built-server.ts'
import { aCommandLine } from './call.ts'

async function completed(words: readonly string[], options: { env?: Record<string, string> } = {}) {
  await using line = await aCommandLine()
  await mkdir(line.in('.config/rescale'), { recursive: true })
  await writeFile(line.in('.config/rescale/apiconfig'), '[default]\napikey = 1\n[mock]\napikey = 2\n')
  const { code, stdout, stderr } = await line.call(['__complete', 'bash', ...words], options)
  expect([code, stderr]).toEqual([0, ''])
  return stdout.split('\n').filter(Boolean)
}

describe('rescale completes', () => {
  it('nouns, verbs and options', async () => {
    expect(await completed(['j'])).toEqual(['jobs'])
    expect(await completed(['jobs', 'st'])).toEqual(['stop'])
    expect(await completed(['jobs', 'create', '--core'])).toEqual(['--coretype', '--cores'])
    expect(await completed(['--prof'])).toEqual(['--profile'])
    expect(await completed(['jobs', 'list', '--limit', ''])).toEqual([])
    expect(await completed(['nonsense', ''])).toEqual([])
  })

  it('values that are known beforehand, behind a blank or an =', async () => {
    expect(await completed(['jobs', 'list', '-o', 'n'])).toEqual(['ndjson'])
    expect(await completed(['jobs', 'list', '--output=j'])).toEqual(['--output=json'])
    expect(await completed(['jobs', 'list', '--status', 'WAITING'])).toEqual([
      'WAITING_FOR_CLUSTER',
      'WAITING_FOR_QUEUE',
    ])
    expect(await completed(['completion', ''])).toEqual(['bash', 'zsh', 'fish', 'powershell'])
  })

  it('live values: jobs, files, core types, analyses, projects, profiles', async () => {
    expect(await completed(['jobs', 'get', 'ObM'])).toEqual(['ObMcJc'])
    expect(await completed(['--profile', 'default', 'jobs', 'delete', 'a', 'ObM'])).toEqual([])
    expect(await completed(['jobs', 'delete', 'a', 'ObM'])).toEqual(['ObMcJc'])
    expect(await completed(['jobs', 'create', '--coretype', 'gran'])).toContain('granite')
    expect(await completed(['jobs', 'create', '--coretype=gran'])).toContain('--coretype=granite')
    expect(await completed(['analyses', 'get', 'ansys_fl'])).toContain('ansys_fluent')
    expect((await completed(['jobs', 'create', '--project', ''])).length).toBeGreaterThan(1)
    expect((await completed(['files', 'download', ''])).length).toBeGreaterThan(1)
    expect(await completed(['--profile', ''])).toEqual(['default', 'mock'])
    expect(await completed(['profile', 'use', 'm'])).toEqual(['mock'])
  })

  it('the files of a run, its runs, statuses, categories and methods where they belong, and no ids for paths', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const create = '--command true --coretype granite --cores 2 --walltime 1 --submit'
    const { id } = await line.json<{ id: string }>(`jobs create ${create}`)
    line.rescale.world().advanceTo({ job: id, status: 'Executing' })
    const at = async (...words: string[]) =>
      (await line.call(['__complete', 'bash', ...words])).stdout.split('\n').filter(Boolean)
    const running = await line.json<{ path: string }[]>(`api GET jobs/${id}/runs/1/directory-contents/`)
    expect(running.length).toBeGreaterThan(0)
    expect(await at('jobs', 'tail', id, '')).toEqual(running.map(({ path }) => path))
    expect(await at('jobs', 'tail', id, '--run', '')).toEqual(['1'])
    expect(await at('jobs', 'stop', id, '--run=')).toEqual(['--run=1'])
    expect(await at('jobs', 'stop', '--run', '')).toEqual([])
    expect(await at('jobs', 'tail', '../../etc', '')).toEqual([])
    expect(await at('jobs', 'create', '--file', '')).toEqual([])
    expect(await at('jobs', 'create', '-f', '')).toEqual([])
    expect(await at('jobs', 'watch', id, '--until', 'Ex')).toEqual(['Executing'])
    expect(await at('prices', 'cheapest', '--category', 'gen')).toContain('general')
    expect(await at('coretypes', 'list', '--category', 'gen')).toContain('general')
    expect(await at('api', 'P')).toEqual(['POST', 'PUT', 'PATCH'])
    // Those are what is usual; others are sent as well, in any case.
    expect((await line.call('api get users/me/')).code).toBe(0)
    expect((await line.call('api OPTIONS users/me/')).code).not.toBe(2)
  })

  it('nothing, quietly, when nobody can be asked', async () => {
    expect(await completed(['jobs', 'get', ''], { env: { RESCALE_API_KEY: 'z'.repeat(40) } })).toEqual([])
    expect(await completed(['jobs', 'get', ''], { env: { RESCALE_API_KEY: '' } })).toEqual([])
  })

  it('without asking the platform again for what hardly changes', async () => {
    await using line = await aCommandLine()
    let requests = 0
    const fetch = (request: Request) => {
      requests++
      return line.rescale.fetch(request)
    }
    const ask = () => line.call(['__complete', 'bash', 'jobs', 'create', '--coretype', 'gran'], { fetch })
    const first = await ask()
    const before = requests
    expect(before).toBeGreaterThan(0)
    expect(await ask()).toEqual(first)
    expect(first.stdout).toContain('granite')
    expect(requests).toBe(before)
  })
})

const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0

describe('the scripts', () => {
  let folder: string
  let server: BuiltServer
  let env: NodeJS.ProcessEnv

  beforeAll(async () => {
    await ensureBuilt()
    folder = await mkdtemp(join(tmpdir(), 'localscale-completion-test-'))
    server = await startBuiltServer()
    await symlink(builtRescale, join(folder, 'rescale'))
    await writeFile(join(folder, 'local.json'), '{}')
    env = {
      PATH: [folder, process.env.PATH].join(delimiter),
      HOME: folder,
      RESCALE_API_URL: server.url,
      RESCALE_API_KEY: server.apiKey,
    }
  }, 120_000)

  afterAll(async () => {
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const run = (program: string, args: readonly string[]) =>
    execFileSync(program, args, { env, cwd: folder, encoding: 'utf8' }).split('\n').filter(Boolean)

  itWith('bash')('complete in bash, also words with = in them', () => {
    const ask = (line: string, words: readonly string[]) =>
      run('bash', [
        '-c',
        `source <(rescale completion bash); COMP_LINE=${JSON.stringify(line)}; COMP_POINT=\${#COMP_LINE}
         COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _rescale
         printf '%s\\n' "\${COMPREPLY[@]}"`,
      ])
    expect(ask('rescale jobs get ObM', ['rescale', 'jobs', 'get', 'ObM'])).toEqual(['ObMcJc'])
    expect(ask('rescale jobs ', ['rescale', 'jobs', ''])).toContain('watch')
    expect(ask('rescale user --output=nd', ['rescale', 'user', '--output', '=', 'nd'])).toEqual(['ndjson'])
  })

  /** Whether a shell, started by `words` and made ready by `setup`, shows what is wanted when Tab is pressed. */
  const presses = (words: string[], setup: string, typed: readonly (readonly [string, string])[]) => {
    const typist = `
import json, os, pty, select, sys, time
words, setup, rows = json.loads(sys.argv[1])
pid, fd = pty.fork()
if pid == 0:
    os.execvp(words[0], words)
def until(text):
    seen, end = b'', time.time() + 15
    while text not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 65536)
    return seen
os.write(fd, setup.encode() + b'; echo sour""ced\\n')
until(b'sourced')
for typed, wanted in rows:
    os.write(fd, typed.encode() + b'\\t')
    print(typed if wanted.encode() in until(wanted.encode()) else 'nothing for ' + typed)
    os.write(fd, b'\\x15')
os.write(fd, b'exit\\n')
os.waitpid(pid, 0)`
    const shown = run('python3', ['-c', typist, JSON.stringify([words, setup, typed])])
    expect(shown).toEqual(typed.map(([line]) => line))
  }

  const TYPED = [
    ['rescale jobs get ObM', 'ObMcJc'],
    ['rescale jobs wat', 'watch '],
    ['rescale user --output=nd', '--output=ndjson'],
    ['rescale jobs create --file loc', 'local.json'],
  ] as const

  itWith('bash', 'python3')('complete in bash when somebody presses Tab', () => {
    presses(['bash', '--norc', '--noprofile', '-i'], 'source <(rescale completion bash)', TYPED)
  })

  itWith('zsh', 'python3')('complete in zsh when somebody presses Tab', () => {
    const setup = 'autoload -U compinit; compinit -u -D; source <(rescale completion zsh)'
    presses(['zsh', '-f', '-i'], setup, TYPED)
  })

  itWith('fish')('complete in fish', () => {
    const ask = (line: string) =>
      run('fish', [
        '--no-config',
        '-c',
        `rescale completion fish | source; complete -C ${JSON.stringify(line)}`,
      ])
    expect(ask('rescale jobs get ObM')).toEqual(['ObMcJc\tCompleted Estimate of pi'])
    expect(ask('rescale jobs wat')[0]).toMatch(/^watch\t/)
    expect(ask('rescale jobs create --file loc')).toEqual(['local.json'])
    expect(ask('rescale files upload loc')).toEqual(['local.json'])
  })

  it('complete in PowerShell', ({ skip }) => {
    skip(!has('pwsh'), 'there is no pwsh here; its grammar at least: powershell.test.ts')
    const ask = (line: string, at = line.length) =>
      run('pwsh', [
        '-NoProfile',
        '-NonInteractive',
        '-Command',
        `rescale completion powershell | Out-String | Invoke-Expression
         (TabExpansion2 -inputScript ${JSON.stringify(line)} -cursorColumn ${at}).CompletionMatches |
           ForEach-Object { "$($_.CompletionText)\t$($_.ToolTip)" }`,
      ])
    expect(ask('rescale jobs get ObM')).toEqual(['ObMcJc\tCompleted Estimate of pi'])
    expect(ask('rescale jobs wat')[0]).toMatch(/^watch\t/)
    expect(ask('rescale jobs ').length).toBeGreaterThan(10)
    expect(ask('rescale jobs wat --quiet', 16)[0]).toMatch(/^watch\t/)
    expect(ask('rescale user --output=nd')).toEqual(['--output=ndjson\t--output=ndjson'])
  })
})
