import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { aCommandLine, type CommandLine } from './call.ts'

const A_JOB = '--command true --coretype granite --cores 2 --walltime 1'

const made = async (line: CommandLine, ...more: string[]) =>
  (await line.json<{ id: string }>(['jobs', 'create', ...A_JOB.split(' '), ...more])).id

describe('a definition in a file', () => {
  const good = {
    name: 'n',
    jobanalyses: [
      {
        command: 'true',
        analysis: { code: 'user_included', version: '0' },
        hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1 },
      },
    ],
  }
  const [analysis] = good.jobanalyses

  const odd: readonly (readonly [object, RegExp])[] = [
    [{ ...good, name: undefined }, /needs --name/],
    [{ ...good, name: null }, /needs --name/],
    [{ ...good, name: 5 }, /: name is 5, and should be a text$/m],
    [{ ...good, jobanalyses: {} }, /: jobanalyses is \{\}, and should be a list$/m],
    [{ ...good, jobanalyses: [7] }, /: jobanalyses\.0 is 7, and should be an object$/m],
    [
      { ...good, jobanalyses: [{ ...analysis, command: ['true'] }] },
      /jobanalyses\.0\.command is \["true"\], /,
    ],
    [{ ...good, jobanalyses: [{ ...analysis, command: null }] }, /needs --command/],
    [{ ...good, jobanalyses: [{ ...analysis, analysis: 'x' }] }, /jobanalyses\.0\.analysis is "x", /],
    [{ ...good, jobanalyses: [{ ...analysis, hardware: [] }] }, /jobanalyses\.0\.hardware is \[\], /],
    [{ ...good, jobanalyses: [{ ...analysis, inputFiles: {} }] }, /jobanalyses\.0\.inputFiles is \{\}, /],
    [
      { ...good, jobanalyses: [{ ...analysis, inputFiles: ['a'] }] },
      /jobanalyses\.0\.inputFiles\.0 is "a", /,
    ],
    [{ ...good, jobanalyses: [{ ...analysis, inputFiles: [{}] }] }, /inputFiles\.0\.id is missing/],
    [{ ...good, jobanalyses: [{ ...analysis, envVars: 'A=1' }] }, /jobanalyses\.0\.envVars is "A=1", /],
    [{ ...good, jobanalyses: [analysis, { command: 'x' }] }, /jobanalyses\.1\.hardware is missing/],
    [{ ...good, name: 'x'.repeat(9_000), jobanalyses: 'y'.repeat(9_000) }, /jobanalyses is "y{30,60}…/],
  ]

  it('is told which field is odd', async () => {
    await using line = await aCommandLine()
    for (const [definition, message] of odd)
      for (const more of [[], ['--dry-run']]) {
        const args = ['jobs', 'create', '-f', '-', ...more]
        const called = await line.call(args, { stdin: JSON.stringify(definition) })
        expect([called.code, called.stdout, called.stderr]).toEqual([2, '', expect.stringMatching(message)])
      }
  })

  it('is read with the mark in front that editors of Windows put there, from a file and from stdin', async () => {
    await using line = await aCommandLine()
    const text = `\ufeff${JSON.stringify(good)}`
    await writeFile(line.in('job.json'), text)
    expect((await line.call(['jobs', 'create', '-f', line.in('job.json')])).code).toBe(0)
    expect((await line.call('jobs create -f -', { stdin: text })).code).toBe(0)
  })
})

