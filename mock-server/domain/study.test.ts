import { describe, expect, it } from 'vitest'
import { minute, second } from './instant.ts'
import type { Job, JobDraft } from './job.ts'
import { observedQuirks } from './quirks.ts'
import { aDraft, anAnalysis, anUpload, aPlatform, refusalOf, statusesOf } from './testing/a-platform.ts'

type TestWorld = ReturnType<typeof aPlatform>

const fiveCases = 'x, y\n20,3\n20,3.5\n20,4\n25,3\n25,3.5\n'

/** A job with five cases, submitted. */
async function aStudy(world: TestWorld, slots: number, changes: Partial<JobDraft> = {}): Promise<Job> {
  const job = await savedStudy(world, slots, changes)
  await world.platform.prepareJob(job.id)
  world.platform.submitJob(job.id)
  return job
}

async function savedStudy(world: TestWorld, slots: number, changes: Partial<JobDraft> = {}): Promise<Job> {
  const paramFile = anUpload(world, 'cases.csv', fiveCases)
  const hardware = { coreType: 'granite', coresPerSlot: 2, slots, walltime: 1 }
  const draft = aDraft({ paramFile, jobanalyses: [anAnalysis({ hardware })], ...changes })
  await world.platform.prepareDraft(draft)
  return world.platform.createJob(draft, world.catalogue)
}

function until({ platform }: TestWorld, job: Job, status: Job['status']): void {
  for (let due = platform.nextDue(); job.status !== status; due = platform.nextDue()) {
    if (due === null) throw new Error(`The job stays ${job.status}`)
    platform.advanceTo(due)
  }
}

const started = (job: Job) => job.runs.filter(({ dateStarted }) => dateStarted !== null).map(({ id }) => id)
const completed = (job: Job) =>
  job.runs.filter(({ dateCompleted }) => dateCompleted !== null).map(({ id }) => id)

