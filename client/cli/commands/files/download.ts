import { type Command, Option } from 'commander'
import type { DownloadAllOptions, DownloadResult } from '../../../transfer/download-all.ts'
import { Hashing } from '../../../transfer/file-hasher.ts'
import { sha512IfEqual } from '../../../transfer/local-files.ts'
import { TransfersFailedError } from '../../../transfer-errors.ts'
import type { RescaleFile } from '../../../types.ts'
import { type ExitName, exitOf, UsageError } from '../../exit-codes.ts'
import { bytes } from '../../format.ts'
import { wholeNumber } from '../../option-values.ts'
import type { Session } from '../../session.ts'
import { resultsOf, warnOfFailure } from './results.ts'

export interface DownloadFlags {
  readonly to?: string
  readonly as?: string
  readonly connections?: number
  readonly existing: 'verify' | 'replace' | 'fail'
}

export function defineDownload(command: Command, session: Session): void {
  withDownloadOptions(command.command('download <files...>'))
    .description(
      'downloads files by their ids, over several connections; goes on where an earlier one broke off',
    )
    .option('--as <path>', 'the path to write to, of a single file')
    .action((ids: readonly string[], options: DownloadFlags) => download(session, ids, options))
}

export function withDownloadOptions(command: Command): Command {
  return command
    .option('--to <folder>', 'the folder to write to (default: this one)')
    .option('--connections <number>', 'so many, instead of as many as make it faster', wholeNumber)
    .addOption(
      new Option(
        '--existing <what>',
        'with files that are there: leave those alone that are right, replace, or fail',
      )
        .choices(['verify', 'replace', 'fail'])
        .default('verify'),
    )
}

async function download(session: Session, ids: readonly string[], options: DownloadFlags): Promise<void> {
  const client = await session.client()
  const { as: path } = options
  if (path === undefined) {
    await tellDownloads(session, options, (more) => client.files.downloadAll(ids, more))
    return
  }
  if (ids.length > 1) throw new UsageError('--as is for a single file')
  const file = await client.files.get(ids[0] ?? '', { signal: session.signal })
  await tellDownloads(session, options, async (more) => [await downloadAs(session, file, path, more)])
}

async function downloadAs(
  session: Session,
  file: RescaleFile,
  path: string,
  { existing, folder: _folder, onEvent, ...more }: DownloadAllOptions,
): Promise<DownloadResult> {
  const { signal } = session
  const common = { file, path, size: file.decryptedSize, error: undefined }
  await using hashing = new Hashing()
  const there = existing === 'verify' ? await sha512IfEqual(hashing, path, file, signal) : undefined
  if (there !== undefined) return { ...common, outcome: 'skipped', sha512: there, verified: true }
  const { files } = await session.client()
  const wanted = { ...more, to: path, overwrite: existing !== 'fail', signal }
  const { sha512, verified } = await files.download(file, { ...wanted, ...(onEvent && { onEvent }) })
  return { ...common, outcome: 'downloaded', sha512, verified }
}

/** What to fetch; without patterns all. */
export function selectionOf({
  match = [],
  exclude = [],
}: {
  match?: readonly string[]
  exclude?: readonly string[]
}) {
  return {
    ...(match.length > 0 && { match: [...match] }),
    ...(exclude.length > 0 && { exclude: [...exclude] }),
  }
}

/** Downloads with progress, and tells what came of each file; some that failed leave the others told. */
export async function tellDownloads(
  session: Session,
  flags: DownloadFlags,
  start: (options: DownloadAllOptions) => Promise<readonly DownloadResult[]>,
  { isPart = false, again = 'the same command' }: { isPart?: boolean; again?: string } = {},
): Promise<readonly DownloadResult[]> {
  const { to, connections, existing } = flags
  const progress = session.progress()
  try {
    const results = await start({
      onEvent: progress.onEvent,
      signal: session.signal,
      existing,
      ...(to !== undefined && { folder: to }),
      ...(connections !== undefined && { connections }),
    })
    progress.done()
    await tell(session, results, isPart)
    return results
  } catch (error) {
    progress.clear()
    if (isToGoOnWith(error))
      session.out.note(`what has come of large files is kept: ${again} goes on from there`)
    const results = resultsOf<DownloadResult>(error)
    if (results) await tell(session, results, isPart)
    throw error
  }
}

const TO_GO_ON_WITH: readonly ExitName[] = ['interrupted', 'terminated', 'network', 'platform', 'rateLimited']

const isToGoOnWith = (error: unknown): boolean => {
  const first = error instanceof TransfersFailedError ? error.errors[0] : error
  return TO_GO_ON_WITH.includes(exitOf(first))
}

// As a part of something larger it is no JSON document of its own.
async function tell(session: Session, results: readonly DownloadResult[], isPart: boolean): Promise<void> {
  const { out } = session
  if (results.length === 0) out.note('nothing to download')
  for (const result of results) {
    if (result.outcome === 'failed') warnOfFailure(session, result.file.name, result.error, results)
    else await out.each({ event: result.outcome, ...documentOf(result) }, lineOf(result))
  }
  if (out.form === 'json' && !isPart) await out.json(results.map(documentOf))
}

function lineOf({ path, size, outcome, verified }: DownloadResult): string {
  const how = verified ? 'SHA-512 verified' : 'not verified: the platform has no checksum'
  return `${path}  ${bytes(size)}  ${outcome === 'skipped' ? 'was there, ' : ''}${how}`
}

export function documentOf({ file, path, size, sha512, verified, outcome, error }: DownloadResult) {
  const { id, name } = file
  return { id, name, path, outcome, size, sha512, verified, ...(error && { error: error.message }) }
}
