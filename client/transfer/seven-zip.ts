import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RescaleError } from '../errors.ts'
import { aborted } from '../failures.ts'
import type { TransferContext } from './context.ts'
import { becameShorter, READ_BYTES } from './file-chunks.ts'
import { PARALLEL_SLICES } from './gzip-slices.ts'
import { codeOf } from './local-fs.ts'
import type { FindFiles } from './reuse.ts'
import { sizeOfFile } from './sources.ts'
import { extractCommand } from './split-command.ts'
import type { SplitFiles, Splitting, SplitUploadOptions } from './split-upload.ts'
import { inGroup } from './task-group.ts'
import { type Uploaded, uploadOnce } from './upload.ts'

/** A 7-Zip of the user's own. */
export interface SevenZip {
  /** The program here: a path, or a name in PATH; `7za` unless told otherwise. */
  program?: string
  /** Further arguments, such as `-m0=brotli` where both programs know it; `-mx=1` unless told otherwise. */
  args?: readonly string[]
  /** Bytes of a volume; 100 MiB unless told otherwise, as in the tutorial. */
  volumeBytes?: number
  /** A program for the cluster, which is uploaded along if the account does not have it; else the cluster's own `7za`. */
  clusterProgram?: string
}

const VOLUME_BYTES = 100 * 1024 * 1024
const MAX_SAID = 2_000

/** Packs the file into volumes and uploads them, several at a time. */
export async function uploadVolumes(
  context: TransferContext,
  splitting: Splitting,
  sevenZip: SevenZip,
  options: SplitUploadOptions,
  find: FindFiles | undefined,
): Promise<SplitFiles> {
  const { name, size, folder, progress } = splitting
  const { parallel = PARALLEL_SLICES, reuse = false, verify = false, typeId } = options
  await pack(splitting, sevenZip, options.signal)
  const volumes = (await readdir(folder)).toSorted().map((volume) => join(folder, volume))
  const sizes = await Promise.all(volumes.map(sizeOfFile))
  const compressedSize = sizes.reduce((sum, bytes) => sum + bytes, 0)
  const uploads: Uploaded[] = []
  await inGroup([...volumes.entries()], parallel, options.signal, async ([index, path], signal) => {
    const covered = (size * (sizes[index] ?? 0)) / compressedSize
    const wanted = { ...progress.of(path, covered), ...(typeId !== undefined && { typeId }) }
    uploads[index] = await uploadOnce(context, path, { ...wanted, reuse, verify, signal }, { find })
    progress.done(path, covered)
  })
  const program = sevenZip.clusterProgram
  const reused = uploads.every((upload) => upload.reused)
  if (program !== undefined) uploads.push(await uploadProgram(context, program, options, find))
  const onCluster = program === undefined ? undefined : basename(program)
  const files = uploads.map(({ file }) => file)
  return { reused, files, compressedSize, command: (sha512) => extractCommand(name, sha512, onCluster) }
}

function uploadProgram(
  context: TransferContext,
  program: string,
  { signal }: SplitUploadOptions,
  find: FindFiles | undefined,
): Promise<Uploaded> {
  return uploadOnce(context, program, { reuse: true, ...(signal && { signal }) }, { find })
}

async function pack(
  { path, name, folder, size }: Splitting,
  sevenZip: SevenZip,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { program = '7za', args = ['-mx=1'], volumeBytes = VOLUME_BYTES } = sevenZip
  if (signal?.aborted) throw aborted(signal.reason)
  // From its standard input, since 7-Zip would otherwise keep the local name.
  const packing = ['a', '-t7z', '-y', '-bd', `-v${volumeBytes}b`, ...args, `-si${name}`, '--', `${name}.7z`]
  // It works in the folder of the volumes, where a relative path would lead elsewhere.
  const found = basename(program) === program ? program : resolve(program)
  const child = spawn(found, packing, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
  const stop = () => child.kill()
  signal?.addEventListener('abort', stop, { once: true })
  let said = ''
  const listen = (chunk: unknown) => {
    said = `${said}${chunk}`.slice(-MAX_SAID)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  try {
    // When the program ends early, its exit code says more than the broken pipe.
    const source = createReadStream(path, { highWaterMark: READ_BYTES })
    const fed = pipeline(source, child.stdin).then(
      () => undefined,
      (error: unknown) => error,
    )
    const [code] = await once(child, 'close')
    const unfed = await fed
    if (signal?.aborted) throw aborted(signal.reason)
    if (code !== 0)
      throw new RescaleError(`${program} ended with ${code}: ${said.trim()}`, {
        hint: 'Leave `sevenZip` out: gzip needs no program.',
      })
    // To 7-Zip what comes is the whole, also where reading broke off.
    if (unfed !== undefined) throw unfed
    if (source.bytesRead < size) throw becameShorter(path)
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? missing(program, error) : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

function missing(program: string, cause: unknown): RescaleError {
  const hint =
    'Install 7-Zip, name it with `sevenZip: { program }`, or leave `sevenZip` out: gzip needs nothing.'
  return new RescaleError(`There is no ${program}`, { cause, hint })
}
