import { expect, it } from 'vitest'
import { fileTypes } from './file.ts'
import { minute, second } from './instant.ts'
import {
  anAnalysis,
  anUpload,
  aPlatform,
  createJob,
  noon,
  refusalOf,
  submittedJob,
} from './testing/a-platform.ts'

const notFound = (id: string) => ({ kind: 'not-found', what: 'file', id })
const text = (content: string) => new TextEncoder().encode(content)

it('keeps an upload with all that clients read of it', () => {
  const world = aPlatform()
  const file = anUpload(world, 'calculate_pi.py', 'print(3)')
  expect(world.platform.file(file.id)).toBe(file)
  expect(file).toMatchObject({
    name: 'calculate_pi.py',
    relativePath: 'calculate_pi.py',
    typeId: fileTypes.input,
    dateUploaded: noon,
    isDeleted: false,
    viewInBrowser: true,
    jobId: null,
  })
  expect(file.bytes.size).toBe(8)
  const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}'
  expect(file.path).toMatch(new RegExp(`^user/user_${world.platform.user.id}/calculate_pi-${uuid}\\.py$`))
  expect(file.path).toBe(file.path)
  expect(atob(file.encodedEncryptionKey)).toHaveLength(32)
})

it('says which files browsers show, by their names', () => {
  const world = aPlatform()
  const shown = (name: string) => anUpload(world, name).viewInBrowser
  expect(['process_output.log', 'U.orig', 'README.MD'].map(shown)).toEqual([true, true, true])
  expect(['airfoil2d.zip', 'testfile', '.log', 'dir.txt/testfile'].map(shown)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

it('renames a file and changes its type', () => {
  const world = aPlatform()
  const { id } = anUpload(world, 'run.sh')
  const file = world.platform.changeFile(id, { name: 'post.sh', typeId: fileTypes.script })
  expect(file).toMatchObject({
    name: 'post.sh',
    relativePath: 'post.sh',
    typeId: fileTypes.script,
    version: 2,
  })
})

it('finds files by a part of their name, newest first', () => {
  const world = aPlatform()
  for (const name of ['testfile.7z.001', 'other', 'testfile.7z.002', 'a TestFile']) anUpload(world, name)
  const names = (search?: string) =>
    world.platform
      .files({ search })
      .slice(0, 10)
      .map(({ name }) => name)
  expect(names('testfile')).toEqual(['a TestFile', 'testfile.7z.002', 'testfile.7z.001'])
  expect(names()).toEqual(['a TestFile', 'testfile.7z.002', 'other', 'testfile.7z.001'])
  expect(names('')).toHaveLength(4)
  expect(names('none')).toEqual([])
})

it('forgets a deleted file with its bytes', async () => {
  const world = aPlatform()
  const file = anUpload(world, 'testfile')
  await world.platform.deleteFile(file.id)
  expect(refusalOf(() => world.platform.file(file.id))).toEqual(notFound(file.id))
  expect(refusalOf(() => world.platform.linkedFile(file.id))).toEqual(notFound(file.id))
  expect(world.platform.files().count).toBe(0)
  expect(world.files.count).toBe(0)
  await expect(world.platform.deleteFile(file.id)).rejects.toMatchObject({ refusal: notFound(file.id) })
})

it('keeps the link of a job to a deleted input, and does not submit it', async () => {
  const world = aPlatform()
  const file = anUpload(world, 'range.inp')
  const job = createJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: file.id }] })] })
  await world.platform.deleteFile(file.id)
  expect(world.platform.linkedFile(file.id)).toMatchObject({ name: 'range.inp', isDeleted: true })
  const refusal = { kind: 'input-file-deleted', jobId: job.id, fileIds: [file.id] }
  expect(refusalOf(() => world.platform.submitJob(job.id))).toEqual(refusal)
  await world.platform.deleteJob(job.id)
  expect(refusalOf(() => world.platform.linkedFile(file.id))).toEqual(notFound(file.id))
})

it('does not save a job with a deleted input', async () => {
  const world = aPlatform()
  const file = anUpload(world, 'range.inp')
  await world.platform.deleteFile(file.id)
  const refusal = refusalOf(() =>
    createJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: file.id }] })] }),
  )
  expect(refusal).toMatchObject({ kind: 'invalid' })
})

it('lets a saved job be changed away from a deleted input', async () => {
  const world = aPlatform()
  const file = anUpload(world, 'range.inp')
  const job = createJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: file.id }] })] })
  await world.platform.deleteFile(file.id)
  world.platform.changeJob(job.id, { jobanalyses: [anAnalysis()] }, world.catalogue)
  world.platform.submitJob(job.id)
  expect(job.status).toBe('Pending')
})

it('lists output files only when the run has ended, the log first', () => {
  const world = aPlatform()
  const { platform, executor } = world
  executor.plan({
    duration: 5 * minute,
    log: [
      { after: 0, text: 'Launching' },
      { after: 5 * minute, text: 'Exited with code 0' },
      { after: 5 * minute, text: '' },
    ],
    files: [
      { relativePath: 'pi_estimate.res', after: minute, content: text('3.14') },
      { relativePath: '0/U.orig', after: minute, content: text('U') },
    ],
  })
  const job = submittedJob(platform)
  while (job.status !== 'Executing') platform.advance(second)
  platform.advance(2 * minute)
  expect(platform.outputFiles(job.id).count).toBe(0)
  platform.settle()
  const outputs = platform.outputFiles(job.id).slice(0, 10)
  expect(outputs.map(({ name }) => name)).toEqual(['process_output.log', 'U.orig', 'pi_estimate.res'])
  expect(outputs[1]).toMatchObject({
    relativePath: '0/U.orig',
    typeId: fileTypes.output,
    path: `user/user_${platform.user.id}/output/job_${job.id}/run1/0/U.orig`,
    jobId: job.id,
    runId: '1',
  })
  expect(platform.outputFiles(job.id, { search: 'output' }).slice(0, 10)).toEqual([outputs[0]])
  expect(platform.outputFiles(job.id, { runId: '1' }).count).toBe(3)
  expect(refusalOf(() => platform.outputFiles(job.id, { runId: '2' }))).toMatchObject({ what: 'run' })
  expect(platform.files().count).toBe(3)
  expect(job.storage).toBe(outputs.reduce((sum, { bytes }) => sum + bytes.size, 0))
})

