import fc from 'fast-check'
import { endings } from '../endings/known-endings.ts'
import { minute, second } from '../instant.ts'
import type { Job } from '../job.ts'
import { withEntries } from '../own-catalogue.ts'
import type { Platform } from '../platform.ts'
import { RefusedError } from '../refusal.ts'
import { anAnalysis, anUpload, type aPlatform } from './a-platform.ts'

/** One thing that a user does, or that time does. Jobs and files are meant by their place in the lists. */
export type Act =
  | { readonly kind: 'upload' }
  | { readonly kind: 'create'; readonly file: number; readonly cases: number }
  /** Submits the new job, and lets time pass until its commands run. */
  | { readonly kind: 'start'; readonly file: number; readonly cases: number }
  | {
      readonly kind:
        | 'submit'
        | 'stop'
        | 'force stop'
        | 'stop run'
        | 'delete job'
        | 'tag'
        | 'field'
        | 'snapshot'
      readonly job: number
    }
  | { readonly kind: 'delete file'; readonly file: number }
  | { readonly kind: 'ask'; readonly job: number; readonly ending: (typeof endings)[number] }
  | { readonly kind: 'device' }
  | { readonly kind: 'offer'; readonly entry: number }
  | { readonly kind: 'advance'; readonly seconds: number }

/** Of them most follows. */
const reclaims = endings.flatMap((ending) => (ending.course.kind === 'reclaim' ? Array(6).fill(ending) : []))

const onJob = fc.record({
  kind: fc.constantFrom(
    'submit',
    'submit',
    'submit',
    'stop',
    'force stop',
    'stop run',
    'delete job',
    'tag',
    'field',
    'snapshot',
  ),
  job: fc.nat(3),
}) as fc.Arbitrary<Act>

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'upload' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('create' as const, 'start' as const),
      file: fc.nat(3),
      cases: fc.constantFrom(0, 0, 3),
    }),
  },
  { weight: 6, arbitrary: onJob },
  fc.record({ kind: fc.constant('delete file' as const), file: fc.nat(3) }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('ask' as const),
      job: fc.nat(3),
      ending: fc.constantFrom(...endings, ...reclaims),
    }),
  },
  fc.constant({ kind: 'device' as const }),
  fc.record({ kind: fc.constant('offer' as const), entry: fc.nat(3) }),
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('advance' as const),
      seconds: fc.oneof(fc.nat(60), fc.integer({ min: 300, max: 520 }), fc.nat(900), fc.nat(7200)),
    }),
  },
)

/** What happens in a tenant's world. */
export const acts: fc.Arbitrary<Act[]> = fc.array(act, { maxLength: 20, size: 'max' })

type TestWorld = ReturnType<typeof aPlatform>

/** Does it, unless the platform refuses. */
export async function perform(world: TestWorld, one: Act): Promise<void> {
  try {
    await attempt(world, one)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
  }
}

async function attempt(world: TestWorld, one: Act): Promise<void> {
  const { platform, catalogue, files } = world
  if (one.kind === 'upload') anUpload(world, `file-${platform.files().count}.inp`)
  else if (one.kind === 'advance') platform.advance(one.seconds * second)
  else if (one.kind === 'offer') offer(world, one.entry)
  else if (one.kind === 'create') create(world, one)
  else if (one.kind === 'start') {
    platform.submitJob(create(world, one).id)
    platform.advance(9 * minute)
  } else if (one.kind === 'device') {
    const { id } = platform.storage.create({ name: 'device', storageSize: 1 }, catalogue)
    platform.storage.submit(id)
  } else if (one.kind === 'delete file') {
    const file = platform.files().slice(one.file, one.file + 1)[0]
    if (file) await platform.deleteFile(file.id)
  } else {
    const job = platform.jobs().slice(one.job, one.job + 1)[0]
    if (job) await actOnJob(platform, job.id, one, files)
  }
}

/** Entries of every kind, or something else in place of those that were offered before. */
function offer({ platform, catalogue }: TestWorld, entry: number): void {
  const name = `offer ${platform.jobs().count}`
  const [price] = catalogue.computePrices
  const entries = {
    coreTypes: catalogue.coreTypes.slice(entry, entry + 1).map((one) => ({ ...one, name })),
    analyses: catalogue.analyses.slice(entry, entry + 1).map((one) => ({ ...one, name })),
    computePrices: price ? [{ ...price, value: { amount: `${entry}`, currency: 'USD' } }] : [],
    projects: [{ id: `project-${entry}`, name }],
  }
  platform.offer(withEntries(platform.catalogueEntries, entries))
}

