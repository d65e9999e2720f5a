import { expect, it } from 'vitest'
import { hour, minute } from './instant.ts'
import type { HardwareDraft, JobAnalysisDraft, JobChanges } from './job.ts'
import { announcedQuirks } from './quirks.ts'
import {
  aDraft,
  anAnalysis,
  anUpload,
  aPlatform,
  createJob,
  noon,
  refusalOf,
  submittedJob,
} from './testing/a-platform.ts'

/** What is wrong with a job that has this analysis. */
function errorsOf(changes: Partial<JobAnalysisDraft>, world = aPlatform()) {
  const refusal = refusalOf(() => createJob(world.platform, { jobanalyses: [anAnalysis(changes)] }))
  expect(world.platform.jobs().count).toBe(refusal ? 0 : 1)
  return refusal?.kind === 'invalid' ? refusal.errors : refusal
}

const hardwareErrors = (changes: Partial<HardwareDraft>) =>
  errorsOf({ hardware: { coreType: 'granite', coresPerSlot: 2, walltime: 1, ...changes } })

const onHardware = (field: string, message: string) => ({
  jobanalyses: [{ hardware: { [field]: [message] } }],
})

it('saves a job with the defaults of the platform', () => {
  const { platform } = aPlatform()
  const job = createJob(platform)
  expect(job.id).toMatch(/^[A-Za-z]{6}$/)
  expect(job).toMatchObject({
    name: 'airfoil',
    dateInserted: noon,
    status: null,
    state: 'not_completed',
    storage: 0,
  })
  expect(job.definition).toMatchObject({
    projectId: null,
    isLowPriority: false,
    billingPriorityValue: 'INSTANT',
    cidrRule: '0.0.0.0/0',
    publicKey: null,
    sshPort: 22,
  })
  expect(job.definition.jobanalyses[0]).toMatchObject({
    analysis: { code: 'user_included' },
    version: { versionCode: '0' },
    hardware: { coreType: { code: 'granite' }, coresPerSlot: 2, slots: 1, walltime: 1, type: 'compute' },
    inputFiles: [],
    envVars: {},
  })
})

it('refuses one core on granite, and says which numbers it has', () => {
  const message =
    'Invalid number of cores for core type granite. Choose one of 2, 4, 8, 16, or a multiple of 16.'
  expect(hardwareErrors({ coresPerSlot: 1 })).toEqual(onHardware('coresPerSlot', message))
})

it('accepts multiples of the largest node', () => {
  for (const coresPerSlot of [2, 16, 32, 160]) expect(hardwareErrors({ coresPerSlot })).toBeNull()
  for (const coresPerSlot of [0, -16, 3, 2.5, 24, Number.NaN])
    expect(hardwareErrors({ coresPerSlot }), String(coresPerSlot)).not.toBeNull()
})

it('takes the smallest node, one slot and no walltime where nothing is said', () => {
  const { platform } = aPlatform()
  const job = createJob(platform, { jobanalyses: [anAnalysis({ hardware: { coreType: 'granite' } })] })
  expect(job.definition.jobanalyses[0]?.hardware).toMatchObject({ coresPerSlot: 2, slots: 1, walltime: null })
})

it('refuses slots and walltimes out of range', () => {
  expect(hardwareErrors({ slots: 0 })).toEqual(
    onHardware('slots', 'Ensure this value is greater than or equal to 1.'),
  )
  expect(hardwareErrors({ slots: 1.5 })).toEqual(onHardware('slots', 'A valid integer is required.'))
  expect(hardwareErrors({ slots: 1e9 })).toEqual(
    onHardware('slots', 'Ensure this value is less than or equal to 10000.'),
  )
  expect(hardwareErrors({ slots: 2000 })).toBeNull()
  expect(hardwareErrors({ coresPerSlot: 160, slots: 2000 })).toEqual(
    onHardware('slots', 'Ensure that not more than 10000 nodes are needed.'),
  )
  expect(hardwareErrors({ walltime: 0 })).toEqual(
    onHardware('walltime', 'Ensure this value is greater than 0.'),
  )
  expect(hardwareErrors({ walltime: 49 })).toEqual(
    onHardware('walltime', 'Ensure this value is less than or equal to 48.'),
  )
})

