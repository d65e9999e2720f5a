import { expect, it } from 'vitest'
import { type Duration, hour, millisecond, minute, second } from './instant.ts'
import type { Job } from './job.ts'
import { announcedQuirks, observedQuirks } from './quirks.ts'
import {
  anAnalysis,
  aPlatform,
  clusterStatusesOf,
  createJob,
  refusalOf,
  statusesOf,
  submittedJob,
} from './testing/a-platform.ts'

const usual = ['Executing', 'Validated', 'Started', 'Queued', 'Pending']
const allOfCluster = ['Stopped', 'Stopping', 'Stop Requested', 'Started', 'Starting', 'Queued', 'Not Started']

/** The job as it begins to execute. */
function anExecutingJob(
  { platform }: ReturnType<typeof aPlatform>,
  ...job: Parameters<typeof submittedJob> extends [unknown, ...infer More] ? More : never
): Job {
  const submitted = submittedJob(platform, ...job)
  until(platform, submitted, 'Executing')
  return submitted
}

function until(platform: ReturnType<typeof aPlatform>['platform'], job: Job, status: Job['status']): void {
  for (let due = platform.nextDue(); job.status !== status; due = platform.nextDue()) {
    if (due === null) throw new Error(`The job stays ${job.status}`)
    platform.advanceTo(due)
  }
}

const reasonOf = (job: Job, status: string) => job.statuses.find((entry) => entry.status === status)?.reason

const between = (
  entries: Job['statuses'] | NonNullable<Job['cluster']>['statuses'],
  from: string,
  to: string,
): Duration => {
  const at = (status: string) => entries.find((entry) => entry.status === status)?.at ?? Number.NaN
  return at(to) - at(from)
}

it('keeps a saved job without statuses and without a cluster', () => {
  const { platform } = aPlatform()
  const job = createJob(platform)
  platform.advance(24 * hour)
  expect(job.statuses).toEqual([])
  expect(job.cluster).toBeNull()
  expect(job.runs).toEqual([])
})

it('takes a job through all statuses to Completed successfully', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  expect(statusesOf(job)).toEqual(['Pending'])
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', ...usual])
  expect(reasonOf(job, 'Completed')).toBe('Completed successfully')
  expect(job.statuses.slice(1).map(({ reason }) => reason)).toEqual(usual.map(() => null))
  expect(clusterStatusesOf(job)).toEqual(allOfCluster)
})

it('lets economy jobs wait for a queue', () => {
  const { platform } = aPlatform()
  const jobs = [
    submittedJob(platform, { isLowPriority: true }),
    submittedJob(platform, { billingPriorityValue: 'ON_DEMAND' }),
  ]
  platform.settle()
  for (const job of jobs) {
    expect(statusesOf(job)).toEqual(['Completed', ...usual.slice(0, -1), 'Waiting for Queue', 'Pending'])
    expect(job.definition).toMatchObject({ isLowPriority: true, billingPriorityValue: 'ON_DEMAND' })
  }
})

it('takes about the times that were observed', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  platform.settle()
  const cluster = job.cluster?.statuses ?? []
  const entries = [...job.statuses, ...(cluster as unknown as Job['statuses'])]
  const expected: readonly (readonly [from: string, to: string, typical: Duration])[] = [
    ['Validated', 'Executing', 7 * minute],
    ['Executing', 'Completed', 10 * minute],
    ['Not Started', 'Starting', 20.4 * second],
    ['Completed', 'Stop Requested', 0.36 * second],
    ['Completed', 'Stopped', 45.9 * second],
  ]
  for (const [from, to, typical] of expected)
    expect(Math.abs(between(entries, from, to) / typical - 1), `${from} to ${to}`).toBeLessThan(0.16)
  const clusterStarted = cluster.find(({ status }) => status === 'Started')?.at ?? 0
  const executing = job.statuses.find(({ status }) => status === 'Executing')?.at ?? 0
  expect((executing - clusterStarted) / second).toBeCloseTo(11.2, -0.7)
})

it('shows the cluster Queued while the job is Validated, and asks for it when the job is Queued', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  expect(job.cluster).toBeNull()
  until(platform, job, 'Queued')
  expect(job.cluster?.status).toBe('Not Started')
  until(platform, job, 'Validated')
  platform.advance(4 * second)
  expect([job.status, job.cluster?.status]).toEqual(['Validated', 'Queued'])
})

it('dates the events of the cluster in whole milliseconds', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  platform.settle()
  const isWhole = (at: number) => at % millisecond === 0
  const fromCluster = ['Started', 'Validated', 'Executing']
  for (const { status, at } of job.statuses)
    if (fromCluster.includes(status)) expect(isWhole(at), status).toBe(true)
  const ofCluster = job.cluster?.statuses.filter(({ status }) =>
    ['Starting', 'Started', 'Stopping', 'Stopped'].includes(status),
  )
  expect(ofCluster?.map(({ at }) => isWhole(at))).toEqual([true, true, true, true])
  expect(job.statuses.filter(({ at }) => !isWhole(at)).map(({ status }) => status)).toContain('Queued')
})

