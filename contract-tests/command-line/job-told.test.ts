import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { aCommandLine, type Called, type CallOptions } from './call.ts'

const A_JOB = '--command true --coretype granite --cores 2 --walltime 1'
const WAIT = '--timeout 0 --interval 1ms'

const linesOf = ({ stderr }: Called): string[] => stderr.trim().split('\n')
const lastError = (called: Called) =>
  (JSON.parse(linesOf(called).at(-1) ?? '') as { error: { exit: string; job?: string } }).error

/** The id of the newest job, which is the one that a call has made. */
async function newest(line: Awaited<ReturnType<typeof aCommandLine>>): Promise<string> {
  const [job] = await line.json<{ id: string }[]>('jobs list --limit 1')
  return job?.id ?? ''
}

describe('a job that goes on when its call does not', () => {
  it.each([
    `jobs create ${A_JOB} --watch ${WAIT} -o json`,
    `jobs create ${A_JOB} --watch ${WAIT} -o ndjson`,
    `jobs create ${A_JOB} --watch ${WAIT} -o ndjson --field verdict`,
    `run ${A_JOB} ${WAIT} -o json`,
    `run ${A_JOB} ${WAIT} -o ndjson`,
    `run ${A_JOB} ${WAIT} -o json --field job -q`,
  ])('is named at once, and in the error: %s', async (args) => {
    await using line = await aCommandLine({ pace: 'still' })
    const called = await line.call(args)
    const id = await newest(line)
    expect([called.code, lastError(called)]).toMatchObject([8, { exit: 'pending', job: id }])
    // Where stdout has nothing of it, stderr has, before anything else.
    const told = args.endsWith('ndjson') ? called.stdout : called.stderr
    expect(told.split('\n')[0]).toContain(`"${id}"`)
  })

  it.each([
    [`jobs create ${A_JOB} --watch ${WAIT}`, 'stdout'],
    [`jobs create ${A_JOB} --watch ${WAIT} --field verdict`, 'stderr'],
    [`run ${A_JOB} ${WAIT} --field job`, 'stderr'],
  ] as const)('is named to people: %s, on %s', async (args, stream) => {
    await using line = await aCommandLine({ pace: 'still' })
    const called = await line.call(args)
    const id = await newest(line)
    expect([called.code, called[stream]]).toEqual([8, expect.stringMatching(`^created ${id} `)])
    expect(called.stderr).toMatch(`\n  job ${id}: rescale jobs watch ${id}\n`.replace(/^\n/, ''))
  })

  it('is named when its submit is refused, is interrupted, or meets nobody', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const { faults } = line.rescale.world()
    const create = `jobs create ${A_JOB} --submit -o json`
    faults.plan([{ operation: 'submitJob', kind: 'status', status: 403 }])
    const refused = await line.call(create)
    expect([refused.code, lastError(refused)]).toMatchObject([4, { job: await newest(line) }])
    const vanished = await line.call(create, {
      fetch: (request) =>
        request.url.endsWith('/submit/')
          ? Promise.reject(Object.assign(new TypeError('fetch failed'), { code: 'ECONNREFUSED' }))
          : line.rescale.fetch(request),
    })
    expect([vanished.code, lastError(vanished)]).toMatchObject([6, { job: await newest(line) }])
    for (const args of [`run ${A_JOB} -o json`, `jobs create ${A_JOB} --watch -o json`]) {
      const interrupted = await line.call(args, interruptedWhenTold())
      expect([interrupted.code, lastError(interrupted)]).toMatchObject([130, { job: await newest(line) }])
    }
  })
})

/** Interrupts a call when it has told of its job. */
function interruptedWhenTold(): CallOptions {
  const controller = new AbortController()
  return {
    signal: controller.signal,
    onOutput: (text) => text.includes('created') && controller.abort('SIGINT'),
  }
}

