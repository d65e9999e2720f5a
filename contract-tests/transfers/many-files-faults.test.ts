import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type JobOutcome,
  RescaleError,
  type RescaleFile,
  TransfersFailedError,
  type UploadResult,
} from '../../client/index.ts'
import { aClient } from '../../client/test-support/client.ts'
import { sha512, someBytes } from '../../client/test-support/files.ts'
import { aFolder } from '../../client/test-support/folder.ts'
import { OVER } from '../../client/test-support/tls-front.ts'
import { simulatedExecutor } from '../../mock-server/executors/simulated/simulated-executor.ts'
import type { PlannedFault } from '../../mock-server/index.ts'
import {
  cutOf,
  type FaultyOperation,
  noneOf,
  REFUSING,
  resetOf,
  stallOf,
  statusOf,
  stormOf,
  wrongBytes,
  wrongChecksumOf,
} from '../client/fault-plans.ts'
import { mockOver } from '../client/mock-over.ts'
import { aJob } from '../fixtures.ts'
import { aSolver } from '../solver-recipe.ts'

type Mock = Awaited<ReturnType<typeof mockOver>>

const solver = aSolver(300_000, { path: 'scratch.tmp', content: 'x'.repeat(5_000) })

const bytes = fc.integer({ min: 0, max: 400_000 })

/** What may go wrong with an operation, whatever it does. */
const trouble = (operation: FaultyOperation) =>
  fc.oneof(
    { weight: 3, arbitrary: resetOf(operation, bytes) },
    { weight: 3, arbitrary: cutOf(operation, bytes, 'lying') },
    { weight: 3, arbitrary: statusOf(operation, REFUSING) },
    { weight: 1, arbitrary: stormOf(operation) },
    // Most answers are short.
    { weight: 1, arbitrary: stallOf(operation, fc.oneof(fc.constant(10), bytes)) },
    { weight: 1, arbitrary: noneOf(operation) },
  )

/** What may go wrong with the bytes of an output: its SHA-512 tells. */
const wrong = fc.oneof(...wrongBytes(bytes), wrongChecksumOf('listJobFiles'))

const plansOf = (operations: readonly FaultyOperation[], ...more: fc.Arbitrary<PlannedFault>[]) =>
  fc.array(fc.oneof(...operations.map(trouble), ...more), { minLength: 1, maxLength: 8 })

/** What a call gives under a plan, or its error, which is always one of the client's own. */
async function under<T>(mock: Mock, plan: readonly PlannedFault[], call: () => Promise<T>) {
  // Not over HTTP: a connection that a fault has reset would fail the call that ends it.
  const { faults } = mock.rescale.world()
  faults.plan(plan)
  const done = await call().catch((error: unknown) => error as Error)
  faults.clear()
  if (done instanceof Error) expect(done).toBeInstanceOf(RescaleError)
  return done
}

async function bytesOf({ client }: Mock, file: RescaleFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  await client.files.download(file, { sink: (chunk) => void chunks.push(Uint8Array.from(chunk)) })
  return Buffer.concat(chunks)
}

/** The bytes of the account's files of such a name. */
async function arrived(mock: Mock, search: string): Promise<Buffer[]> {
  const files = await mock.client.files.list({ search }).toArray()
  return Promise.all(files.map((file) => bytesOf(mock, file)))
}

/** The files below a folder with their contents. */
async function contentsOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const contents = await Promise.all(paths.map((path) => readFile(path)))
  return new Map(paths.map((path, index) => [path.slice(folder.length + 1), contents[index] ?? Buffer.of()]))
}

async function aSolvingMock(over: (typeof OVER)[number]) {
  const executor: NonNullable<Parameters<typeof mockOver>[1]>['executor'] = (files) =>
    simulatedExecutor({ files, recipes: [solver] })
  const mock = await mockOver(over, { executor, pace: 'still' })
  const submitted = async () => {
    const { id } = await mock.client.jobs.create(aJob({ name: 'solve' }))
    await mock.client.jobs.submit(id)
    return id
  }
  return Object.assign(mock, { submitted })
}

const numRuns = (over: string) => (over === 'TLS' ? 5 : 10)

