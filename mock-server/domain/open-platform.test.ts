import { expect, it } from 'vitest'
import { dateOf } from './instant.ts'
import { openPlatform } from './open-platform.ts'
import { aPlatform, clusterStatusesOf, createJob, noon, submittedJob } from './testing/a-platform.ts'
import { smallFiles } from './testing/small-files.ts'
import { toldExecutor } from './testing/told-executor.ts'

function anOpenPlatform(seed = 'seed') {
  const [files, executor] = [smallFiles(), toldExecutor()]
  const { catalogue } = aPlatform()
  return {
    files,
    executor,
    platform: openPlatform({ tenantId: 'tenant', seed, startsAt: noon, files, executor }, catalogue),
  }
}

it('begins at the given time with finished jobs of this year and the last', () => {
  const { platform } = anOpenPlatform()
  expect(platform.now()).toBe(noon)
  expect(platform.nextDue()).toBeNull()
  const jobs = platform.jobs({ state: 'completed', jobStatus: 'Completed' })
  expect(jobs.count).toBeGreaterThanOrEqual(12)
  expect(jobs.count).toBe(platform.jobs().count)
  const all = jobs.slice(0, 100)
  const years = new Set(all.map(({ dateInserted }) => dateOf(dateInserted).getUTCFullYear()))
  expect(years).toEqual(new Set([2026, 2025]))
  for (const job of all) {
    expect(job.statuses[0]).toMatchObject({ reason: 'Completed successfully' })
    expect(clusterStatusesOf(job)[0]).toBe('Stopped')
    expect(
      platform
        .outputFiles(job.id)
        .slice(0, 10)
        .map(({ name }) => name),
    ).toEqual(['process_output.log', 'result.dat'])
  }
})

it('has the job that the tutorial reads', () => {
  const { platform, files } = anOpenPlatform()
  const job = platform.job('ObMcJc')
  expect(job.definition.jobanalyses[0]?.analysis.code).toBe('user_included')
  const log = platform.outputFiles(job.id).slice(0, 1)[0]
  expect(log && files.text(log.bytes)).toMatch(
    /^\[20\d\d-.*Z\]: Launching python3 calculate_pi.py range.inp, Working dir/,
  )
})

it('runs later jobs with the executor that it is given', () => {
  const { platform, executor } = anOpenPlatform()
  submittedJob(platform)
  platform.settle()
  expect(executor.orders).toHaveLength(1)
})

it('is the same for the same seed', () => {
  const told = (seed: string) => {
    const { platform } = anOpenPlatform(seed)
    const job = submittedJob(platform)
    platform.settle()
    const rows = platform
      .jobs()
      .slice(0, 100)
      .map(({ id, statuses, cluster }) => [id, statuses, cluster?.id, cluster?.statuses])
    const files = platform
      .files()
      .slice(0, 100)
      .map(({ id, path, bytes, encodedEncryptionKey }) => [id, path, bytes.sha512, encodedEncryptionKey])
    return JSON.stringify([platform.user, platform.projects, job.id, rows, files])
  }
  expect(told('seed')).toBe(told('seed'))
  expect(told('seed')).not.toBe(told('other'))
})

it('names its user as nobody can be called', () => {
  const { user, projects } = anOpenPlatform().platform
  expect(user.email).toMatch(/^[a-z]+\.[a-z]+\.[a-z]{6}@example\.com$/)
  expect(user.workspace.id).toMatch(/^04-\d{9}$/)
  expect(projects.length).toBeGreaterThanOrEqual(2)
})

it('shares nothing with another platform in the process', () => {
  const [one, other] = [anOpenPlatform(), anOpenPlatform()]
  const job = createJob(one.platform)
  expect(
    other.platform
      .jobs()
      .slice(0, 100)
      .map(({ id }) => id),
  ).not.toContain(job.id)
  expect(createJob(other.platform).id).toBe(job.id)
})
