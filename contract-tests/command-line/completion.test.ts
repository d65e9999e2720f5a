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
    execFileSync(program, args, { env, encoding: 'utf8' }).split('\n').filter(Boolean)

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

  itWith('bash', 'python3')('complete in bash when somebody presses Tab', () => {
    const typist = `
import os, pty, select, time
pid, fd = pty.fork()
if pid == 0:
    os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])
def until(text):
    seen, end = b'', time.time() + 15
    while text not in seen and time.time() < end:
        if select.select([fd], [], [], 0.2)[0]:
            seen += os.read(fd, 65536)
    return seen
os.write(fd, b'source <(rescale completion bash); echo sour""ced\\n')
until(b'sourced')
for typed, wanted in ((b'rescale jobs get ObM\\t', b'ObMcJc'), (b'rescale jobs wat\\t', b'watch ')):
    os.write(fd, typed)
    print(wanted in until(wanted))
    os.write(fd, b'\\x15')
os.write(fd, b'exit\\n')
os.waitpid(pid, 0)`
    expect(run('python3', ['-c', typist])).toEqual(['True', 'True'])
  })

  itWith('zsh')('complete in zsh', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are zsh's.
    const stubs = 'compdef() { : }; _describe() { print -l -- ${(P)2} }; _files() { print files }'
    const ask = (...words: string[]) =>
      run('zsh', [
        '-f',
        '-c',
        `${stubs}; source <(rescale completion zsh); words=(${words.map((word) => `'${word}'`).join(' ')}); CURRENT=\${#words}; _rescale`,
      ])
    expect(ask('rescale', 'jobs', 'get', 'ObM')).toEqual(['ObMcJc:Completed Estimate of pi'])
    expect(ask('rescale', 'files', 'upload', 'x')).toEqual(['files'])
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
