import { readdir, stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { UploadResult } from '../../../transfer/upload-all.ts'
import type { RescaleFile } from '../../../types.ts'
import { UsageError } from '../../exit-codes.ts'
import { bytes } from '../../format.ts'
import type { Session } from '../../session.ts'
import { resultsOf, warnOfFailure } from './results.ts'

export interface UploadFlags {
  readonly name?: string | undefined
  readonly reuse?: boolean | undefined
  /** Of folders. */
  readonly compress?: boolean | undefined
}

export const COMPRESS = 'folders: deflate the zip first, for slow lines'

export function defineUpload(command: Command, session: Session): void {
  command
    .command('upload <paths...>')
    .description('uploads files, and folders as a zip; the checksums are compared')
    .option('--name <name>', 'the name it gets, of a single one')
    .option('--reuse', 'send nothing that is there already: same name, length and SHA-512')
    .option('--compress', COMPRESS)
    .action((paths: readonly string[], options: UploadFlags) => upload(session, paths, options))
}

async function upload(session: Session, paths: readonly string[], options: UploadFlags): Promise<void> {
  try {
    await tell(session, await uploadPaths(session, paths, options))
  } catch (error) {
    const results = resultsOf<UploadResult>(error)
    if (results) await tellSome(session, results)
    throw error
  }
}

async function tell({ out }: Session, files: readonly RescaleFile[]): Promise<void> {
  for (const file of files) await out.each(file, `${file.id}  ${file.name}  ${bytes(file.decryptedSize)}`)
  if (out.form === 'json') await out.json(files)
}

/** Those that did arrive have ids, which nothing else tells. */
async function tellSome(session: Session, results: readonly UploadResult[]): Promise<void> {
  for (const { name, error } of results) warnOfFailure(session, name, error, results)
  await tell(
    session,
    results.flatMap(({ file }) => file ?? []),
  )
}

/** Uploads files, several at a time, and folders as a zip each. Results are in the order of `paths`. */
export async function uploadPaths(
  session: Session,
  paths: readonly string[],
  { name, reuse = false, compress }: UploadFlags = {},
): Promise<RescaleFile[]> {
  if (name !== undefined && paths.length > 1) throw new UsageError('--name is for a single file')
  const kinds = await Promise.all(paths.map(kindOf))
  const uploaded = new Map<string, RescaleFile>()
  const plain = paths.filter((_, index) => kinds[index] === 'file')
  for (const [path, file] of await uploadFiles(session, plain, name, reuse)) uploaded.set(path, file)
  for (const [index, path] of paths.entries())
    if (kinds[index] === 'folder')
      uploaded.set(path, await uploadFolder(session, path, { name, reuse, compress }))
  return paths.flatMap((path) => uploaded.get(path) ?? [])
}

async function uploadFiles(
  session: Session,
  paths: readonly string[],
  name: string | undefined,
  reuse: boolean,
) {
  if (paths.length === 0) return []
  const client = await session.client()
  const progress = session.progress()
  const items = paths.map((path) => ({ path, ...(name !== undefined && { name }) }))
  const { signal } = session
  try {
    const results = await client.files.uploadAll(items, {
      verify: true,
      reuse,
      onEvent: progress.onEvent,
      signal,
    })
    progress.done()
    return results.flatMap(({ path, file }) => (file ? [[path, file] as const] : []))
  } finally {
    progress.clear()
  }
}

async function uploadFolder(session: Session, path: string, { name, reuse, compress }: UploadFlags) {
  const client = await session.client()
  const progress = session.progress()
  try {
    const file = await client.files.uploadFolder(path, {
      ...(name !== undefined && { name }),
      ...(compress && { compression: 'deflate' }),
      verify: true,
      reuse: reuse === true,
      onEvent: progress.onEvent,
      onSkipped: (left) => session.out.warn(`not in ${path}.zip, being no plain files: ${left.join(', ')}`),
      signal: session.signal,
    })
    progress.done()
    return file
  } finally {
    progress.clear()
  }
}

async function kindOf(path: string): Promise<'file' | 'folder'> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return 'file'
  if (found?.isDirectory()) {
    if ((await readdir(path)).length === 0) throw new UsageError(`There is nothing in the folder ${path}`)
    return 'folder'
  }
  throw new UsageError(`There is no file or folder ${path}`)
}