describe('a job with a file of cases', () => {
  it('expects a run for each, and names its variables, as soon as it is saved', async () => {
    const world = aPlatform()
    const { definition } = await savedStudy(world, 1)
    expect(definition.expectedRuns).toBe(5)
    expect(definition.jobvariables).toEqual(
      ['x', 'y'].map((name, displayOrder) => ({
        name,
        variableType: 'Param',
        displayOrder,
        valueGeneratorType: '',
        valueGeneratorSettings: {},
      })),
    )
  })

  it('forgets them with the file', async () => {
    const world = aPlatform()
    const { id } = await savedStudy(world, 1)
    const changed = world.platform.changeJob(id, { paramFile: null, jobvariables: [] }, world.catalogue)
    expect(changed.definition).toMatchObject({ expectedRuns: null, jobvariables: [] })
    world.platform.submitJob(id)
    world.platform.settle()
    expect(changed.runs).toHaveLength(1)
  })

  it('lists all its runs when it executes, those that wait without a start', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 2)
    expect(job.runs).toEqual([])
    until(world, job, 'Executing')
    expect(job.runs.map(({ id, type, displayOrder }) => [id, type, displayOrder])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [String(number), 3, number]),
    )
    expect(job.runs.map(({ dateStarted }) => dateStarted === null)).toEqual([false, false, true, true, true])
    expect(job.runs[1]?.variables).toEqual([
      { name: 'x', value: 20, displayValue: '20', isRelative: false },
      { name: 'y', value: 3.5, displayValue: '3.5', isRelative: false },
    ])
  })

  it('runs as many at a time as it has slots, in order, each in a slot with nodes of its own', async () => {
    const world = aPlatform()
    const minutes = [3, 1, 1, 1, 1]
    world.executor.choose(({ runId }) => ({ duration: (minutes[Number(runId) - 1] ?? 0) * minute }))
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    const seen: string[][] = []
    for (let passed = 0; passed < 4; passed += 1) {
      seen.push(started(job).filter((id) => !completed(job).includes(id)))
      world.platform.advance(minute + second)
    }
    expect(seen).toEqual([['1', '2'], ['1', '3'], ['1', '4'], ['5']])
    expect(statusesOf(job)[0]).toBe('Completed')
    expect(job.statuses[0]?.reason).toBe('Completed successfully')
    const names = world.executor.orders.map(({ hosts }) => hosts.map(({ name }) => name).join())
    const [first, second_] = names
    expect(names).toEqual([first, second_, second_, second_, first])
    expect(first).not.toBe(second_)
  })

  it('has in each slot the nodes that its instances are', async () => {
    const world = aPlatform()
    const hardware = { coreType: 'granite', coresPerSlot: 32, slots: 2, walltime: 1 }
    const job = await aStudy(world, 2, { jobanalyses: [anAnalysis({ hardware })] })
    until(world, job, 'Executing')
    const instances = world.platform.instances(job.id).slice(0, 9)
    expect(instances.map(({ role }) => role)).toEqual(['MPI_MASTER', 'MPI_SLAVE', 'MPI_SLAVE', 'MPI_SLAVE'])
    const hosts = world.executor.orders.map((order) => order.hosts.map(({ name }) => name))
    const names = instances.map(({ privateHostname }) => privateHostname)
    expect(hosts).toEqual([names.slice(0, 2), names.slice(2)])
  })

  it('orders each run with its own values and templates', async () => {
    const world = aPlatform()
    const template = anUpload(world, 'utemplate')
    const templateTasks = [{ templateFile: template, processedFilename: 'case/0/U' }]
    const job = await aStudy(world, 1, { jobanalyses: [anAnalysis({ templateTasks })] })
    world.platform.settle()
    expect(
      world.executor.orders.map(({ runId, variables }) => [runId, ...variables.map(({ value }) => value)]),
    ).toEqual([
      ['1', 20, 3],
      ['2', 20, 3.5],
      ['3', 20, 4],
      ['4', 25, 3],
      ['5', 25, 3.5],
    ])
    expect(world.executor.orders[4]?.analyses[0]?.templates).toEqual([
      { bytes: template.bytes, processedFilename: 'case/0/U' },
    ])
    expect(job.runs).toHaveLength(5)
  })

  it('keeps the outputs of each run apart', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 5)
    world.platform.settle()
    expect(
      job.runs.map(({ outputFiles }) => outputFiles.map(({ path }) => path.replace(/^.*\/job_/, ''))),
    ).toEqual([1, 2, 3, 4, 5].map((number) => [`${job.id}/run${number}/process_output.log`]))
    expect(world.platform.outputFiles(job.id).count).toBe(5)
    const third = world.platform.outputFiles(job.id, { runId: '3' }).slice(0, 9)
    expect(third).toEqual(job.runs[2]?.outputFiles)
    await world.platform.deleteFile(third[0]?.id ?? '')
    expect(world.platform.outputFiles(job.id).count).toBe(4)
    await world.platform.deleteJob(job.id)
    expect(
      world.platform
        .files()
        .slice(0, 9)
        .map(({ name }) => name),
    ).toEqual(['cases.csv'])
  })

  it('knows what post-processing found', async () => {
    const world = aPlatform()
    world.executor.choose(({ runId }) => ({ results: [{ name: 'Cd', value: `-0.${runId}` }] }))
    const job = await aStudy(world, 5)
    world.platform.settle()
    expect(job.runs[1]?.variables.map(({ name, value }) => [name, value])).toEqual([
      ['x', 20],
      ['y', 3.5],
      ['Cd', -0.2],
    ])
  })

  it('goes on after a run that failed, and says at the end that one did', async () => {
    for (const failedCommand of ['completed', 'stopping'] as const) {
      const world = aPlatform({ quirks: { ...observedQuirks, failedCommand } })
      world.executor.choose(({ runId }) => ({ exitCode: runId === '2' ? 3 : 0 }))
      const job = await aStudy(world, 1)
      world.platform.settle()
      expect(job.runs.map(({ exitCode }) => exitCode)).toEqual([0, 3, 0, 0, 0])
      expect(job.statuses.find(({ reason }) => reason === 'A run failed')?.status).toBe(
        failedCommand === 'stopping' ? 'Stopping' : 'Completed',
      )
    }
  })

  it('ends all runs when it is stopped, and those that wait never start', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    world.platform.stopJob(job.id)
    world.platform.settle()
    expect(statusesOf(job).slice(0, 2)).toEqual(['Completed', 'Stopping'])
    expect([started(job), completed(job)]).toEqual([
      ['1', '2'],
      ['1', '2'],
    ])
    expect(job.cluster?.status).toBe('Stopped')
  })

  it('ends all runs at once when it is stopped by force', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    world.platform.forceStopJob(job.id)
    expect([job.status, completed(job)]).toEqual(['Force Stop', ['1', '2']])
    world.platform.settle()
    expect([started(job), job.cluster?.status]).toEqual([['1', '2'], 'Stopped'])
  })

  it('ends at its walltime, which is that of all runs together', async () => {
    const world = aPlatform()
    world.executor.plan({ duration: 25 * minute })
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    world.platform.advance(61 * minute)
    expect([started(job), job.runs.map(({ exitCode }) => exitCode)]).toEqual([
      ['1', '2', '3', '4', '5'],
      [0, 0, 0, 0, 143],
    ])
    expect(job.statuses.find(({ status }) => status === 'Stopping')?.reason).toBe('Walltime limit reached')
    world.platform.settle()
    expect(job.cluster?.status).toBe('Stopped')
  })

  it('lets live runs follow each other, too, and asks all of them to stop', async () => {
    const world = aPlatform()
    world.executor.hold()
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    expect(world.executor.held.map(({ order }) => order.runId)).toEqual(['1', '2'])
    await world.executor.held[1]?.end({})
    expect(world.executor.held.map(({ order }) => order.runId)).toEqual(['1', '2', '3'])
    world.platform.stopJob(job.id)
    expect(world.executor.held.map(({ asked }) => asked)).toEqual([['stop'], [], ['stop']])
    for (const held of [world.executor.held[0], world.executor.held[2]])
      await held?.end({ exitCode: 143, interruption: 'stopped' })
    world.platform.settle()
    expect([job.status, started(job)]).toEqual(['Completed', ['1', '2', '3']])
  })

  it('stops the other live runs when one has reached the walltime', async () => {
    const world = aPlatform()
    world.executor.hold()
    const job = await aStudy(world, 2)
    until(world, job, 'Executing')
    await world.executor.held[0]?.end({ exitCode: 143, interruption: 'walltime' })
    expect([job.status, world.executor.held[1]?.asked]).toEqual(['Stopping', ['stop']])
    await world.executor.held[1]?.end({ exitCode: 143, interruption: 'stopped' })
    world.platform.settle()
    expect(statusesOf(job).slice(0, 2)).toEqual(['Completed', 'Stopping'])
    expect([job.statuses[1]?.reason, started(job)]).toEqual(['Walltime limit reached', ['1', '2']])
  })

  it('keeps its cases when the file is deleted after it was submitted', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 5)
    await world.platform.deleteFile(job.definition.paramFile ?? '')
    world.platform.settle()
    expect(job.runs.map(({ variables }) => variables[1]?.value)).toEqual([3, 3.5, 4, 3, 3.5])
  })
})