it('writes the log with each line at its own time', () => {
  const world = aPlatform()
  world.executor.plan({
    duration: 90 * second,
    log: [
      { after: 0, text: 'Launching' },
      { after: 30 * second, text: 'half' },
      { after: 90 * second, text: 'Exited with code 0' },
      { after: 90 * second, text: '' },
    ],
  })
  const job = submittedJob(world.platform)
  world.platform.settle()
  const [log] = world.platform.outputFiles(job.id).slice(0, 1)
  const lines = log ? world.files.text(log.bytes).split('\n') : []
  const [first, half, last] = lines.map((line) => Date.parse(line.slice(1, 21)))
  expect(lines.map((line) => line.slice(24))).toEqual(['Launching', 'half', 'Exited with code 0', '', ''])
  expect([(half ?? 0) - (first ?? 0), (last ?? 0) - (first ?? 0)]).toEqual([30_000, 90_000])
})

it('leaves what had happened by then when a run is stopped', () => {
  const world = aPlatform()
  world.executor.plan({
    duration: null,
    log: [
      { after: 0, text: 'Launching' },
      { after: 60 * minute, text: 'never' },
    ],
    files: [
      { relativePath: 'early', after: second, content: text('early') },
      { relativePath: 'late', after: 60 * minute, content: text('late') },
    ],
  })
  const job = submittedJob(world.platform)
  world.platform.settle()
  world.platform.advance(minute)
  world.platform.stopJob(job.id)
  world.platform.settle()
  const outputs = world.platform.outputFiles(job.id).slice(0, 10)
  expect(outputs.map(({ name }) => name)).toEqual(['process_output.log', 'early'])
  const log = outputs[0] ? world.files.text(outputs[0].bytes) : ''
  expect(log.split('\n').map((line) => line.slice(24))).toEqual(['Launching', 'Exited with code 143', '', ''])
})

it('takes an input that comes back as an output for two files with the same bytes', async () => {
  const world = aPlatform()
  const { platform, files, executor } = world
  const input = anUpload(world, 'range.inp')
  executor.choose(({ analyses }) => ({
    files: (analyses[0]?.inputs ?? []).map(({ name, bytes }) => ({
      relativePath: name,
      after: 0,
      content: bytes,
    })),
  }))
  const job = submittedJob(platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] })
  platform.settle()
  const output = platform.outputFiles(job.id, { search: 'range.inp' }).slice(0, 1)[0]
  expect(output?.bytes).toEqual(input.bytes)
  await platform.deleteFile(input.id)
  expect(output && files.text(output.bytes)).toBe('range.inp')
  await platform.deleteJob(job.id)
  expect(files.count).toBe(0)
})

it('keeps the bytes of an input that is deleted while a run needs it', async () => {
  const world = aPlatform()
  world.executor.hold()
  const input = anUpload(world, 'range.inp')
  submittedJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] })
  world.platform.settle()
  await world.platform.deleteFile(input.id)
  expect(world.files.text(input.bytes)).toBe('range.inp')
  await world.executor.held[0]?.end({})
  expect(world.files.count).toBe(0)
})

it('runs without an input that is deleted before the job executes', async () => {
  const world = aPlatform()
  const input = anUpload(world, 'range.inp')
  submittedJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id: input.id }] })] })
  await world.platform.deleteFile(input.id)
  world.platform.settle()
  expect(world.executor.orders[0]?.analyses[0]?.inputs).toEqual([])
})

it('deletes the outputs with the job, and the inputs when asked to', async () => {
  const world = aPlatform()
  const inputs = [anUpload(world, 'one'), anUpload(world, 'two')]
  const jobs = inputs.map(({ id }) =>
    submittedJob(world.platform, { jobanalyses: [anAnalysis({ inputFiles: [{ id }] })] }),
  )
  world.platform.settle()
  await world.platform.deleteJob(jobs[0]?.id ?? '')
  expect(
    world.platform
      .files()
      .slice(0, 10)
      .map(({ name }) => name),
  ).toEqual(['process_output.log', 'two', 'one'])
  await world.platform.deleteJob(jobs[1]?.id ?? '', { deleteInputFiles: true })
  expect(
    world.platform
      .files()
      .slice(0, 10)
      .map(({ name }) => name),
  ).toEqual(['one'])
  expect(world.files.count).toBe(1)
})

it('takes a deleted output from its job', async () => {
  const world = aPlatform()
  const job = submittedJob(world.platform)
  world.platform.settle()
  const version = job.version
  await world.platform.deleteFile(world.platform.outputFiles(job.id).slice(0, 1)[0]?.id ?? '')
  expect(world.platform.outputFiles(job.id).count).toBe(0)
  expect(job.storage).toBe(0)
  expect(job.version).toBeGreaterThan(version)
})
