import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { LiveFile, OpenLiveFile } from '../../domain/executor.ts'
import { hasProc } from '../../process-identity.ts'
import { memberPath } from '../contained-name.ts'
import { walkFolder } from './walk-folder.ts'

const chunkBytes = 1 << 20

/** The regular files of a folder while a run goes on, up to a number of them. */
export async function listLiveFiles(folder: string, limit: number): Promise<LiveFile[]> {
  const files: LiveFile[] = []
  for await (const { relativePath, stats } of walkFolder(folder)) {
    if (files.length >= limit) break
    files.push({ relativePath, size: stats.size })
  }
  return files
}

/** Opens a regular file for reading; null when there is none, or only through a symbolic link. */
export async function openLiveFile(folder: string, relativePath: string): Promise<OpenLiveFile | null> {
  const path = memberPath(relativePath)
  if (path === null) return null
  const file = await openPlainly(folder, path)
  if (file === null) return null
  return {
    relativePath: path,
    size: (await file.stat()).size,
    read: (start, end) => readRange(file, start, end),
    close: () => file.close(),
  }
}

async function openPlainly(folder: string, path: string): Promise<FileHandle | null> {
  const target = join(folder, path)
  if (!(await isPlain(folder, path))) return null
  // Not blocking, for a file may have become a named pipe since.
  const file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    () => null,
  )
  if (file && (await file.stat()).isFile() && (await isReally(file, target))) return file
  await file?.close()
  return null
}

/** No part of the way is a symbolic link. */
async function isPlain(folder: string, path: string): Promise<boolean> {
  const names = path.split('/')
  for (let length = 1; length <= names.length; length += 1) {
    const stats: Stats | null = await lstat(join(folder, ...names.slice(0, length))).catch(() => null)
    if (!(length === names.length ? stats?.isFile() : stats?.isDirectory())) return false
  }
  return true
}

/** The command may have put a link in the way between look and open; what was opened tells. */
const isReally = async (file: FileHandle, target: string): Promise<boolean> =>
  !hasProc || (await readlink(`/proc/self/fd/${file.fd}`)) === target

async function* readRange(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - position))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position)
    // The file may have become shorter.
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}
