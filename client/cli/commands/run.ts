import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import { quote, quotePath } from '../../transfer/shell.ts'
import type { SplitUpload } from '../../transfer/split-upload.ts'
import type { JobCreate } from '../../types.ts'
import { UsageError } from '../exit-codes.ts'
import { collect } from '../option-values.ts'
import type { Session } from '../session.ts'
import {
  type DownloadFlags,
  documentOf as downloadDocument,
  selectionOf,
  tellDownloads,
  withDownloadOptions,
} from './files/download.ts'
import { COMPRESS, uploadPaths } from './files/upload.ts'
import { dryRun, guardCost } from './jobs/cost.ts'
import { noteMade } from './jobs/create.ts'
import { definitionOf, type JobOptions, withJobOptions } from './jobs/definition.ts'
import { inputIds } from './jobs/inputs.ts'
import { exitWith, outcomeDocument, tellOutcome, watched, withWatchOptions } from './jobs/watch.ts'

interface RunOptions extends JobOptions, DownloadFlags {
  readonly match: readonly string[]
  readonly download: boolean
  readonly detach?: boolean
  readonly split?: string
  readonly sevenZip?: string
  readonly clusterSevenZip?: string
  readonly reuse?: boolean
  readonly compress?: boolean
}

const STOP_PATIENCE_MS = 15_000

export function defineRun(command: Command, session: Session): void {
  withDownloadOptions(withWatchOptions(withJobOptions(command), session))
    .argument('[paths...]', 'files, or a folder: it is sent as a zip, and the command starts in it')
    .description('uploads, creates, submits, watches and downloads in one; Ctrl+C stops the job')
    .option('--match <pattern>', 'download these outputs only, as in a .gitignore (repeatable)', collect, [])
    .option('--no-download', 'leave the outputs where they are')
    .option(
      '--split <file>',
      'send this large file in compressed slices, which the job joins before its command',
    )
    .option('--seven-zip <program>', 'with --split: volumes made by this 7za, as in Rescale’s tutorial')
    .option('--cluster-seven-zip <program>', 'and this one, for the cluster, is uploaded along')
    .option('--reuse', 'send no file that is there already')
    .option('--compress', COMPRESS)
    .option('--detach', 'end when it is submitted')
    .action((paths: readonly string[], options: RunOptions) => runAll(session, paths, options))
}

async function runAll(session: Session, paths: readonly string[], options: RunOptions): Promise<void> {
  checkFlags(options)
  const job = await definitionOf(session, { ...options, command: await commandOf(paths, options) })
  if (options.dryRun) return dryRun(session, job, options)
  session.isFollowing = !options.detach
  await checkBefore(session, job)
  await guardCost(session, job, options)
  const { decompress, reuse = false, compress } = options
  const files = await uploadPaths(session, paths, { reuse, compress })
  const inputs = await inputIds(session, options.input, { reuse })
  // A folder is meant as one, whatever is to become of archives.
  const areFolders = await Promise.all(paths.map(isFolder))
  const inputFiles = [
    ...files.map(({ id }, index) => ({ id, decompress: decompress || areFolders[index] === true })),
    ...inputs.map((id) => ({ id, decompress })),
  ]
  const split = await splitFor(session, options)
  const jobId = split
    ? await submitWith(session, withPrelude(job, split.command), [...inputFiles, ...split.inputFiles])
    : await submitWith(session, job, inputFiles)
  if (!options.detach) return followTo(session, jobId, options, split)
  await tellSubmitted(session, jobId)
  if (session.out.form === 'json') await session.out.json({ event: 'submitted', job: jobId })
}

function checkFlags({ split, sevenZip, clusterSevenZip }: RunOptions): void {
  if (sevenZip !== undefined && split === undefined)
    throw new UsageError('--seven-zip is for the file of --split')
  if (clusterSevenZip !== undefined && sevenZip === undefined)
    throw new UsageError('--cluster-seven-zip unpacks what --seven-zip has packed')
}

/** A folder is unpacked into one of its name, which is where its command is meant to start. */
async function commandOf(paths: readonly string[], { command }: RunOptions): Promise<string> {
  if (command === undefined) throw new UsageError('What shall run? Say it with --command.')
  const [first] = paths
  if (paths.length !== 1 || first === undefined) return command
  return (await isFolder(first)) ? `cd ${quotePath(basename(resolve(first)))} && ${command}` : command
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}

