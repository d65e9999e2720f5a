import type { Stats as LocalStats } from 'node:fs'
import { readdir, rename, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { FileEntry } from 'ssh2'
import { IntegrityError } from '../errors.ts'
import { makeFolder as makeLocalFolder } from '../make-folder.ts'
import { checkContained } from '../transfer/contained.ts'
import { codeOf } from '../transfer/local-fs.ts'
import { pathWithin } from '../transfer/names.ts'
import { withTemporaryFolder } from '../transfer/temporary.ts'
import type { Progress } from '../transfer/upload.ts'
import { ClusterError } from './errors.ts'
import type { FileSession } from './file-session.ts'
import type { Login } from './login.ts'
import { sendOne } from './send-one.ts'
import { TRANSFER } from './sftp-transfer.ts'

export interface CopyOptions {
  /** Bytes of all files so far; `total` is that of the file under way for `get`, of all for `put`. */
  onProgress?: (progress: Progress) => void
  signal?: AbortSignal
}

/** What was copied. */
export interface Copied {
  readonly files: number
  readonly bytes: number
}

const NOTHING_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ELOOP'])
const S_IFMT = 0o170_000
const S_IFDIR = 0o040_000
const S_IFREG = 0o100_000

/**
 * Copies a file, or a folder with all that is in it, to a path on a cluster: relative ones begin at the home. A file has
 * its name only when it is whole.
 */
export async function put(
  login: Login,
  local: string,
  remote: string,
  options: CopyOptions = {},
): Promise<Copied> {
  const { sources, folders, total } = await localTree(local)
  let before = 0
  await login.during(() =>
    login.withFiles(async (session) => {
      for (const folder of folders) await makeFolder(session, joined(remote, folder))
      if (folders.length === 0 && dirname(remote) !== '.') await makeFolder(session, posix.dirname(remote))
      for (const { path, relative, size } of sources) {
        const target = relative === '' ? remote : joined(remote, relative)
        const onStep = (sent: number) => options.onProgress?.({ transferred: before + sent, total })
        await sendOne(login, session, { path, target, size }, onStep)
        before += size
      }
    }, options.signal),
  )
  return { files: sources.length, bytes: before }
}

/** Copies a file or folder from a cluster. A file has its name only when it is whole. */
export async function get(
  login: Login,
  remote: string,
  local: string,
  options: CopyOptions = {},
): Promise<Copied> {
  let copied: Copied = { files: 0, bytes: 0 }
  await login.during(() =>
    login.withFiles(async (session) => {
      const found = await session.find(remote)
      if (!found) throw nothingAt(remote, login)
      if (isFolder(found.mode)) await makeLocalFolder(local)
      const files = isFolder(found.mode)
        ? remoteTree(session, remote, local)
        : [{ remote, local, size: found.size }]
      for await (const file of files) {
        const { bytes } = copied
        const onStep = (received: number) =>
          options.onProgress?.({ transferred: bytes + received, total: bytes + file.size })
        await fetchOne(session, file, onStep)
        copied = { files: copied.files + 1, bytes: bytes + file.size }
      }
    }, options.signal),
  )
  return copied
}

const nothingAt = (path: string, { jobId }: Login): ClusterError =>
  new ClusterError(`There is no file or folder ${path} on the cluster of ${jobId}`, {
    jobId,
    kind: 'missing',
  })

interface Source {
  readonly path: string
  /** With slashes; empty for a single file. */
  readonly relative: string
  readonly size: number
}

async function localTree(local: string): Promise<{ sources: Source[]; folders: string[]; total: number }> {
  const found = await stat(local)
  if (!found.isDirectory())
    return { sources: [{ path: local, relative: '', size: found.size }], folders: [], total: found.size }
  const sources: Source[] = []
  const folders = ['']
  // Links to folders are not followed: they may lead back to where they are.
  for (const entry of await readdir(local, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const relative = path.slice(local.length).replaceAll('\\', '/').replace(/^\/+/, '')
    if (entry.isDirectory()) folders.push(relative)
    else {
      const target = await localStats(path)
      if (target?.isFile()) sources.push({ path, relative, size: target.size })
    }
  }
  return { sources, folders: folders.sort(), total: sources.reduce((sum, { size }) => sum + size, 0) }
}

interface RemoteFile {
  readonly remote: string
  readonly local: string
  readonly size: number
}

async function* remoteTree(
  session: FileSession,
  remote: string,
  local: string,
  root = local,
): AsyncGenerator<RemoteFile> {
  const entries = await session.ask<FileEntry[]>((sftp, done) => sftp.readdir(remote, done))
  for (const { filename, attrs } of entries) {
    const path = posix.join(remote, filename)
    // Names come from the server, and must not lead out of the folder.
    const target = pathWithin(local, filename)
    await checkContained(root, target)
    if (isFolder(attrs.mode)) {
      await makeLocalFolder(target)
      yield* remoteTree(session, path, target, root)
    } else if ((attrs.mode & S_IFMT) === S_IFREG) yield { remote: path, local: target, size: attrs.size }
  }
}

async function fetchOne(
  session: FileSession,
  { remote, local, size }: RemoteFile,
  onStep: (received: number) => void,
) {
  const target = (await isLocalFolder(local)) ? join(local, basename(remote)) : local
  await makeLocalFolder(dirname(target))
  // A folder of its own: once that is gone, nothing that is still under way can make the file in it.
  await withTemporaryFolder(async (making) => {
    const part = join(making, 'part')
    await session.ask((sftp, done) => sftp.fastGet(remote, part, { ...TRANSFER, step: onStep }, done))
    const received = (await stat(part)).size
    if (received < size) throw new IntegrityError(`${remote} has ${size} bytes, ${received} came`)
    await rename(part, target)
  }, `${target}.part-`)
}

async function isLocalFolder(path: string): Promise<boolean> {
  return (await localStats(path))?.isDirectory() === true
}

/** Undefined only where nothing is, or a link leads nowhere. */
async function localStats(path: string): Promise<LocalStats | undefined> {
  try {
    return await stat(path)
  } catch (error) {
    if (NOTHING_THERE.has(codeOf(error))) return undefined
    throw error
  }
}

/** With the folders above it; one that is there already is fine. */
async function makeFolder(session: FileSession, path: string): Promise<void> {
  if (path === '' || path === '.' || path === '/') return
  const there = await session.find(path)
  if (there && isFolder(there.mode)) return
  await makeFolder(session, posix.dirname(path))
  await session.ask((sftp, done) => sftp.mkdir(path, done))
}

const isFolder = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR

const joined = (folder: string, relative: string): string =>
  relative === '' ? folder : posix.join(folder, relative)
