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
import { noteMade } from './jobs/create.ts'
import { definitionOf, type JobOptions, withJobOptions } from './jobs/definition.ts'
import { type InputFile, inputIds, withInputs } from './jobs/inputs.ts'
import { dryRun, guard } from './jobs/preflight.ts'
import { tellSubmitted } from './jobs/submitted.ts'
import { exitWith, outcomeDocument, tellOutcome, watched, withWatchOptions } from './jobs/watch.ts'
import {
  checkSplitFlags,
  type SplitFlags,
  splitFor,
  tellSplit,
  withPrelude,
  withSplitOptions,
} from './run-split.ts'

interface RunOptions extends JobOptions, DownloadFlags, SplitFlags {
  readonly match: readonly string[]
  readonly download: boolean
  readonly detach?: boolean
  readonly compress?: boolean
}

const STOP_PATIENCE_MS = 15_000

export function defineRun(command: Command, session: Session): void {
  withDownloadOptions(withWatchOptions(withJobOptions(command), session))
    .argument('[paths...]', 'files, or a folder: it is sent as a zip, and the command starts in it')
    .description('uploads, creates, submits, watches and downloads in one; Ctrl+C stops the job')
    .option('--match <pattern>', 'download these outputs only, as in a .gitignore (repeatable)', collect, [])
    .option('--no-download', 'leave the outputs where they are')
  withSplitOptions(command)
    .option('--reuse', 'send no file that is there already')
    .option('--compress', COMPRESS)
    .option('--detach', 'end when it is submitted')
    .action((paths: readonly string[], options: RunOptions) => runAll(session, paths, options))
}

async function runAll(session: Session, paths: readonly string[], options: RunOptions): Promise<void> {
  checkSplitFlags(options)
  const areFolders = await Promise.all(paths.map(isFolder))
  const job = await definitionOf(session, { ...options, command: commandOf(paths, areFolders, options) })
  if (options.dryRun) return dryRun(session, job, options)
  session.isFollowing = !options.detach
  await guard(session, job, options)
  const { decompress, reuse = false, compress } = options
  const files = await uploadPaths(session, paths, { reuse, compress })
  const inputs = await inputIds(session, options.input, { reuse })
  // A folder is meant as one, whatever is to become of archives.
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

/** A folder is unpacked into one of its name, which is where its command is meant to start. */
function commandOf(
  paths: readonly string[],
  areFolders: readonly boolean[],
  { command }: RunOptions,
): string {
  if (command === undefined) throw new UsageError('What shall run? Say it with --command.')
  const [first] = paths
  if (paths.length !== 1 || first === undefined) return command
  return areFolders[0] ? `cd ${quotePath(basename(resolve(first)))} && ${command}` : command
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}

async function submitWith(
  session: Session,
  job: JobCreate,
  inputFiles: readonly InputFile[],
): Promise<string> {
  const { jobs } = await session.client()
  const { id, name } = await jobs.create(withInputs(job, inputFiles), { signal: session.signal })
  noteMade(session, { id, name })
  await session.out.event({ event: 'created', job: id, name }, `created ${id} (${name})`)
  await jobs.submit(id, { signal: session.signal }).catch(async (error) => {
    // It may have been submitted all the same.
    if (session.isAbandoned) await stopAfterInterrupt(session, id)
    throw error
  })
  return id
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