describe('rescale run whose outputs do not all come', () => {
  it('says how to fetch the rest without a new job', async () => {
    await using line = await aCommandLine()
    line.rescale
      .world()
      .faults.plan([{ operation: 'downloadFile', kind: 'status', status: 429, retryAfter: 600 }])
    const to = ['--to', line.in('my results'), '--match', '*.log']
    const done = await line.call(['run', ...A_JOB.split(' '), '--interval', '1ms', ...to])
    const again = `rescale jobs outputs ${await newest(line)} --to '${line.in('my results')}' --match '*.log'`
    expect([done.code, done.stderr]).toEqual([5, expect.stringContaining(`: ${again} goes on from there\n`)])
    expect(done.stderr).not.toContain('same command')
    line.rescale.world().faults.clear()
    const words = again.replaceAll("'", '').split(' ').slice(1)
    const rejoined = [...words.slice(0, 4), line.in('my results'), ...words.slice(-2)]
    expect(await line.call(rejoined)).toMatchObject({ code: 0, stdout: expect.stringContaining('verified') })
  })

  it('starts the command in a folder with any name', async () => {
    await using line = await aCommandLine()
    await mkdir(line.in('-case'))
    await writeFile(line.in('-case/a.inp'), 'a')
    const flags = [...A_JOB.split(' '), '--interval', '1ms', '--no-download']
    expect(await line.call(['run', line.in('-case'), ...flags])).toMatchObject({ code: 0 })
    const made = await line.json<{ jobanalyses: { command: string }[] }>(`jobs get ${await newest(line)}`)
    expect(made.jobanalyses[0]?.command).toBe('cd ./-case && true')
  })
})

describe('rescale that reads stdin', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends at once on %s, with %i', async (signal, code) => {
    await using line = await aCommandLine()
    for (const args of ['jobs create -f -', 'api POST jobs/ -d -']) {
      const controller = new AbortController()
      const called = line.call(args, { isTerminal: true, stdin: '{', signal: controller.signal })
      setImmediate(() => controller.abort(signal))
      expect(await called).toMatchObject({ code, stdout: '' })
    }
  })
})

describe('rescale whose stdout goes nowhere', () => {
  const statusOf = async (line: Awaited<ReturnType<typeof aCommandLine>>, id: string) =>
    (await line.json<{ status: string }[]>(`api GET jobs/${id}/statuses/ --paginate`))[0]?.status

  it('stops the job of a run whose reader has gone, as Ctrl+C does, and ends with 141', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const called = await line.call(`run ${A_JOB} --interval 1ms`, {
      stdoutFails: { code: 'EPIPE', after: 'submitted' },
    })
    const id = await newest(line)
    expect(called).toMatchObject({ code: 141, stderr: `stopping ${id}\n` })
    line.rescale.world().settle()
    expect((await line.call(`jobs watch ${id}`)).code).toBe(10)
  })

  it('leaves a job alone that is watched, or was to go on by itself', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const broken: CallOptions = { stdoutFails: { code: 'EPIPE', after: 'created' } }
    const watched = await line.call(`jobs create ${A_JOB} --submit`, broken)
    expect(watched).toMatchObject({ code: 0, stderr: '' })
    expect(await statusOf(line, await newest(line))).toBe('Pending')
    const detached = await line.call(`run ${A_JOB} --detach`, broken)
    expect(detached).toMatchObject({ code: 0, stderr: '' })
    expect(await statusOf(line, await newest(line))).toBe('Pending')
    const id = await newest(line)
    const gone = await line.call(`jobs watch ${id} --interval 1ms`, { stdoutFails: { code: 'EPIPE' } })
    expect(gone).toMatchObject({ code: 141, stderr: '' })
    expect(await statusOf(line, id)).toBe('Pending')
  })

  it('says that the disk is full, and lets the job of a run go on, which it names', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const full: CallOptions = { stdoutFails: { code: 'ENOSPC' } }
    for (const args of ['jobs list', '--help', 'jobs --help', 'jobs list -o ndjson'])
      expect(await line.call(args, full)).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/stdout cannot be written: ENOSPC/),
      })
    const called = await line.call(`run ${A_JOB} -o ndjson --interval 1ms`, {
      stdoutFails: { code: 'ENOSPC', after: 'submitted' },
    })
    const id = await newest(line)
    expect([called.code, lastError(called)]).toMatchObject([1, { exit: 'error', job: id }])
    expect(await statusOf(line, id)).toBe('Pending')
    for (const args of ['jobs list', 'jobs --help'])
      expect(await line.call(args, { stdoutFails: { code: 'EPIPE' } })).toMatchObject({ code: 0, stderr: '' })
  })
})
