import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, posix } from 'node:path'
import type { FileEntry, SFTPWrapper, Stats } from 'ssh2'
import { IntegrityError } from '../errors.ts'
import { checkContained } from '../transfer/contained.ts'
import { pathWithin } from '../transfer/names.ts'
import type { Progress } from '../transfer/upload.ts'
import type { Login } from './login.ts'

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

// So many requests of 32 KiB are under way at once: with one, a distance of 50 ms leaves 640 kB/s (client.md §2.23).
const TRANSFER = { concurrency: 64, chunkSize: 32_768 } as const
const S_IFMT = 0o170_000
const S_IFDIR = 0o040_000
const S_IFREG = 0o100_000

/** Copies a file, or a folder with all that is in it, to a path on a cluster: relative ones begin at the home. */
export async function put(
  login: Login,
  local: string,
  remote: string,
  options: CopyOptions = {},
): Promise<Copied> {
  const { sources, folders, total } = await localTree(local)
  let before = 0
  await login.during(() =>
    login.withFiles(async (sftp) => {
      for (const folder of folders) await makeFolder(sftp, joined(remote, folder))
      if (folders.length === 0 && dirname(remote) !== '.') await makeFolder(sftp, posix.dirname(remote))
      for (const { path, relative, size } of sources) {
        const target = relative === '' ? remote : joined(remote, relative)
        const onStep = (sent: number) => options.onProgress?.({ transferred: before + sent, total })
        await called((done) => sftp.fastPut(path, target, { ...TRANSFER, step: onStep }, done))
        await checkSize(sftp, target, size)
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
    login.withFiles(async (sftp) => {
      const found = await called<Stats>((done) => sftp.stat(remote, done))
      if (isFolder(found.mode)) await mkdir(local, { recursive: true })
      const files = isFolder(found.mode)
        ? remoteTree(sftp, remote, local)
        : [{ remote, local, size: found.size }]
      for await (const file of files) {
        const { bytes } = copied
        const onStep = (received: number) =>
          options.onProgress?.({ transferred: bytes + received, total: bytes + file.size })
        await fetchOne(sftp, file, onStep)
        copied = { files: copied.files + 1, bytes: bytes + file.size }
      }
    }, options.signal),
  )
  return copied
}

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
      const target = await stat(path).catch(() => undefined)
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
  sftp: SFTPWrapper,
  remote: string,
  local: string,
  root = local,
): AsyncGenerator<RemoteFile> {
  const entries = await called<FileEntry[]>((done) => sftp.readdir(remote, done))
  for (const { filename, attrs } of entries) {
    const path = posix.join(remote, filename)
    // Names come from the server, and must not lead out of the folder.
    const target = pathWithin(local, filename)
    await checkContained(root, target)
    if (isFolder(attrs.mode)) {
      await mkdir(target, { recursive: true })
      yield* remoteTree(sftp, path, target, root)
    } else if ((attrs.mode & S_IFMT) === S_IFREG) yield { remote: path, local: target, size: attrs.size }
  }
}

async function fetchOne(
  sftp: SFTPWrapper,
  { remote, local, size }: RemoteFile,
  onStep: (received: number) => void,
) {
  const target = (await isLocalFolder(local)) ? join(local, basename(remote)) : local
  await mkdir(dirname(target), { recursive: true })
  // A name that nothing on the cluster has: `x` and `x.part` may lie side by side.
  const part = `${target}.${randomBytes(4).toString('hex')}.part`
  try {
    await called((done) => sftp.fastGet(remote, part, { ...TRANSFER, step: onStep }, done))
    const received = (await stat(part)).size
    if (received < size) throw new IntegrityError(`${remote} has ${size} bytes, ${received} came`)
    await rename(part, target)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

async function isLocalFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true
}

async function checkSize(sftp: SFTPWrapper, path: string, size: number): Promise<void> {
  const { size: there } = await called<Stats>((done) => sftp.stat(path, done))
  if (there !== size) throw new IntegrityError(`${path} should have ${size} bytes, and has ${there}`)
}

/** With the folders above it; one that is there already is fine. */
async function makeFolder(sftp: SFTPWrapper, path: string): Promise<void> {
  if (path === '' || path === '.' || path === '/') return
  const there = await called<Stats>((done) => sftp.stat(path, done)).catch(() => undefined)
  if (there && isFolder(there.mode)) return
  await makeFolder(sftp, posix.dirname(path))
  await called((done) => sftp.mkdir(path, done))
}

const isFolder = (mode: number): boolean => (mode & S_IFMT) === S_IFDIR

const joined = (folder: string, relative: string): string =>
  relative === '' ? folder : posix.join(folder, relative)

function called<T = void>(
  start: (done: (error: Error | null | undefined, value: T) => void) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value)))
  })
}