describe.each(OVER)('over %s, whatever goes wrong,', (over) => {
  it('a split upload puts together what was split, or fails with an error that says why', async () => {
    await using mock = await mockOver(over)
    await using folder = await aFolder()
    const content = someBytes(600_011)
    await writeFile(folder.in('mesh'), content)
    const options = { sliceBytes: 100_000, compression: 'none', verify: true } as const
    const clean = await mock.client.files.splitUpload(folder.in('mesh'), options)
    const slices = new Set((await arrived(mock, 'mesh')).map(sha512))
    expect(slices.size).toBe(clean.files.length)
    await fc.assert(
      fc.asyncProperty(plansOf(['uploadFile']), async (plan) => {
        const split = await under(mock, plan, () => mock.client.files.splitUpload(folder.in('mesh'), options))
        for (const slice of await arrived(mock, 'mesh')) expect(slices).toContain(sha512(slice))
        if (!(split instanceof Error)) {
          expect(split).toMatchObject({ sha512: sha512(content), command: clean.command })
          const parts = await Promise.all(split.files.map((file) => bytesOf(mock, file)))
          expect(gunzipSync(Buffer.concat(parts)).equals(content)).toBe(true)
        }
        const there = await mock.client.files.list({ search: 'mesh' }).toArray()
        for (const { id } of there) await mock.client.files.delete(id)
      }),
      { numRuns: numRuns(over) },
    )
  })

  it('of several files each arrives as it is, and no result says otherwise', async () => {
    await using mock = await mockOver(over)
    await using folder = await aFolder()
    const contents = new Map(
      ['part1', 'part2', 'part3'].map((name, index) => [name, someBytes(90_001 + index)]),
    )
    for (const [name, content] of contents) await writeFile(folder.in(name), content)
    const paths = [...contents.keys()].map((name) => folder.in(name))
    await fc.assert(
      fc.asyncProperty(
        plansOf(['uploadFile', 'uploadFile', 'listFiles']),
        fc.boolean(),
        async (plan, reuse) => {
          const done = await under(mock, plan, () =>
            mock.client.files.uploadAll(paths, { reuse, verify: true }),
          )
          const results =
            (done instanceof Error ? (done as TransfersFailedError<UploadResult>).results : done) ?? []
          const there = await mock.client.files.list({ search: 'part' }).toArray()
          for (const file of there)
            expect(contents.get(file.name)?.equals(await bytesOf(mock, file)), file.name).toBe(true)
          const ids = there.map(({ id }) => id)
          for (const { outcome, file } of results)
            if (outcome === 'failed') expect(done).toBeInstanceOf(TransfersFailedError)
            else expect(ids).toContain(file?.id)
          if (!(done instanceof Error))
            expect(new Set(there.map(({ name }) => name)).size).toBe(contents.size)
          for (const id of ids) await mock.client.files.delete(id)
        },
      ),
      { numRuns: numRuns(over) },
    )
  })

  it('the verdict on a job is the right one, or that nobody can tell', async () => {
    await using mock = await aSolvingMock(over)
    const solved = await mock.submitted()
    mock.rescale.world().settle()
    const stopped = await mock.submitted()
    await mock.client.jobs.waitFor(stopped, 'Executing')
    await mock.client.jobs.stop(stopped)
    mock.rescale.world().settle()
    // One that tries nothing again meets more of the plan.
    const { rescale, url, clock } = mock
    const options = { apiKey: rescale.apiKey, clock, timeouts: { bodyMs: 100 }, retries: { attempts: 1 } }
    await using client = aClient(url, options)
    const right = new Map<string, JobOutcome>()
    for (const id of [solved, stopped]) right.set(id, await mock.client.jobs.outcome(id))
    expect([...right.values()].map(({ verdict }) => verdict)).toEqual(['ok', 'stopped'])
    const plans = plansOf(['listJobStatuses', 'getJob', 'listJobFiles', 'listFileLines', 'downloadFile'])
    await fc.assert(
      fc.asyncProperty(plans, fc.constantFrom(solved, stopped), async (plan, id) => {
        const done = await under(mock, plan, () => client.jobs.outcome(id))
        if (!(done instanceof Error) && done.verdict !== 'unknown') expect(done).toEqual(right.get(id))
      }),
      { numRuns: 2 * numRuns(over) },
    )
  })

  it('a folder arrives as the zip that it is, or not at all', async () => {
    await using mock = await mockOver(over)
    await using folder = await aFolder()
    await mkdir(folder.in('case/deep'), { recursive: true })
    await writeFile(folder.in('case/mesh'), someBytes(300_000))
    await writeFile(folder.in('case/deep/input'), 'one\n')
    await mock.client.files.uploadFolder(folder.in('case'))
    const [zip = Buffer.of()] = await arrived(mock, 'case')
    expect(zip.length).toBeGreaterThan(300_000)
    await fc.assert(
      fc.asyncProperty(plansOf(['uploadFile']), async (plan) => {
        const done = await under(mock, plan, () => mock.client.files.uploadFolder(folder.in('case')))
        const there = await mock.client.files.list({ search: 'case' }).toArray()
        if (!(done instanceof Error)) expect(there.map(({ id }) => id)).toContain(done.id)
        for (const one of await arrived(mock, 'case')) expect(one.equals(zip)).toBe(true)
        for (const { id } of there) await mock.client.files.delete(id)
      }),
      { numRuns: numRuns(over) },
    )
  })

  it('the outputs of a job are those that it has, or were left as they were', {
    timeout: 60_000,
  }, async () => {
    await using mock = await aSolvingMock(over)
    await using folder = await aFolder()
    const jobId = await mock.submitted()
    mock.rescale.world().settle()
    await mock.client.jobs.downloadFiles(jobId, { folder: folder.in('right') })
    const right = await contentsOf(folder.in('right'))
    expect([...right.keys()]).toEqual(expect.arrayContaining([join('results', 'field.bin'), 'summary.txt']))
    const plans = plansOf(['listRuns', 'listJobFiles', 'downloadFile', 'downloadFile'], wrong)
    await fc.assert(
      fc.asyncProperty(plans, async (plan) => {
        const there = folder.in('there')
        await rm(there, { recursive: true, force: true })
        await mkdir(there)
        await writeFile(join(there, 'summary.txt'), 'as it was')
        const done = await under(mock, plan, () => mock.client.jobs.downloadFiles(jobId, { folder: there }))
        const contents = await contentsOf(there)
        if (!(done instanceof Error)) expect(contents).toEqual(right)
        for (const [name, content] of contents) {
          const isLeft = name === 'summary.txt' && content.toString() === 'as it was'
          expect(isLeft || right.get(name)?.equals(content), name).toBe(true)
        }
      }),
      { numRuns: numRuns(over) },
    )
  })

  it('a folder in step with a job has the beginnings of its files, and at the end all of them', {
    timeout: 60_000,
  }, async () => {
    await using mock = await aSolvingMock(over)
    await using folder = await aFolder()
    const operations: FaultyOperation[] = [
      'listJobStatuses',
      'listRuns',
      'listRunDirectory',
      'tailRunFile',
      'listJobFiles',
      'downloadFile',
    ]
    await fc.assert(
      fc.asyncProperty(plansOf(operations, wrong), async (plan) => {
        const there = folder.in('there')
        await rm(there, { recursive: true, force: true })
        const jobId = await mock.submitted()
        const syncing = { folder: there, intervalMs: 180_000 }
        const done = await under(mock, plan, () => mock.client.jobs.sync(jobId, syncing))
        await mkdir(there, { recursive: true })
        const contents = await contentsOf(there)
        mock.rescale.world().settle()
        await rm(folder.in('right'), { recursive: true, force: true })
        await mock.client.jobs.downloadFiles(jobId, { folder: folder.in('right') })
        const right = await contentsOf(folder.in('right'))
        if (!(done instanceof Error)) expect(contents).toEqual(right)
        for (const [name, content] of contents)
          expect(right.get(name)?.subarray(0, content.length).equals(content), name).toBe(true)
      }),
      { numRuns: over === 'TLS' ? 3 : 6 },
    )
  })
})