it('does not change what happens to a job when another one is started', () => {
  const alone = aPlatform()
  const one = submittedJob(alone.platform)
  alone.platform.settle()
  const together = aPlatform()
  const same = submittedJob(together.platform)
  submittedJob(together.platform)
  together.platform.settle()
  expect(same.statuses).toEqual(one.statuses)
  expect(same.cluster?.statuses).toEqual(one.cluster?.statuses)
})

it('completes a job whose command failed, without Stopping', () => {
  const { platform, executor } = aPlatform()
  executor.plan({ exitCode: 2 })
  const job = submittedJob(platform)
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', ...usual])
  expect(reasonOf(job, 'Completed')).toBe('A run failed')
  expect(job.runs[0]?.exitCode).toBe(2)
})

it('stops a job whose command failed, where that variant is chosen', () => {
  const { platform, executor } = aPlatform({ quirks: { ...observedQuirks, failedCommand: 'stopping' } })
  executor.plan({ exitCode: 2 })
  const job = submittedJob(platform)
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', 'Stopping', ...usual])
  expect(reasonOf(job, 'Stopping')).toBe('A run failed')
  expect(job.cluster?.status).toBe('Stopped')
})

it('stops an executing job, and completes it when its commands have ended', () => {
  const world = aPlatform()
  const job = anExecutingJob(world)
  world.platform.advance(minute)
  world.platform.stopJob(job.id)
  expect(statusesOf(job)).toEqual(['Stopping', ...usual])
  expect(reasonOf(job, 'Stopping')).toBe('User Terminated')
  expect(job.runs[0]?.dateCompleted).toBeNull()
  world.platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', 'Stopping', ...usual])
  expect(reasonOf(job, 'Completed')).toBeNull()
  expect(clusterStatusesOf(job)).toEqual(allOfCluster)
  expect(job.runs[0]?.exitCode).toBe(143)
})

it('takes a second stop without effect', () => {
  const world = aPlatform()
  const job = anExecutingJob(world)
  world.platform.stopJob(job.id)
  world.platform.stopJob(job.id)
  expect(statusesOf(job)).toEqual(['Stopping', ...usual])
})

it('refuses to stop a job that does not run', () => {
  const { platform } = aPlatform()
  const saved = createJob(platform)
  const finished = submittedJob(platform)
  platform.settle()
  for (const job of [saved, finished]) {
    const refusal = { kind: 'job-not-running', jobId: job.id, status: job.status }
    expect(refusalOf(() => platform.stopJob(job.id))).toEqual(refusal)
    expect(refusalOf(() => platform.forceStopJob(job.id))).toEqual(refusal)
  }
})

it('adds no row to a job that is stopped before it is validated, and stops its cluster', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  until(platform, job, 'Started')
  platform.stopJob(job.id)
  platform.settle()
  expect(statusesOf(job)).toEqual(['Started', 'Queued', 'Pending'])
  expect(clusterStatusesOf(job)).toEqual(['Stopped', 'Stopping', 'Stop Requested', 'Not Started'])
  expect(job.state).toBe('completed')
})

it('lets a job that is stopped while Pending be deleted at once, for it has no cluster', async () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  platform.stopJob(job.id)
  expect(platform.nextDue()).toBeNull()
  await platform.deleteJob(job.id)
  expect(refusalOf(() => platform.job(job.id))).toEqual({ kind: 'not-found', what: 'job', id: job.id })
})

it('completes a job that is stopped before it is validated, where that variant is chosen', () => {
  const { platform } = aPlatform({ quirks: { ...observedQuirks, stopBeforeValidation: 'stopping' } })
  const job = submittedJob(platform)
  until(platform, job, 'Queued')
  platform.stopJob(job.id)
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', 'Stopping', 'Queued', 'Pending'])
  expect(job.cluster?.status).toBe('Stopped')
})

it('completes a job that is stopped between Validated and Executing, without a run', () => {
  const { platform, executor } = aPlatform()
  const job = submittedJob(platform)
  until(platform, job, 'Validated')
  platform.advance(minute)
  platform.stopJob(job.id)
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', 'Stopping', 'Validated', 'Started', 'Queued', 'Pending'])
  expect(clusterStatusesOf(job)).toEqual([
    'Stopped',
    'Stopping',
    'Stop Requested',
    'Starting',
    'Queued',
    'Not Started',
  ])
  expect(job.runs).toEqual([])
  expect(executor.orders).toEqual([])
})