function create(
  { platform, catalogue }: TestWorld,
  { file, cases }: Extract<Act, { readonly cases: number }>,
): Job {
  const input = platform.files().slice(file, file + 1)[0]
  const hardware = { coreType: 'granite', coresPerSlot: 2, slots: cases > 0 ? 2 : 1, walltime: 1 }
  const jobanalyses = [anAnalysis({ hardware, inputFiles: input ? [{ id: input.id }] : [] })]
  const variable = {
    name: 'x',
    variableType: 'Param',
    valueGeneratorType: 'FixedRange',
    valueGeneratorSettings: { minvalue: 1, maxvalue: cases, increment: 1 },
  }
  return platform.createJob(
    { name: 'job', jobanalyses, ...(cases > 0 && { jobvariables: [variable] }) },
    catalogue,
  )
}

async function actOnJob(
  platform: Platform,
  jobId: string,
  one: Extract<Act, { readonly job: number }>,
  files: TestWorld['files'],
): Promise<void> {
  const [run] = platform.job(jobId).runs
  if (one.kind === 'submit') platform.submitJob(jobId)
  else if (one.kind === 'stop') platform.stopJob(jobId)
  else if (one.kind === 'force stop') platform.forceStopJob(jobId)
  else if (one.kind === 'delete job') await platform.deleteJob(jobId)
  else if (one.kind === 'tag') platform.tagJob(jobId, `tag-${platform.jobs().count}`)
  else if (one.kind === 'field') platform.setCustomFields(jobId, [['Run Number', platform.jobs().count]])
  else if (one.kind === 'ask') platform.askEnding(jobId, { ending: one.ending, after: null })
  else if (one.kind === 'stop run' && run) platform.stopRun(jobId, run.id)
  else if (one.kind === 'snapshot' && run) {
    const bytes = files.put(new TextEncoder().encode('snapshot'))
    try {
      platform.addSnapshot(jobId, run.id, bytes)
    } catch (error) {
      await files.remove(bytes.id)
      throw error
    }
  }
}

/** All that somebody can read of a world, with the bytes of its files. */
export function look({ platform, files }: TestWorld): unknown {
  const jobs = platform.jobs()
  const all = platform.files()
  return {
    now: platform.now(),
    user: platform.user,
    projects: platform.projects,
    catalogue: platform.catalogueEntries,
    upcoming: platform.upcoming(),
    jobs: jobs.slice(0, jobs.count).map((job) => ({
      ...pick(
        job,
        'id',
        'name',
        'dateInserted',
        'definition',
        'status',
        'statuses',
        'state',
        'tags',
        'customFields',
        'storage',
      ),
      ...pick(job, 'elapsedWalltimeSeconds', 'sharedWith'),
      cluster: job.cluster && { id: job.cluster.id, statuses: job.cluster.statuses },
      runs: job.runs.map((run) =>
        pick(run, 'id', 'dateStarted', 'dateCompleted', 'exitCode', 'variables', 'isOptimal'),
      ),
      outputs: platform
        .outputFiles(job.id)
        .slice(0, 100)
        .map(({ id, path }) => ({ id, path })),
      instances: platform.instances(job.id).slice(0, 10),
    })),
    files: all.slice(0, all.count).map((file) => ({
      ...pick(
        file,
        'id',
        'name',
        'typeId',
        'path',
        'relativePath',
        'jobId',
        'runId',
        'dateUploaded',
        'encodedEncryptionKey',
      ),
      size: file.bytes.size,
      text: files.text(file.bytes),
    })),
    devices: platform.storage
      .list()
      .slice(0, 100)
      .map((device) => pick(device, 'id', 'clusterId', 'statuses', 'definition')),
  }
}

const pick = <Thing, Key extends keyof Thing>(thing: Thing, ...keys: Key[]): Pick<Thing, Key> =>
  Object.fromEntries(keys.map((key) => [key, thing[key]])) as Pick<Thing, Key>