// Nothing is sent for a job that the platform would refuse.
async function checkBefore(session: Session, job: JobCreate): Promise<void> {
  const { problems } = await (await session.client()).jobs.preflight(job, { signal: session.signal })
  const [first] = problems
  if (!first) return
  for (const { position, message } of problems.slice(1)) session.out.warn(`${position}: ${message}`)
  session.fail('refused', `${first.position}: ${first.message}`, 'Nothing was uploaded.')
}

async function submitWith(
  session: Session,
  job: JobCreate,
  inputFiles: { id: string; decompress: boolean }[],
) {
  const { jobs } = await session.client()
  const jobanalyses = job.jobanalyses.map((analysis, index) =>
    index === 0 ? { ...analysis, inputFiles } : analysis,
  )
  const { id, name } = await jobs.create({ ...job, jobanalyses }, { signal: session.signal })
  noteMade(session, { id, name })
  await session.out.event({ event: 'created', job: id, name }, `created ${id} (${name})`)
  await jobs.submit(id, { signal: session.signal }).catch(async (error) => {
    // It may have been submitted all the same.
    if (session.isAbandoned) await stopAfterInterrupt(session, id)
    throw error
  })
  return id
}

const tellSubmitted = ({ out }: Session, job: string) =>
  out.event({ event: 'submitted', job }, `submitted ${job}`)

async function splitFor(session: Session, options: RunOptions): Promise<SplitUpload | undefined> {
  const { split, sevenZip, clusterSevenZip, reuse = false } = options
  if (split === undefined) return undefined
  const { files } = await session.client()
  const progress = session.progress()
  try {
    const made = await files.splitUpload(split, {
      reuse,
      signal: session.signal,
      onEvent: progress.onEvent,
      ...(sevenZip !== undefined && {
        sevenZip: {
          program: sevenZip,
          ...(clusterSevenZip !== undefined && { clusterProgram: clusterSevenZip }),
        },
      }),
    })
    progress.done()
    return made
  } finally {
    progress.clear()
  }
}

function withPrelude(job: JobCreate, prelude: string): JobCreate {
  const jobanalyses = job.jobanalyses.map((analysis, index) =>
    index === 0 ? { ...analysis, command: `${prelude} && { ${analysis.command}\n}` } : analysis,
  )
  return { ...job, jobanalyses }
}

async function followTo(
  session: Session,
  jobId: string,
  options: RunOptions,
  split: SplitUpload | undefined,
): Promise<void> {
  try {
    await tellSubmitted(session, jobId)
    const outcome = await watched(session, jobId, options)
    exitWith(session, outcome)
    if (session.out.form !== 'json') await tellOutcome(session, jobId, outcome)
    if (split) await tellSplit(session, jobId, split)
    const files = options.download ? await downloadOutputs(session, jobId, options) : []
    // One document, as everywhere.
    if (session.out.form === 'json')
      await session.out.json({ ...outcomeDocument(jobId, outcome), files: files.map(downloadDocument) })
  } catch (error) {
    if (session.isAbandoned) await stopAfterInterrupt(session, jobId)
    throw error
  }
}

/** The job has hashed what it joined; the log tells. */
async function tellSplit(session: Session, jobId: string, split: SplitUpload): Promise<void> {
  const { jobs } = await session.client()
  const { verdict } = await jobs.splitVerdict(jobId, split, { signal: session.signal })
  await session.out.event(
    { event: 'split', name: split.name, verdict, sha512: split.sha512 },
    `${split.name}: ${verdict}`,
  )
  if (verdict === 'damaged') session.exit = 'integrity'
}

async function downloadOutputs(session: Session, jobId: string, options: RunOptions) {
  const { jobs } = await session.client()
  const flags = { ...options, to: options.to ?? jobId }
  // `run` again would compute, and cost, again.
  const patterns = options.match.map((pattern) => ` --match ${quote(pattern)}`)
  const again = `rescale jobs outputs ${jobId} --to ${quote(flags.to)}${patterns.join('')}`
  return tellDownloads(
    session,
    flags,
    (more) => jobs.downloadFiles(jobId, { ...more, ...selectionOf(options) }),
    { isPart: true, again },
  )
}

/** Whoever interrupts `run` does not want to pay on. */
async function stopAfterInterrupt(session: Session, jobId: string): Promise<void> {
  try {
    const { jobs } = await session.client()
    const isStopped = await jobs.ensureStopped(jobId, { signal: AbortSignal.timeout(STOP_PATIENCE_MS) })
    if (isStopped) session.out.note(`stopping ${jobId}`)
  } catch {
    session.out.warn(`${jobId} goes on: it could not be stopped. Try rescale jobs stop ${jobId} --yes`)
  }
}