describe('a call that is wrong', () => {
  it('is refused with 2, before anything is asked of the platform', async () => {
    await using line = await aCommandLine()
    const fetch = () => Promise.reject(new Error('nothing is to be sent'))
    const refused = async (args: readonly string[], message: RegExp, env = {}) =>
      expect([args, await line.call(args, { fetch, env })]).toEqual([
        args,
        { code: 2, stdout: '', stderr: expect.stringMatching(message) },
      ])
    await refused(['jobs', 'get', ''], /<job> is empty/)
    await refused(['files', 'download', 'abcdef', ''], /<files> is empty/)
    await refused(['api', 'GET', ''], /<path> is empty/)
    await refused(['api', 'get', 'jobs/', '-d', '{}'], /GET has no body/)
    await refused(['api', 'HEAD', 'jobs/', '-d', '{}'], /HEAD has no body/)
    await refused(['jobs', 'tail', 'abcdef', '--lines', '0'], /--lines/)
    await refused(['cp', line.in('nothing'), 'abcdef:work/'], /There is no file or folder .*nothing/)
    await refused(
      ['jobs', 'watch', 'abcdef', '--until', 'nonsense'],
      /Pending, .*Waiting for Cluster, .*Completed/,
    )
    for (const words of [
      ['jobs', 'watch', 'abcdef'],
      ['run', ...A_JOB.split(' ')],
    ])
      await refused(words, /RESCALE_INTERVAL is soon: .*30s/, { RESCALE_INTERVAL: 'soon' })
  })

  it('is none where an empty word means something', async () => {
    await using line = await aCommandLine()
    expect((await line.call(['jobs', 'list', '--search', ''])).code).toBe(0)
    expect((await line.call(['jobs', 'tag', await made(line)])).code).toBe(0)
  })
})

describe('rescale jobs watch --until', () => {
  it('knows the statuses whatever their case', async () => {
    await using line = await aCommandLine()
    const id = await made(line, '--submit')
    for (const status of ['executing', 'Started', 'COMPLETED'])
      expect((await line.call(['jobs', 'watch', id, '--until', status, '--interval', '1ms'])).code).toBe(0)
  })
})

describe('waiting for a job that was never submitted', () => {
  it.each([
    'jobs watch ID --interval 1ms',
    'jobs watch ID --until Executing --interval 1ms',
    'jobs logs ID --follow --interval 1ms',
    'jobs tail ID --follow --interval 1ms',
  ])('says at once what it waits for: %s', async (words) => {
    await using line = await aCommandLine({ pace: 'still' })
    const id = await made(line)
    const args = words.replace('ID', id)
    for (const isTerminal of [false, true]) {
      const controller = new AbortController()
      const onOutput = () => controller.abort('SIGINT')
      const { code, stdout, stderr } = await line.call(`${args} -q`, {
        isTerminal,
        signal: controller.signal,
        onOutput,
      })
      expect([code, stdout]).toEqual([130, ''])
      expect(stderr).toContain(`${id} has not been submitted`)
      expect(stderr).toContain(`rescale jobs submit ${id}`)
    }
  })

  it('gives up at its timeout, and goes on when it is submitted', async () => {
    await using line = await aCommandLine({ pace: 'settled' })
    const id = await made(line)
    for (const verb of ['logs', 'tail', 'watch']) {
      const follow = verb === 'watch' ? [] : ['--follow']
      const over = await line.call(['jobs', verb, id, ...follow, '--timeout', '5ms', '--interval', '1ms'])
      expect([verb, over.code, over.stdout]).toEqual([verb, 8, ''])
      const told = over.stderr.split('\n').slice(-3, -1)
      expect(told).toEqual([
        expect.stringMatching(`error: ${id} has not been submitted within `),
        expect.stringContaining(`rescale jobs submit ${id}`),
      ])
    }
    const submits = (text: string) => {
      if (text.includes('not been submitted')) void line.call(['jobs', 'submit', id])
    }
    const followed = await line.call(['jobs', 'logs', id, '--follow', '--interval', '1ms'], {
      onOutput: submits,
    })
    expect(followed).toMatchObject({ code: 0, stdout: expect.stringContaining('Exited with code 0') })
  })

  it('deletes it without a wait, as it has no cluster', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const id = await made(line)
    const deleted = await line.call([
      'jobs',
      'delete',
      id,
      '--yes',
      '--wait',
      '--timeout',
      '1s',
      '--interval',
      '1ms',
    ])
    expect(deleted).toMatchObject({ code: 0, stdout: `deleted ${id}\n` })
  })
})
