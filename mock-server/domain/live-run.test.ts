import { expect, it } from 'vitest'
import { minute } from './instant.ts'
import type { Job } from './job.ts'
import { anAnalysis, anUpload, aPlatform, statusesOf, submittedJob } from './testing/a-platform.ts'

/** A job whose run is live, and executes. */
function aLiveJob(world: ReturnType<typeof aPlatform>, options?: { canForceStop: boolean }) {
  world.executor.hold(options)
  const job = submittedJob(world.platform)
  world.platform.settle()
  const run = world.executor.held[0]
  if (!run) throw new Error('The run was not begun')
  return { job, run }
}

const outputsOf = ({ files }: ReturnType<typeof aPlatform>, names: readonly string[]) =>
  names.map((relativePath) => ({ relativePath, bytes: files.put(new TextEncoder().encode(relativePath)) }))

const namesOf = (job: Job) => job.runs[0]?.outputFiles.map(({ relativePath }) => relativePath)

it('executes until the run says that it has ended, at the virtual time of then', async () => {
  const world = aPlatform()
  const { job, run } = aLiveJob(world)
  expect(job.status).toBe('Executing')
  expect(job.runs).toMatchObject([{ id: '1', dateCompleted: null, outputFiles: [] }])
  world.platform.advance(3 * minute)
  await run.end({ outputs: outputsOf(world, ['process_output.log', 'a/b.txt', 'c.txt']) })
  expect(job.status).toBe('Completed')
  expect(job.elapsedWalltimeSeconds).toBeGreaterThanOrEqual(180)
  expect(namesOf(job)).toEqual(['process_output.log', 'c.txt', 'a/b.txt'])
  world.platform.settle()
  expect(job.cluster?.status).toBe('Stopped')
})

it('lets the composition bring time up to date before it is told of the end, and settle after', async () => {
  const seen: string[] = []
  const world = aPlatform({
    onLiveRunEnded: (tell) => {
      world.platform.advance(minute)
      seen.push(job.status ?? '')
      tell()
      seen.push(job.status ?? '')
      world.platform.settle()
    },
  })
  const { job, run } = aLiveJob(world)
  await run.end({ exitCode: 3 })
  expect(seen).toEqual(['Executing', 'Completed'])
  expect(job.cluster?.status).toBe('Stopped')
})

it('asks a live run to stop, and waits for its files', async () => {
  const world = aPlatform()
  const { job, run } = aLiveJob(world)
  world.platform.stopJob(job.id)
  world.platform.settle()
  expect([job.status, run.asked]).toEqual(['Stopping', ['stop']])
  await run.end({ exitCode: 143, interruption: 'stopped', outputs: outputsOf(world, ['last.txt']) })
  expect(job.status).toBe('Completed')
  expect(namesOf(job)).toEqual(['last.txt'])
})

it('says that the walltime was reached when the run says so', async () => {
  const world = aPlatform()
  const { job, run } = aLiveJob(world)
  await run.end({ exitCode: 143, interruption: 'walltime' })
  world.platform.settle()
  expect(statusesOf(job).slice(0, 3)).toEqual(['Completed', 'Stopping', 'Executing'])
  expect(job.statuses[1]?.reason).toBe('Walltime limit reached')
})

it('keeps the cluster until a run that is stopped by force has saved its files', async () => {
  const world = aPlatform()
  const { job, run } = aLiveJob(world)
  world.platform.stopJob(job.id)
  world.platform.forceStopJob(job.id)
  world.platform.settle()
  expect([job.status, job.cluster?.status, run.asked]).toEqual([
    'Force Stop',
    'Started',
    ['stop', 'force stop'],
  ])
  await run.end({ exitCode: 137, interruption: 'stopped', outputs: outputsOf(world, ['some.txt']) })
  world.platform.settle()
  expect([job.status, job.cluster?.status, namesOf(job)]).toEqual(['Force Stop', 'Stopped', ['some.txt']])
})

it('kills a run that knows no force stop, and lets go of what it still leaves', async () => {
  const world = aPlatform()
  const { job, run } = aLiveJob(world, { canForceStop: false })
  world.platform.forceStopJob(job.id)
  world.platform.settle()
  expect([job.status, job.cluster?.status, run.asked]).toEqual(['Force Stop', 'Stopped', ['kill']])
  const kept = world.files.count
  await run.end({ outputs: outputsOf(world, ['late.txt']) })
  expect(world.files.count).toBe(kept)
  expect(namesOf(job)).toEqual([])
})

it('orders a run with all that it needs', () => {
  const world = aPlatform({ environment: { RESCALE_API_KEY: 'key' } })
  const input = anUpload(world, 'case.zip')
  const script = anUpload(world, 'post.sh')
  const analysis = anAnalysis({
    inputFiles: [{ id: input.id, decompress: false }],
    envVars: { LM_LICENSE_FILE: '1055@example.com' },
    postProcessScript: { id: script.id },
    postProcessScriptCommand: 'bash post.sh',
    hardware: { coreType: 'adamite', coresPerSlot: 48, slots: 2, walltime: 3 },
  })
  const job = submittedJob(world.platform, { name: 'two nodes', jobanalyses: [analysis, anAnalysis()] })
  world.platform.settle()
  const [order] = world.executor.orders
  expect(order).toMatchObject({
    tenantId: 'tenant',
    jobId: job.id,
    runId: '1',
    clusterId: job.cluster?.id,
    username: `uprod_${job.id}`,
    jobName: 'two nodes',
    coreType: 'adamite',
    coresPerSlot: 48,
    slots: 2,
    walltime: 3,
  })
  expect(order?.analyses).toHaveLength(2)
  expect(order?.analyses[0]).toMatchObject({
    analysisCode: 'user_included',
    versionCode: '0',
    inputs: [{ name: 'case.zip', bytes: input.bytes, decompress: false }],
    envVars: { LM_LICENSE_FILE: '1055@example.com' },
    preProcessScript: null,
    postProcessScript: { name: 'post.sh', bytes: script.bytes },
    postProcessScriptCommand: 'bash post.sh',
  })
  expect(order?.environment).toMatchObject({
    RESCALE_API_KEY: 'key',
    RESCALE_JOB_ID: job.id,
    RESCALE_CLUSTER_ID: job.cluster?.id,
    RESCALE_CORE_TYPE: 'adamite',
    RESCALE_CORES_PER_SLOT: '48',
    RESCALE_CORES_PER_NODE: '24',
    RESCALE_NODES_PER_SLOT: '2',
    RESCALE_SLOTS_PER_NODE: '1',
    RESCALE_GPUS_PER_NODE: '0',
    RESCALE_IG_RESTART_COUNT: '0',
  })
})

it('lets the executor look into the inputs before a job is submitted', async () => {
  const world = aPlatform()
  const prepared: string[][] = []
  world.executor.prepare = async (inputs) => {
    prepared.push(inputs.map(({ name }) => name))
  }
  const input = anUpload(world, 'case.zip')
  const job = submittedJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] })
  await world.platform.prepareJob(job.id)
  expect(prepared).toEqual([])
  const saved = world.platform.createJob(
    { name: 'saved', jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] },
    world.catalogue,
  )
  await world.platform.prepareJob(saved.id)
  expect(prepared).toEqual([['case.zip']])
})