it('refuses core types, analyses and versions that there are not', () => {
  expect(hardwareErrors({ coreType: 'diamond' })).toEqual(
    onHardware('coreType', 'Object with code=diamond does not exist.'),
  )
  expect(hardwareErrors({ coreType: 'test', coresPerSlot: 1 })).toEqual(
    onHardware('coreType', 'Object with code=test does not exist.'),
  )
  expect(errorsOf({ analysis: { code: 'excel' } })).toEqual({
    jobanalyses: [{ analysis: { code: ['Object with code=excel does not exist.'] } }],
  })
  const noVersion = { jobanalyses: [{ analysis: ['The specified version is not available.'] }] }
  expect(errorsOf({ analysis: { code: 'user_included', version: 'CPU' } })).toEqual(noVersion)
  expect(errorsOf({ analysis: { code: 'user_included', version: '99' } })).toEqual(noVersion)
  expect(errorsOf({ analysis: { code: 'user_included', versionName: 'GPU' } })).toEqual(noVersion)
})

it('takes the newest version where none is named, and one by the name that people see', () => {
  const { platform } = aPlatform()
  const versionOf = (analysis: JobAnalysisDraft['analysis']) =>
    createJob(platform, { jobanalyses: [anAnalysis({ analysis })] }).definition.jobanalyses[0]?.version
      .versionCode
  expect(versionOf({ code: 'ansys_fluent' })).toBe('2021r1')
  expect(versionOf({ code: 'user_included', versionName: 'CPU' })).toBe('0')
})

it('gives each error its position, and says all at once', () => {
  const { platform } = aPlatform()
  const wrong = anAnalysis({
    command: ' ',
    inputFiles: [{ id: 'nobody' }],
    hardware: { coreType: 'granite', coresPerSlot: 1 },
  })
  const refusal = refusalOf(() =>
    createJob(platform, { name: '', projectId: 'nowhere', jobanalyses: [anAnalysis(), wrong] }),
  )
  expect(refusal).toEqual({
    kind: 'invalid',
    errors: {
      name: ['This field may not be blank.'],
      projectId: ['Invalid pk "nowhere" - object does not exist.'],
      jobanalyses: [
        {},
        {
          hardware: { coresPerSlot: [expect.stringContaining('granite')] },
          command: ['This field may not be blank.'],
          inputFiles: [{ id: ['Invalid pk "nobody" - object does not exist.'] }],
        },
      ],
    },
  })
})

it('refuses a job without analyses', () => {
  const { platform } = aPlatform()
  expect(refusalOf(() => createJob(platform, { jobanalyses: [] }))).toEqual({
    kind: 'invalid',
    errors: { jobanalyses: { non_field_errors: ['This list may not be empty.'] } },
  })
})

it('accepts a blank command where people work with windows', () => {
  expect(errorsOf({ command: '', analysis: { code: 'ansys_e2e_desktop' } })).toBeNull()
  expect(errorsOf({ command: '# ' })).toBeNull()
})

it('accepts a known project, none, and the empty text for none', () => {
  const { platform } = aPlatform()
  const projectOf = (projectId: string | null | undefined) =>
    createJob(platform, { projectId }).definition.projectId
  const known = platform.projects[0]?.id ?? ''
  expect([known, null, '', undefined].map(projectOf)).toEqual([known, null, null, null])
})