it('ends with Force Stop after Stopping', () => {
  const world = aPlatform()
  const job = anExecutingJob(world)
  world.platform.stopJob(job.id)
  world.platform.forceStopJob(job.id)
  expect(statusesOf(job)).toEqual(['Force Stop', 'Stopping', ...usual])
  expect(job.runs[0]?.outputFiles.map(({ name }) => name)).toEqual(['process_output.log'])
  world.platform.settle()
  expect(statusesOf(job)).toEqual(['Force Stop', 'Stopping', ...usual])
  expect(job.cluster?.status).toBe('Stopped')
})

it('stops a job at its walltime', () => {
  const { platform, executor } = aPlatform()
  executor.plan({ duration: 5 * hour })
  const job = submittedJob(platform, {
    jobanalyses: [anAnalysis({ hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 2 } })],
  })
  platform.settle()
  expect(statusesOf(job)).toEqual(['Completed', 'Stopping', ...usual])
  expect(reasonOf(job, 'Stopping')).toBe('Walltime limit reached')
  expect(between(job.statuses, 'Executing', 'Stopping')).toBe(2 * hour)
})

it('does not wait for the walltime of a command that never ends', () => {
  const { platform, executor } = aPlatform()
  executor.plan({ duration: null })
  const job = submittedJob(platform)
  platform.settle()
  expect(job.status).toBe('Executing')
  platform.advance(2 * hour)
  expect(job.status).toBe('Completed')
  expect(reasonOf(job, 'Stopping')).toBe('Walltime limit reached')
})

it('runs a command that never ends for ever, without a walltime', () => {
  const { platform, executor } = aPlatform()
  executor.plan({ duration: null })
  const job = submittedJob(platform, {
    jobanalyses: [anAnalysis({ hardware: { coreType: 'granite', coresPerSlot: 2 } })],
  })
  platform.advance(1000 * hour)
  expect(job.status).toBe('Executing')
  expect(platform.nextDue()).toBeNull()
})

it('lists one instance per node while the cluster is up', () => {
  const world = aPlatform()
  const { platform } = world
  const hardware = { coreType: 'adamite', coresPerSlot: 72, walltime: 1 }
  const job = submittedJob(platform, { jobanalyses: [anAnalysis({ hardware })] })
  until(platform, job, 'Validated')
  expect(platform.instances(job.id).count).toBe(0)
  until(platform, job, 'Executing')
  const instances = platform.instances(job.id)
  const rows = instances.slice(0, 10)
  expect(instances.count).toBe(3)
  expect(rows.map(({ role }) => role)).toEqual(['MPI_MASTER', 'MPI_SLAVE', 'MPI_SLAVE'])
  expect(new Set(rows.map(({ id }) => id)).size).toBe(3)
  expect(rows[0]).toMatchObject({
    username: `uprod_${job.id}`,
    clusterId: job.cluster?.id,
    tenancy: 'default',
  })
  expect(instances.slice(1, 2)).toEqual(rows.slice(1, 2))
  platform.settle()
  expect(platform.instances(job.id).count).toBe(0)
})

it('gives the only node of a cluster the role CUSTOM, and the address that it is told', () => {
  const ssh = { publicIp: '127.0.0.1', publicHostname: 'localhost', sshPort: 2222 }
  const world = aPlatform({ ssh })
  const job = anExecutingJob(world)
  expect(world.platform.instances(job.id).slice(0, 10)).toMatchObject([{ role: 'CUSTOM', ...ssh }])
})

it('takes submitting again without effect, or refuses where that is announced', () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  platform.settle()
  const before = job.statuses
  platform.submitJob(job.id)
  platform.settle()
  expect(job.statuses).toEqual(before)
  const announced = aPlatform({ quirks: announcedQuirks })
  const other = submittedJob(announced.platform)
  expect(refusalOf(() => announced.platform.submitJob(other.id))).toEqual({
    kind: 'already-submitted',
    jobId: other.id,
    status: 'Pending',
  })
})

it('refuses to delete a job until its cluster has stopped', async () => {
  const { platform } = aPlatform()
  const job = submittedJob(platform)
  const refusalOfDelete = () =>
    platform.deleteJob(job.id).then(
      () => null,
      (error) => error.refusal,
    )
  expect(await refusalOfDelete()).toEqual({ kind: 'cluster-not-stopped', jobId: job.id, clusterStatus: null })
  until(platform, job, 'Completed')
  expect(await refusalOfDelete()).toEqual({
    kind: 'cluster-not-stopped',
    jobId: job.id,
    clusterStatus: 'Started',
  })
  platform.settle()
  expect(await refusalOfDelete()).toBeNull()
  expect(platform.jobs().count).toBe(0)
})

it('takes a thousand jobs through their lives at once', () => {
  const { platform } = aPlatform()
  const jobs = Array.from({ length: 1000 }, () => submittedJob(platform))
  platform.settle()
  expect(jobs.every(({ status }) => status === 'Completed')).toBe(true)
  expect(platform.jobs({ jobStatus: 'Completed' }).count).toBe(1000)
})
