import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import type { RescaleClient } from '../../../client.ts'
import { UsageError } from '../../exit-codes.ts'
import { bytes } from '../../format.ts'
import type { Session } from '../../session.ts'

interface UploadOptions {
  readonly name?: string
}

export function defineUpload(command: Command, session: Session): void {
  command
    .command('upload <paths...>')
    .description('uploads files, and folders as a zip; the checksums are compared')
    .option('--name <name>', 'the name it gets, of a single file')
    .action((paths: readonly string[], options: UploadOptions) => upload(session, paths, options))
}

async function upload(session: Session, paths: readonly string[], { name }: UploadOptions): Promise<void> {
  if (name !== undefined && paths.length > 1) throw new UsageError('--name is for a single file')
  const client = await session.client()
  const uploaded = []
  for (const path of paths) {
    const file = await uploadPath(session, client, path, name)
    uploaded.push(file)
    await session.out.event(file, `${file.id}  ${file.name}  ${bytes(file.decryptedSize)}`)
  }
  if (session.out.form === 'json') await session.out.json(uploaded)
}

/** Uploads a file, or a folder as a zip, with its progress shown. */
export async function uploadPath(session: Session, client: RescaleClient, path: string, name?: string) {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError(`There is no ${path}`)
  const progress = session.progress(`upload ${name ?? basename(resolve(path))}`)
  const options = {
    ...(name !== undefined && { name }),
    verify: true,
    onProgress: progress.update,
    signal: session.signal,
  }
  try {
    const file = found.isDirectory()
      ? await client.files.uploadFolder(path, options)
      : await client.files.upload(path, options)
    progress.done()
    return file
  } catch (error) {
    progress.clear()
    throw error
  }
}
