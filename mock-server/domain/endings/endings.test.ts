import { describe, expect, it } from 'vitest'
import { minute, second } from '../instant.ts'
import type { Job } from '../job.ts'
import { observedQuirks } from '../quirks.ts'
import {
  aDraft,
  anAnalysis,
  anUpload,
  aPlatform,
  createJob,
  refusalOf,
  submittedJob,
} from '../testing/a-platform.ts'
import { endings } from './known-endings.ts'
import { readEnding } from './read-ending.ts'

type TestWorld = ReturnType<typeof aPlatform>

const wish = (text: string) => {
  const found = readEnding(text)
  if (typeof found === 'string') throw new Error(found)
  return found
}

const rowsOf = (job: Job) =>
  job.statuses.map(({ status, reason }) => (reason === null ? [status] : [status, reason]))

const until = ({ platform }: TestWorld, job: Job, status: Job['status']): void => {
  while (job.status !== status) platform.advance(second)
}

const logOf = ({ files }: TestWorld, job: Job): string[] => {
  const log = job.runs[0]?.outputFiles.find(({ name }) => name === 'process_output.log')
  return log
    ? files
        .text(log.bytes)
        .split('\n')
        .map((line) => line.slice(24))
    : []
}

describe.each(endings)('$name', ({ name, shows }) => {
  it('shows its rows when the name asks for it', () => {
    const world = aPlatform()
    const job = submittedJob(world.platform, { name: `wing [mock:${name}]` })
    const { id } = job
    world.platform.settle()
    if (shows.job === null) {
      expect(refusalOf(() => world.platform.job(id))).toMatchObject({ kind: 'not-found' })
      expect(world.files.count).toBe(0)
    } else {
      expect(rowsOf(job)).toEqual(shows.job)
      expect(job.cluster?.statuses.map(({ status }) => status)).toEqual(shows.cluster)
      if (shows.log) expect(logOf(world, job).slice(-2 - shows.log.length, -2)).toEqual(shows.log)
      else expect(job.runs.flatMap(({ outputFiles }) => outputFiles)).toEqual([])
      expect(job.state).toBe('completed')
      expect(job.runs.filter(({ dateCompleted }) => dateCompleted === null)).toEqual([])
    }
    expect(world.platform.nextDue()).toBeNull()
  })

  it('shows the same when it is asked for before the job is submitted', () => {
    const one = aPlatform()
    const other = aPlatform()
    submittedJob(one.platform, { name: `wing [mock:${name}]` })
    const { id } = createJob(other.platform, { name: `wing [mock:${name}]` })
    other.platform.askEnding(id, wish(name))
    other.platform.submitJob(id)
    const seen = [one, other].map(({ platform }) => {
      platform.settle()
      return platform
        .jobs()
        .slice(0, 1)
        .map((job) => [job.statuses, job.cluster?.statuses, job.runs])
    })
    expect(seen[0]).toEqual(seen[1])
  })
})

it('is not asked for by a name where names are not looked into', () => {
  const { platform } = aPlatform({ quirks: { ...observedQuirks, endingsInNames: false } })
  const job = submittedJob(platform, { name: 'wing [mock:no-capacity]' })
  platform.settle()
  expect(job.statuses[0]?.reason).toBe('Completed successfully')
})

it('is refused at submit when the name asks for one that there is not, and nothing happens to the job', () => {
  const { platform } = aPlatform()
  const job = createJob(platform, { name: 'wing [mock:explodes]' })
  expect(refusalOf(() => platform.submitJob(job.id))).toMatchObject({
    kind: 'invalid',
    errors: { name: [expect.stringMatching(/^There is no ending "explodes"\. Choose one of success, /)] },
  })
  expect(job.status).toBeNull()
})

it.each([
  ['spot-reclaimed', null],
  [' spot-reclaimed after 5m ', 5 * minute],
  ['stopped-while-executing after 1.5 min', 90 * second],
  ['out-of-memory after 250ms', second / 4],
])('is read from %j', (text, after) => {
  expect(readEnding(text)).toMatchObject({ ending: { name: text.trim().split(' ')[0] }, after })
})

it.each([
  '',
  'spot-reclaimed after',
  'spot-reclaimed 5m',
  'no-capacity after 5m',
  'spot-reclaimed after 5 parsecs',
])('is not read from %j', (text) => {
  expect(readEnding(text)).toEqual(expect.any(String))
})

it('happens at its time, no later than the run ends', () => {
  for (const [after, executed] of [
    ['2m', 2 * minute],
    ['1h', 10 * minute],
  ] as const) {
    const world = aPlatform()
    const job = submittedJob(world.platform, { name: `wing [mock:out-of-memory after ${after}]` })
    world.platform.settle()
    const at = (wanted: string) => job.statuses.find(({ status }) => status === wanted)?.at ?? 0
    expect(at('Completed') - at('Executing')).toBe(executed)
    expect(logOf(world, job).slice(-4, -2)).toEqual(['Killed', 'Exited with code 137'])
  }
})

