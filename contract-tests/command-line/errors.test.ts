import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { saidAtOnce } from '../../client/cli/at-once.ts'
import { EXIT, exitOf } from '../../client/cli/exit-codes.ts'
import { programFor } from '../../client/cli/program.ts'
import { Session } from '../../client/cli/session.ts'
import { helpWidth, topHelp } from '../../client/cli/top-help.ts'
import {
  AbortedError,
  ConfigError,
  ConnectError,
  IntegrityError,
  OutcomeUnknownError,
  TimeoutError,
  UnexpectedAnswerError,
} from '../../client/index.ts'
import { aCommandLine, type Called } from './call.ts'

function atOnce(args: readonly string[], columns = 100): Called | undefined {
  const said = saidAtOnce(args, { stdout: { columns }, stderr: { columns } })
  return said && { code: EXIT[said.exit], stdout: '', stderr: '', [said.stream]: said.text }
}

describe('rescale, when something is wrong', () => {
  it('ends with a code for each class of failure', () => {
    const code = (error: unknown) => EXIT[exitOf(error)]
    expect(code(new ConfigError('x'))).toBe(2)
    expect(code(new ConnectError('x', { maybeSent: true }))).toBe(6)
    expect(code(new TimeoutError('x', { phase: 'headers', timeoutMs: 1 }))).toBe(6)
    expect(code(new IntegrityError('x'))).toBe(7)
    expect(code(new TimeoutError('x', { phase: 'wait', timeoutMs: 1 }))).toBe(8)
    expect(code(new OutcomeUnknownError('x'))).toBe(11)
    expect(code(new UnexpectedAnswerError('x'))).toBe(13)
    expect(code(new AbortedError('x', { cause: 'SIGINT' }))).toBe(130)
    expect(code(new AbortedError('x', { cause: 'SIGTERM' }))).toBe(143)
    expect(code(new Error('x'))).toBe(1)
  })

  it.each([
    ['jobs get zzzzzz', {}, 3],
    ['user', { RESCALE_API_KEY: 'z'.repeat(40) }, 4],
    ['user', { RESCALE_API_KEY: undefined }, 2],
    ['user --profile none', {}, 2],
    ['jobs nonsense', {}, 2],
    ['nonsense', {}, 2],
    ['jobs list --limit many', {}, 2],
    ['jobs list -o yaml', {}, 2],
    ['jobs create', {}, 2],
    ['jobs', {}, 2],
  ])('%s with %j ends with %i and says why on stderr only', async (args, env, code) => {
    await using line = await aCommandLine()
    const called = await line.call(args, { env })
    expect([called.code, called.stdout]).toEqual([code, ''])
    expect(called.stderr).not.toBe('')
  })

  it('shows its help on stdout', async () => {
    await using line = await aCommandLine()
    for (const args of ['--help', 'jobs --help', 'help jobs', 'jobs create --help'])
      expect(await line.call(args)).toMatchObject({
        code: 0,
        stderr: '',
        stdout: expect.stringMatching(/^Usage: rescale/),
      })
    expect((await line.call('job')).stderr).toContain('Did you mean')
  })

  it('shows the help of a verb by both ways to ask for it', async () => {
    await using line = await aCommandLine()
    const asked = await line.call('jobs list --help')
    expect(asked.stdout).toMatch(/^Usage: rescale jobs list /)
    expect(await line.call('help jobs list')).toEqual(asked)
    expect((await line.call('help exec list ls')).stdout).toMatch(/^Usage: rescale exec /)
  })

  it('takes an option behind -- for a command, and suggests no option for it', async () => {
    await using line = await aCommandLine()
    const said = await line.call('-- --help')
    expect(said).toMatchObject({ code: 2, stdout: '', stderr: "error: unknown command '--help'\n" })
  })

  it('says of itself at once what it says with all that it has loaded', async () => {
    await using line = await aCommandLine()
    for (const args of [[], ['--help'], ['-h'], ['help'], ['--version']])
      for (const columns of [0, 85]) expect(atOnce(args, columns)).toEqual(await line.call(args, { columns }))
    for (const args of ['help jobs', '--help jobs', '-q --help', '--version x', 'jobs', '-V', ''])
      expect(atOnce(args.split(' '))).toBe(undefined)
  })

  it('lays its help out as commander does in every width', async () => {
    const said = { out: '', err: '' }
    const stdout = Object.assign(new PassThrough(), { columns: 0 })
    const io = { stdout, stderr: stdout, stdin: stdout, env: {}, signal: new AbortController().signal }
    const program = await programFor([], new Session(io), said)
    const widths = [0, 20, ...Array.from({ length: 100 }, (_, more) => 36 + more), 200]
    const byCommander = widths.map((columns) => {
      Object.assign(stdout, { columns })
      said.out = ''
      program.outputHelp()
      return said.out
    })
    expect(widths.map((columns) => topHelp(helpWidth({ columns })))).toEqual(byCommander)
  })

  it('writes errors as JSON when JSON is asked for, with what a program needs', async () => {
    await using line = await aCommandLine()
    const { stdout, stderr } = await line.call('jobs get zzzzzz -o json')
    expect(stdout).toBe('')
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        exit: 'notFound',
        name: 'NotFoundError',
        status: 404,
        requestId: expect.any(String),
        attempts: [{}],
      },
    })
  })

  it('writes complaints about the words as JSON, too, in whatever order they come', async () => {
    await using line = await aCommandLine()
    for (const [args, message] of [
      ['jobs nonsense -o json', "unknown command 'nonsense'"],
      ['-o ndjson nonsense', "unknown command 'nonsense'"],
      ['jobs list --limit many --output=json', /A whole number is needed/],
      ['jobs list --url x -ojson', /Such as https/],
      ['jobs get -o json', "missing required argument 'job'"],
      ['jobs -o json', 'A command is needed'],
      ['jobs create -o json', /^A job needs/],
    ] as const) {
      const { code, stdout, stderr } = await line.call(args)
      expect([code, stdout, JSON.parse(stderr)]).toMatchObject([
        2,
        '',
        { error: { exit: 'usage', name: 'UsageError', message: expect.stringMatching(message) } },
      ])
    }
    // What is wrong with the form itself is said to people.
    expect((await line.call('jobs list -o yaml')).stderr).toMatch(/^error: option '-o, --output/)
    expect((await line.call('exec x -- -o json')).stderr).toMatch(/^error: /)
  })

  it('tells of a long pause that the platform asks for, and keeps it however long with --patient', async () => {
    await using line = await aCommandLine()
    const waiting = (args: string, retryAfter: number) => {
      const { faults } = line.rescale.world()
      faults.clear()
      faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 429, retryAfter }])
      const controller = new AbortController()
      const onOutput = (text: string) => text.includes('again in') && controller.abort('SIGINT')
      return line.call(args, { signal: controller.signal, onOutput })
    }
    expect(await waiting('user', 60)).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/^the platform answered 429; again in 1m0\ds\nerror: interrupted\n$/),
    })
    expect((await waiting('user', 600)).code).toBe(5)
    expect(await waiting('user --patient', 600)).toMatchObject({
      code: 130,
      stderr: expect.stringMatching(/^the platform answered 429; again in 1[01]m\d\ds\n/),
    })
    line.rescale.world().faults.plan([{ operation: 'getCurrentUser', kind: 'status', status: 502 }])
    expect(await line.call('user')).toMatchObject({ code: 0, stderr: '' })
  })

  it('says so when a field is asked for that there is none of, once', async () => {
    await using line = await aCommandLine()
    const { code, stdout, stderr } = await line.call('jobs list --limit 3 --field idd -q')
    expect([code, stdout]).toEqual([0, '\n\n\n'])
    expect(stderr).toMatch(/^warning: there is no field idd; there are: [^\n]*\bid\b[^\n]*\n$/)
    const none = await line.call('jobs get ObMcJc --field isTemplateDryRun')
    expect(none.stderr).toBe('')
  })

  it('takes no key from a header', async () => {
    await using line = await aCommandLine()
    const args = ['api', 'GET', 'users/me/', '-H', 'Authorization: Token abc']
    expect(await line.call(args)).toMatchObject({ code: 2, stdout: '' })
  })

  it('never shows the key', async () => {
    await using line = await aCommandLine()
    const key = 'f'.repeat(40)
    const env = { RESCALE_API_KEY: key }
    for (const args of [
      'jobs get zzzzzz',
      'jobs get zzzzzz -o json',
      'profile doctor',
      'api GET nothing/ -i',
    ]) {
      const { stdout, stderr } = await line.call(args, { env })
      expect(stdout + stderr).not.toContain(key)
    }
  })

  it('has control characters of the server’s made harmless on a terminal', async () => {
    await using line = await aCommandLine()
    const name = 'evil\u001b[31m\u009b2J\u0007\u202e'
    const flags = ['--command', 'x', '--coretype', 'granite', '--cores', '2', '--walltime', '1']
    await line.call(['jobs', 'create', ...flags, '--name', name])
    const human = await line.call('jobs list --limit 1', { isTerminal: true })
    expect(human.stdout).toContain('evil\\x1b[31m\\x9b2J\\x07\\u202e')
    const [job] = await line.json<{ name: string }[]>('jobs list --limit 1')
    expect(job?.name).toBe(name)
    const { stdout } = await line.call('jobs list --limit 1 -o json', { isTerminal: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  it('has colours on a terminal only, unless NO_COLOR or --no-color say no', async () => {
    await using line = await aCommandLine()
    // A head on stdout, and on stderr a warning and an error with a trail.
    for (const [args, stream, mark] of [
      ['jobs list', 'stdout', 'ID'],
      ['jobs get ObMcJc --field idd', 'stderr', 'warning:'],
      ['jobs get zzzzzz', 'stderr', 'error:'],
    ] as const) {
      const isColoured = async (more = '', options = {}) => {
        const shown = (await line.call(`${args}${more}`, options))[stream]
        expect(shown).toContain(mark)
        return shown.includes('\u001b[')
      }
      expect([args, await isColoured('', { isTerminal: true })]).toEqual([args, true])
      expect(await isColoured()).toBe(false)
      expect(await isColoured(' --no-color', { isTerminal: true })).toBe(false)
      for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }])
        expect(await isColoured('', { isTerminal: true, env })).toBe(false)
    }
  })
})
