import { mkdir } from 'node:fs/promises'
import type { Command } from 'commander'
import type { RescaleClient } from '../../../client.ts'
import type { RescaleFile } from '../../../types.ts'
import { UsageError } from '../../exit-codes.ts'
import { bytes } from '../../format.ts'
import { wholeNumber } from '../../limit.ts'
import type { Session } from '../../session.ts'

export interface DownloadFlags {
  readonly to?: string
  readonly as?: string
  readonly connections?: number
  readonly overwrite: boolean
}

export function defineDownload(command: Command, session: Session): void {
  withDownloadOptions(command.command('download <files...>'))
    .description('downloads files by their ids, over several connections, and compares their checksums')
    .option('--as <path>', 'the path to write to, of a single file')
    .action((ids: readonly string[], options: DownloadFlags) => download(session, ids, options))
}

export function withDownloadOptions(command: Command): Command {
  return command
    .option('--to <folder>', 'the folder to write to (default: this one)')
    .option('--connections <number>', 'at most so many', wholeNumber)
    .option('--no-overwrite', 'leave files alone that are there')
}

async function download(session: Session, ids: readonly string[], options: DownloadFlags): Promise<void> {
  if (options.as !== undefined && ids.length > 1) throw new UsageError('--as is for a single file')
  const client = await session.client()
  const files = await Promise.all(ids.map((id) => client.files.get(id, { signal: session.signal })))
  await downloadAll(session, client, files, options)
}

/** Downloads one file after the other; what fails does not keep the others from coming. */
export async function downloadAll(
  session: Session,
  client: RescaleClient,
  files: readonly RescaleFile[],
  options: DownloadFlags,
): Promise<void> {
  const done = []
  const failures: unknown[] = []
  if (options.to !== undefined) await mkdir(options.to, { recursive: true })
  for (const file of files) {
    try {
      const result = await downloadOne(session, client, file, options)
      done.push(result)
      const { path, size, verified } = result
      const how = verified ? 'SHA-512 verified' : 'not verified: the platform has no checksum'
      await session.out.event({ event: 'downloaded', ...result }, `${path}  ${bytes(size)}  ${how}`)
    } catch (error) {
      if (files.length === 1 || session.signal.aborted) throw error
      failures.push(error)
      session.out.warn(`${file.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (session.out.form === 'json') await session.out.json(done)
  if (failures.length > 0 && failures.length === files.length) throw failures[0]
  if (failures.length > 0) session.exit = 'partial'
}

async function downloadOne(
  session: Session,
  client: RescaleClient,
  file: RescaleFile,
  options: DownloadFlags,
) {
  const { to, as, connections, overwrite } = options
  const progress = session.progress(`download ${file.name}`)
  try {
    const result = await client.files.download(file, {
      ...(to !== undefined && { folder: to }),
      ...(as !== undefined && { to: as }),
      ...(connections !== undefined && { connections }),
      overwrite,
      onProgress: progress.update,
      signal: session.signal,
    })
    progress.done()
    return { id: file.id, name: file.name, ...result }
  } catch (error) {
    progress.clear()
    throw error
  }
}