it('can be asked for while the job executes, and happens then', () => {
  const world = aPlatform()
  const job = submittedJob(world.platform)
  until(world, job, 'Executing')
  world.platform.advance(minute)
  world.platform.askEnding(job.id, wish('disk-full'))
  expect(rowsOf(job)[0]).toEqual(['Completed', 'A run failed'])
  world.platform.settle()
  expect(job.cluster?.status).toBe('Stopped')
})

it('is the end of the run, whose own end is not due any more', () => {
  const world = aPlatform()
  const job = submittedJob(world.platform)
  until(world, job, 'Executing')
  expect(world.platform.upcoming().map(({ event }) => event.kind)).toEqual(['run-ends'])
  world.platform.askEnding(job.id, wish('failed-stopping'))
  expect(job.status).toBe('Stopping')
  expect(world.platform.upcoming().map(({ event }) => event.kind)).toEqual(['job-moves'])
})

it('takes the place of what was asked for before', () => {
  const world = aPlatform()
  const job = submittedJob(world.platform, { name: 'wing [mock:no-capacity]' })
  until(world, job, 'Validated')
  world.platform.askEnding(job.id, wish('success'))
  world.platform.settle()
  expect(job.statuses[0]?.reason).toBe('Completed successfully')
})

it.each([
  ['stopped-while-queued', 'Validated'],
  ['stopped-while-validated', 'Executing'],
  ['no-capacity', 'Executing'],
  ['success', 'Completed'],
] as const)('is refused when it is too late: %s of a job that is %s', (name, status) => {
  const world = aPlatform()
  const job = submittedJob(world.platform)
  until(world, job, status)
  expect(refusalOf(() => world.platform.askEnding(job.id, wish(name)))).toEqual({
    kind: 'too-late-for-ending',
    jobId: job.id,
    status,
    ending: name,
  })
})

it('does not come when the user is faster', () => {
  const world = aPlatform()
  const job = submittedJob(world.platform, { name: 'wing [mock:no-capacity]' })
  until(world, job, 'Validated')
  world.platform.stopJob(job.id)
  world.platform.settle()
  expect(rowsOf(job).slice(0, 2)).toEqual([['Completed'], ['Stopping', 'User Terminated']])
})

it('leaves nothing due behind when the commands are faster', async () => {
  const world = aPlatform()
  world.executor.hold()
  const job = submittedJob(world.platform)
  until(world, job, 'Executing')
  world.platform.askEnding(job.id, wish('out-of-memory after 1h'))
  await world.executor.held[0]?.end({})
  world.platform.advance(5 * minute)
  await world.platform.deleteJob(job.id)
  expect(world.platform.nextDue()).toBeNull()
})

it.each(['spot-reclaimed', 'deleted', 'disk-full'])('lets go of the inputs: %s', async (name) => {
  const world = aPlatform()
  const input = anUpload(world, 'mesh.msh')
  const job = submittedJob(world.platform, {
    name: `wing [mock:${name}]`,
    jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })],
  })
  world.platform.settle()
  if (name !== 'deleted') await world.platform.deleteJob(job.id)
  await world.platform.deleteFile(input.id)
  expect(world.files.count).toBe(0)
})

describe('machines that are taken back', () => {
  const reclaimed = (name = 'spot-reclaimed') => {
    const world = aPlatform()
    const job = submittedJob(world.platform, { name: `wing [mock:${name}]`, isLowPriority: true })
    until(world, job, 'Executing')
    return { ...world, job, world }
  }
  const hosts = ({ platform }: TestWorld, job: Job) =>
    platform
      .instances(job.id)
      .slice(0, 9)
      .map(({ publicHostname, id }) => `${publicHostname} ${id}`)

  it('are not listed until there are others, with other names, on which the run starts over', () => {
    const { world, job, platform, executor } = reclaimed()
    const before = hosts(world, job)
    const firstStart = job.runs[0]?.dateStarted ?? 0
    platform.advance(5 * minute)
    expect([job.status, job.cluster?.status, hosts(world, job)]).toEqual(['Executing', 'Started', []])
    expect(platform.workFolder(job.id, '1')).toBeNull()
    expect(job.runs[0]?.dateCompleted).toBeNull()
    platform.advance(8 * minute)
    const after = hosts(world, job)
    expect(after).toHaveLength(1)
    expect(after).not.toEqual(before)
    expect(job.runs[0]?.dateStarted).toBeGreaterThan(firstStart + 10 * minute)
    const counts = executor.orders.map(({ environment }) => environment.RESCALE_IG_RESTART_COUNT)
    expect(counts).toEqual(['0', '1'])
    const ids = executor.orders.map(({ environment }) => environment.INSTANCE_ID)
    expect(new Set(ids).size).toBe(2)
  })

  it('are given up after three restarts', () => {
    const { platform, job, executor } = reclaimed('restarts-exhausted')
    platform.settle()
    expect(executor.orders.map(({ environment }) => environment.RESCALE_IG_RESTART_COUNT)).toEqual([
      '0',
      '1',
      '2',
      '3',
    ])
    expect(rowsOf(job)[0]).toEqual(['Completed', 'Exceeded max number of restarts'])
  })

  it.each(['stopJob', 'forceStopJob'] as const)('can be waited for in vain: %s', (stop) => {
    const { platform, job } = reclaimed()
    platform.advance(6 * minute)
    platform[stop](job.id)
    platform.settle()
    expect(job.state).toBe('completed')
    expect(job.cluster?.status).toBe('Stopped')
    expect(job.runs).toMatchObject([{ exitCode: 143, outputFiles: [] }])
    expect(job.runs[0]?.dateCompleted).not.toBeNull()
  })
})