describe('a file of cases that is broken', () => {
  it('is refused when the job is saved or changed', async () => {
    const world = aPlatform()
    const paramFile = anUpload(world, 'cases.csv', 'x,y\n1\n')
    const draft = aDraft({ paramFile })
    await world.platform.prepareDraft(draft)
    const errors = { paramFile: ['Line 2: 1 values for 2 variables.'] }
    expect(refusalOf(() => world.platform.createJob(draft, world.catalogue))).toEqual({
      kind: 'invalid',
      errors,
    })
    const saved = world.platform.createJob(aDraft(), world.catalogue)
    expect(refusalOf(() => world.platform.changeJob(saved.id, { paramFile }, world.catalogue))).toEqual({
      kind: 'invalid',
      errors,
    })
  })

  it('is refused when the job is submitted, if nobody looked before', async () => {
    const world = aPlatform()
    const paramFile = anUpload(world, 'cases.csv', 'x,y\n')
    const job = world.platform.createJob(aDraft({ paramFile }), world.catalogue)
    expect(() => world.platform.submitJob(job.id)).toThrow(/has to be prepared/)
    await world.platform.prepareJob(job.id)
    expect(refusalOf(() => world.platform.submitJob(job.id))).toMatchObject({
      kind: 'invalid',
      errors: { paramFile: ['The file has a line of variable names, but no runs.'] },
    })
    expect(job.status).toBeNull()
  })

  it('is refused when it is too large to be one', async () => {
    const world = aPlatform()
    const paramFile = anUpload(world, 'cases.csv', 'x\n1\n'.padEnd(4 * 1024 * 1024 + 1, '\n'))
    const draft = aDraft({ paramFile })
    await world.platform.prepareDraft(draft)
    expect(refusalOf(() => world.platform.createJob(draft, world.catalogue))).toMatchObject({
      errors: { paramFile: ['Ensure this file has no more than 4194304 bytes.'] },
    })
  })
})

describe('variables that generate their values', () => {
  const range = (name: string, maxvalue: number) => ({
    name,
    variableType: 'Param',
    valueGeneratorType: 'FixedRange',
    valueGeneratorSettings: { minvalue: 1, maxvalue, increment: 1 },
  })

  it('make a run of each combination', () => {
    const { platform, catalogue } = aPlatform()
    const job = platform.createJob(aDraft({ jobvariables: [range('a', 2), range('b', 3)] }), catalogue)
    expect(job.definition.expectedRuns).toBe(6)
    platform.submitJob(job.id)
    platform.settle()
    expect(job.runs.map(({ variables }) => variables.map(({ value }) => value))).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
      [2, 1],
      [2, 2],
      [2, 3],
    ])
  })

  it('are refused at their place when they cannot', () => {
    const { platform, catalogue } = aPlatform()
    const jobvariables = [range('a', 2), range('b', 0)]
    expect(refusalOf(() => platform.createJob(aDraft({ jobvariables }), catalogue))).toEqual({
      kind: 'invalid',
      errors: {
        jobvariables: [{}, { valueGeneratorSettings: ['Ensure that maxvalue is not less than minvalue.'] }],
      },
    })
  })

  it('are not asked where a file has the cases', async () => {
    const world = aPlatform()
    const job = await aStudy(world, 5, { jobvariables: [range('a', 0)] })
    world.platform.settle()
    expect([job.runs.length, job.definition.jobvariables.length]).toEqual([5, 1])
  })
})
