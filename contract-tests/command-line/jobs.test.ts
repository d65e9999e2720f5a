import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Job, Preflight } from '../../client/index.ts'
import type { Recipe } from '../../mock-server/executors/simulated/recipe.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import { aCommandLine } from './call.ts'

const flags = ['--command', 'echo hello', '--coretype', 'granite', '--cores', '2', '--walltime', '1']

describe('rescale jobs', () => {
  it('creates a job from flags, and tells its id', async () => {
    await using line = await aCommandLine()
    await writeFile(line.in('range.inp'), '1000\n')
    const env = ['--env', 'ANSYSLI_SERVERS=2325@x', '--env', 'A=b=c']
    const more = ['--name', 'airfoil', '--low-priority', '--analysis', 'ansys_fluent:2019r1', ...env]
    const inputs = ['--input', line.in('range.inp'), '--no-decompress']
    const made = await line.json<Job>(['jobs', 'create', ...flags, ...more, ...inputs])
    const job = await line.json<Job>(`jobs get ${made.id}`)
    expect(job).toMatchObject({
      name: 'airfoil',
      isLowPriority: true,
      jobanalyses: [
        {
          analysis: { code: 'ansys_fluent', version: '2019r1' },
          command: 'echo hello',
          hardware: { coresPerSlot: 2, walltime: 1, coreType: { code: 'granite' } },
          envVars: { ANSYSLI_SERVERS: '2325@x', A: 'b=c' },
          inputFiles: [{ name: 'range.inp', decompress: false }],
        },
      ],
    })
    expect((await line.call(`jobs get ${made.id}`)).stdout).toMatch(/^status +not submitted$/m)
  })

  it('creates a job from a file or stdin, with flags going before it', async () => {
    await using line = await aCommandLine()
    const source = await line.json<Job>(['jobs', 'create', ...flags, '--name', 'first'])
    await writeFile(line.in('job.json'), JSON.stringify(source))
    const copy = await line.json<Job>([
      'jobs',
      'create',
      '-f',
      line.in('job.json'),
      '--name',
      'second',
      '--cores',
      '4',
    ])
    expect(copy).toMatchObject({
      name: 'second',
      jobanalyses: [{ command: 'echo hello', hardware: { coresPerSlot: 4 } }],
    })
    const piped = await line.json<Job>('jobs create -f -', { stdin: JSON.stringify(source) })
    expect(piped).toMatchObject({ name: 'first', jobanalyses: [{ hardware: { coresPerSlot: 2 } }] })
  })

  it('validates and prices a dry run, and saves and uploads nothing', async () => {
    await using line = await aCommandLine()
    await writeFile(line.in('a.inp'), 'x')
    const before = await line.json<unknown[]>('jobs list --limit 0')
    const args = [
      'jobs',
      'create',
      ...flags,
      '--cores',
      '1',
      '--analysis',
      'ansys_fluent:2019 R1',
      '--project',
      'none',
    ]
    const answer = await line.call([
      ...args,
      '--input',
      line.in('a.inp'),
      '--input',
      'zzzzzz',
      '--dry-run',
      '-o',
      'json',
    ])
    const { problems, cost } = JSON.parse(answer.stdout) as Preflight
    expect(answer.code).toBe(12)
    expect(problems.map(({ position }) => position).sort()).toEqual([
      'jobanalyses.0.analysis.version',
      'jobanalyses.0.hardware.coresPerSlot',
      'jobanalyses.0.inputFiles.0.id',
      'projectId',
    ])
    expect(cost).toMatchObject({ cores: 1, hours: 1, plan: 'on-demand' })
    const good = await line.call(['jobs', 'create', ...flags, '--dry-run'])
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^cost +at most 0\.\d+ USD$/m) })
    expect(await line.json('jobs list --limit 0')).toHaveLength(before.length)
    expect(await line.json('files list --search a.inp')).toEqual([])
  })

  it('refuses what could cost more than the limit', async () => {
    await using line = await aCommandLine()
    const count = (await line.json<unknown[]>('jobs list --limit 0')).length
    const answer = await line.call(['jobs', 'create', ...flags, '--max-cost', '0.01', '--submit'])
    expect(answer).toMatchObject({ code: 12, stdout: '', stderr: expect.stringContaining('--max-cost 0.01') })
    expect(await line.json('jobs list --limit 0')).toHaveLength(count)
    const tried = await line.call(['jobs', 'create', ...flags, '--max-cost', '0.01', '--dry-run'])
    expect(tried).toMatchObject({
      code: 12,
      stdout: expect.stringMatching(/^problems +none$/m),
      stderr: expect.stringContaining('--max-cost 0.01'),
    })
  })

  it('looks through the core types once for what a run would be refused for and could cost', async () => {
    await using line = await aCommandLine()
    let looks = 0
    const fetch = (request: Request) => {
      if (request.url.includes('/coretypes/?')) looks++
      return line.rescale.fetch(request)
    }
    const args = ['run', ...flags, '--max-cost', '100', '--no-download', '--interval', '1ms']
    const looksOf = async (more: readonly string[]) => {
      looks = 0
      expect((await line.call([...args, ...more], { fetch })).code).toBe(0)
      return looks
    }
    const once = await looksOf(['--dry-run'])
    expect([once > 0, await looksOf([])]).toEqual([true, once])
  })

  it('stops by force when that is asked for', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const args = ['jobs', 'create', ...flags, '--command', 'sleep inf', '--submit']
    const { id } = await line.json<Job>(args)
    line.rescale.world().advanceTo({ job: id, status: 'Executing' })
    expect((await line.call(`jobs stop ${id} --force --yes`)).code).toBe(0)
    expect((await line.call(`jobs watch ${id}`)).stdout).toContain('Force Stop')
  })

  it('ends with 7 when a split file was put together wrongly', async () => {
    const sums = ['0'.repeat(128)]
    const recipe: Recipe = {
      name: 'a job that finds another checksum',
      matches: ({ jobName }) => jobName === 'damaged',
      plan: () => ({
        duration: '1m',
        log: sums.map((sum) => ({ after: '1s', text: `checksum ${sum}` })),
        files: [],
      }),
    }
    await using line = await aCommandLine({
      executor: (files) => simulatedExecutor({ files, recipes: [recipe] }),
    })
    await writeFile(line.in('large.bin'), Buffer.alloc(100_000, 7))
    const split = ['run', ...flags, '--name', 'damaged', '--split', line.in('large.bin'), '--no-download']
    const done = await line.call([...split, '--interval', '1ms'])
    expect(done).toMatchObject({ code: 7, stdout: expect.stringContaining('large.bin: damaged') })
  })

  it('shows the platform’s own refusal with its position', async () => {
    await using line = await aCommandLine()
    const answer = await line.call(['jobs', 'create', ...flags, '--cores', '1'])
    expect(answer.code).toBe(12)
    expect(answer.stderr).toContain('jobanalyses.0.hardware.coresPerSlot: Invalid number of cores')
    expect(answer.stdout).toBe('')
  })

  it('watches a job to its end, which decides the exit code', async () => {
    await using line = await aCommandLine({ pace: 'per-request:60s' })
    const watch = [...flags, '--watch', '--interval', '1ms']
    const good = await line.call(['jobs', 'create', ...watch])
    expect(good.code).toBe(0)
    expect(
      good.stdout
        .split('\n')
        .map((text) => text.split('  ')[1])
        .filter(Boolean),
    ).toEqual(['Pending', 'Queued', 'Started', 'Validated', 'Executing', 'Completed'])
    expect(good.stdout).toMatch(/^\w{6} ok: every command exited with code 0$/m)
    const bad = await line.call(['jobs', 'create', ...watch, '--name', '[mock:failed] x', '-o', 'ndjson'])
    const events = bad.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(bad.code).toBe(10)
    expect(events.at(-1)).toMatchObject({ event: 'outcome', verdict: 'failed' })
  })

  it('gives up waiting with a code of its own, and can be asked again', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const { id } = await line.json<Job>(['jobs', 'create', ...flags, '--submit'])
    const waiting = await line.call(`jobs watch ${id} --timeout 0 --interval 1ms`)
    expect(waiting).toMatchObject({ code: 8, stderr: expect.stringContaining('Not reached within') })
    line.rescale.world().settle()
    expect(await line.call(`jobs watch ${id}`)).toMatchObject({ code: 0 })
    expect(await line.call(`jobs watch ${id} --until Executing`)).toMatchObject({ code: 0 })
    const never = await line.call(`jobs watch ${id} --until Stopping`)
    expect(never).toMatchObject({
      code: 10,
      stderr: expect.stringContaining('can no longer become Stopping'),
    })
  })

  it('stops, shows, tags, shares and deletes', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const { id } = await line.json<Job>(['jobs', 'create', ...flags, '--command', 'sleep inf', '--submit'])
    line.rescale.world().advanceTo({ job: id, status: 'Executing' })
    expect((await line.call('jobs list --active')).stdout).toMatch(
      new RegExp(`^${id} +Executing +Started`, 'm'),
    )
    expect(await line.call(`jobs delete ${id} --yes`)).toMatchObject({
      code: 12,
      stderr: expect.stringMatching(/--wait/),
    })
    expect(await line.call(`jobs stop ${id} --yes`)).toMatchObject({ code: 0, stdout: `stopping ${id}\n` })
    line.rescale.world().settle()
    expect((await line.call(`jobs watch ${id}`)).code).toBe(10)
    expect((await line.call(`jobs runs ${id}`)).stdout).toMatch(/^1 +20/m)
    expect((await line.call(`jobs tag ${id} one two`)).stdout).toBe('TAG\none\ntwo\n')
    expect((await line.call(`jobs tag ${id} one --remove`)).stdout).toBe('TAG\ntwo\n')
    expect((await line.call(`jobs share ${id} --email a@example.com`)).stdout).toBe(
      `shared ${id} with a@example.com\n`,
    )
    expect((await line.call(`jobs share ${id}`)).code).toBe(2)
    expect((await line.call(`jobs delete ${id}`)).code).toBe(2)
    expect(await line.call(`jobs delete ${id} zzzzzz --yes`)).toMatchObject({
      code: 9,
      stdout: `deleted ${id}\n`,
    })
    expect((await line.call(`jobs get ${id}`)).code).toBe(3)
  })

  it('stops a job that may have been submitted when it was interrupted', async () => {
    await using line = await aCommandLine({ pace: 'still' })
    const controller = new AbortController()
    const fetch = async (request: Request) => {
      const answer = await line.rescale.fetch(request)
      if (request.url.endsWith('/submit/')) controller.abort('SIGINT')
      return answer
    }
    const run = ['run', ...flags, '--command', 'sleep inf', '--name', 'interrupted']
    const done = await line.call(run, { signal: controller.signal, fetch })
    expect([done.code, done.stderr]).toEqual([130, expect.stringContaining('error: interrupted')])
    const [job] = await line.json<{ id: string }[]>('jobs list --search interrupted')
    line.rescale.world().settle()
    expect((await line.call(`jobs watch ${job?.id}`)).stdout).toContain('stopped')
  })

  it('says when a list goes on, and shows all of it on demand', async () => {
    await using line = await aCommandLine()
    const few = await line.call('jobs list --limit 3 -o ndjson')
    expect(few.stdout.trim().split('\n')).toHaveLength(3)
    expect(few.stderr).toBe('the first 3; --limit 0 shows all\n')
    expect((await line.call('jobs list --limit 3 -q')).stderr).toBe('')
    expect((await line.json<unknown[]>('jobs list --limit 0')).length).toBeGreaterThan(3)
  })
})