it('ignores fields that it does not know, and null where a field cannot be null', () => {
  const { platform } = aPlatform()
  const draft = { ...aDraft(), id: 'mine', owner: 'me@example.com', description: null, archiveFilters: null }
  const job = platform.createJob(draft as unknown as ReturnType<typeof aDraft>, aPlatform().catalogue)
  expect(job.definition).not.toHaveProperty('owner')
  expect(job.id).not.toBe('mine')
  expect(job.definition).toMatchObject({ description: '', archiveFilters: [] })
})

it('shares the definitions of jobs that ask for the same', () => {
  const { platform } = aPlatform()
  const [one, same, other] = [
    createJob(platform, { name: 'one' }),
    createJob(platform, { name: 'two' }),
    createJob(platform, { description: 'other' }),
  ]
  expect(same.definition).toBe(one.definition)
  expect(other.definition).not.toBe(one.definition)
})

it('changes what is named of a saved job, and keeps the rest', () => {
  const world = aPlatform()
  const { platform } = world
  const job = createJob(platform, { description: 'first', isLowPriority: true })
  const input = anUpload(world, 'range.inp')
  const version = job.version
  platform.changeJob(
    job.id,
    { name: 'renamed', jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] },
    world.catalogue,
  )
  expect(job).toMatchObject({ name: 'renamed', definition: { description: 'first', isLowPriority: true } })
  expect(job.definition.jobanalyses[0]?.inputFiles).toEqual([{ fileId: input.id, decompress: true }])
  expect(job.storage).toBe(input.bytes.size)
  expect(job.version).toBeGreaterThan(version)
})

it('returns what a PUT does not name to its default', () => {
  const { platform, catalogue } = aPlatform()
  const job = createJob(platform, { description: 'first', isLowPriority: true })
  platform.replaceJob(job.id, aDraft({ name: 'second' }), catalogue)
  expect(job).toMatchObject({ name: 'second', definition: { description: '', isLowPriority: false } })
})

it('leaves a saved job as it is when the change is wrong', () => {
  const { platform, catalogue } = aPlatform()
  const job = createJob(platform)
  const before = { name: job.name, definition: job.definition }
  const wrong: JobChanges = { name: 'other', jobanalyses: [anAnalysis({ analysis: { code: 'excel' } })] }
  expect(refusalOf(() => platform.changeJob(job.id, wrong, catalogue))).toMatchObject({ kind: 'invalid' })
  expect(job).toMatchObject(before)
})

it('changes nothing of a submitted job but its project and folder', () => {
  const { platform, catalogue } = aPlatform()
  const job = submittedJob(platform)
  platform.settle()
  const analyses = job.definition.jobanalyses
  const projectId = platform.projects[1]?.id
  const changed = platform.changeJob(
    job.id,
    { name: 'renamed', jobanalyses: [anAnalysis({ command: 'other' })], projectId, folderId: 'bNxQab' },
    catalogue,
  )
  expect(changed).toMatchObject({ name: 'airfoil', definition: { projectId, folderId: 'bNxQab' } })
  expect(changed.definition.jobanalyses).toBe(analyses)
})

it('refuses to change the definition of a submitted job, where that is announced', () => {
  const { platform, catalogue } = aPlatform({ quirks: announcedQuirks })
  const job = submittedJob(platform)
  platform.settle()
  expect(refusalOf(() => platform.changeJob(job.id, { name: 'renamed' }, catalogue))).toEqual({
    kind: 'not-editable',
    jobId: job.id,
    status: 'Completed',
  })
  expect(refusalOf(() => platform.changeJob(job.id, { projectId: null }, catalogue))).toBeNull()
})

it('does not submit a job whose core type is deprecated', () => {
  const { platform } = aPlatform()
  const job = createJob(platform, {
    jobanalyses: [anAnalysis({ hardware: { coreType: 'standard', coresPerSlot: 1 } })],
  })
  const refusal = { kind: 'core-type-unavailable', jobId: job.id, coreType: 'standard' }
  expect(refusalOf(() => platform.submitJob(job.id))).toEqual(refusal)
  expect(job.status).toBeNull()
})