describe.each([false, true])('with several runs, live: %s', (isLive) => {
  const aStudy = async (name: string) => {
    const world = aPlatform()
    if (isLive) world.executor.hold()
    const paramFile = anUpload(world, 'cases.csv', 'x\n1\n2\n3\n4\n5\n')
    const hardware = { coreType: 'granite', coresPerSlot: 2, slots: 2, walltime: 1 }
    const draft = aDraft({ name, paramFile, jobanalyses: [anAnalysis({ hardware })] })
    await world.platform.prepareDraft(draft)
    const job = world.platform.createJob(draft, world.catalogue)
    await world.platform.prepareJob(job.id)
    world.platform.submitJob(job.id)
    return { world, job }
  }

  it.each(endings)('ends all of them: $name', async ({ name, shows }) => {
    const { world, job } = await aStudy(`study [mock:${name}]`)
    const { platform, executor } = world
    for (let round = 0; round < 40; round += 1) {
      platform.advance(10 * minute)
      for (const { order, end } of executor.held) await end({ exitCode: order.fate?.exitCode ?? 0 })
    }
    expect(platform.nextDue()).toBeNull()
    if (shows.job === null) {
      expect(refusalOf(() => platform.job(job.id))).toMatchObject({ kind: 'not-found' })
      return
    }
    expect(rowsOf(job)).toEqual(shows.job)
    expect(job.cluster?.status).toBe('Stopped')
    const begun = job.runs.filter(({ dateStarted }) => dateStarted !== null)
    expect(begun.filter(({ dateCompleted }) => dateCompleted === null)).toEqual([])
    const all = ['success', 'failed', 'failed-stopping', 'spot-reclaimed']
    if (all.includes(name)) expect(begun).toHaveLength(5)
  })
})

describe('with a live run', () => {
  const live = (name: string, canForceStop = true) => {
    const world = aPlatform()
    world.executor.hold({ canForceStop })
    const job = submittedJob(world.platform, { name: `wing [mock:${name}]` })
    until(world, job, 'Executing')
    const [run] = world.executor.held
    if (!run) throw new Error('no run was begun')
    return { ...world, job, run }
  }

  it('tells the executor how the commands end, and then to end them', () => {
    const { run, platform } = live('out-of-memory')
    expect(run.order.fate).toEqual({ exitCode: 137, log: ['Killed'] })
    platform.advance(minute)
    expect(run.asked).toEqual(['meet 137'])
  })

  it.each([
    ['stopped-while-executing', ['Completed'], ['stop']],
    ['force-stopped', ['Force Stop', 'User Terminated'], ['stop', 'force stop']],
    ['run-stopped', ['Completed', 'User Terminated'], ['stop']],
    ['walltime', ['Completed'], ['stop']],
  ] as const)(
    'comes true at the latest when the commands end by themselves: %s',
    async (name, row, asked) => {
      for (const isEarly of [true, false]) {
        const { run, platform, job } = live(name)
        if (!isEarly) platform.advance(2 * 60 * minute)
        await run.end({ exitCode: 0 })
        platform.settle()
        expect(rowsOf(job)[0]).toEqual(row)
        expect(job.cluster?.status).toBe('Stopped')
        if (!isEarly) expect(run.asked).toEqual(asked)
      }
    },
  )

  it('starts over in another execution, and lets go of what the first one leaves', async () => {
    const { run, platform, job, executor, files } = live('spot-reclaimed')
    platform.advance(minute)
    expect(run.asked).toEqual(['kill'])
    platform.advance(10 * minute)
    const second = executor.held[1]
    expect(second?.order.environment.RESCALE_IG_RESTART_COUNT).toBe('1')
    await run.end({ outputs: [{ relativePath: 'old.txt', bytes: files.put(new Uint8Array(1)) }] })
    expect(job.status).toBe('Executing')
    expect(files.count).toBe(0)
    await second?.end({ outputs: [{ relativePath: 'new.txt', bytes: files.put(new Uint8Array(1)) }] })
    expect(job.status).toBe('Completed')
    expect(job.runs[0]?.outputFiles.map(({ name }) => name)).toEqual(['new.txt'])
  })

  it('kills the commands of a job that is deleted', async () => {
    const { run, platform, job, files } = live('deleted')
    platform.advance(minute)
    expect(run.asked).toEqual(['kill'])
    expect(refusalOf(() => platform.job(job.id))).toMatchObject({ kind: 'not-found' })
    await run.end({ outputs: [{ relativePath: 'a.txt', bytes: files.put(new Uint8Array(1)) }] })
    expect(files.count).toBe(0)
  })
})