it('tags a job once per normalized name, and takes tags away', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  const tag = { name: 'Computational_Pipeline', normalizedName: 'computational_pipeline' }
  expect(platform.tagJob(id, 'Computational_Pipeline')).toEqual(tag)
  expect(platform.tagJob(id, 'computational_pipeline')).toEqual(tag)
  platform.tagJob(id, 'other')
  platform.untagJob(id, 'COMPUTATIONAL_PIPELINE')
  expect(platform.job(id).tags.map(({ name }) => name)).toEqual(['other'])
  expect(refusalOf(() => platform.untagJob(id, 'none'))).toEqual({
    kind: 'not-found',
    what: 'tag',
    id: 'none',
  })
})

it('shares a job with each address once', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  for (const recipient of ['one@example.com', 'two@example.com', 'one@example.com'])
    platform.shareJob(id, { recipient, message: '' })
  expect(platform.job(id).sharedWith).toEqual(['one@example.com', 'two@example.com'])
})

it('finds no job by an id that there is not', () => {
  const { platform, catalogue } = aPlatform()
  const notFound = { kind: 'not-found', what: 'job', id: 'nobody' }
  for (const attempt of [
    () => platform.job('nobody'),
    () => platform.submitJob('nobody'),
    () => platform.stopJob('nobody'),
    () => platform.changeJob('nobody', {}, catalogue),
    () => platform.outputFiles('nobody'),
    () => platform.instances('nobody'),
  ])
    expect(refusalOf(attempt)).toEqual(notFound)
})

it('lists jobs newest first, by state and status', () => {
  const { platform } = aPlatform()
  const jobs = Array.from({ length: 5 }, (_, number) => createJob(platform, { name: `job ${number}` }))
  for (const job of jobs.slice(0, 3)) platform.submitJob(job.id)
  platform.advance(10 * minute)
  platform.stopJob(jobs[1]?.id ?? '')
  platform.settle()
  platform.submitJob(jobs[3]?.id ?? '')
  const names = (filter: Parameters<typeof platform.jobs>[0]) => {
    const listing = platform.jobs(filter)
    const rows = listing.slice(0, 10).map(({ name }) => name.slice(-1))
    expect(listing.count).toBe(rows.length)
    return rows.join('')
  }
  expect(names({})).toBe('43210')
  expect(names({ state: 'completed' })).toBe('210')
  expect(names({ state: 'not_completed' })).toBe('43')
  expect(names({ state: 'completed', jobStatus: 'Completed' })).toBe('210')
  expect(names({ state: 'not_completed', jobStatus: 'Completed' })).toBe('')
  expect(names({ jobStatus: 'Pending' })).toBe('3')
  expect(names({ active: true })).toBe('3')
  expect(names({ active: true, state: 'completed' })).toBe('')
  expect(
    platform
      .jobs()
      .slice(1, 3)
      .map(({ name }) => name),
  ).toEqual(['job 3', 'job 2'])
})

it('assigns a job to a project of the user whatever has become of it, and to no other', () => {
  const { platform } = aPlatform()
  const { id } = createJob(platform)
  platform.submitJob(id)
  platform.advance(2 * hour)
  const { code } = platform.user.company
  const [project] = platform.projects
  if (!project) throw new Error('the user has no project')
  platform.assignToProject(code, id, project.id)
  expect(platform.job(id).definition.projectId).toBe(project.id)
  expect(refusalOf(() => platform.assignToProject(code, id, 'zzzzzz'))).toMatchObject({
    kind: 'invalid',
    errors: { projectId: [expect.stringContaining('zzzzzz')] },
  })
  expect(refusalOf(() => platform.assignToProject('nobody', id, project.id))).toEqual({
    kind: 'not-found',
    what: 'organization',
    id: 'nobody',
  })
  expect(platform.job(id).definition.projectId).toBe(project.id)
})
