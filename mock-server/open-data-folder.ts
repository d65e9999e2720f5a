import type { Executor } from './domain/executor.ts'
import type { FileStore } from './domain/file-store.ts'
import type { DataFolder } from './durable/data-folder.ts'
import { simulatedExecutor } from './executors/simulated/simulated-executor.ts'
import { fileHashing } from './file-hashing.ts'
import { diskFileStore } from './stores/disk-file-store.ts'

export interface OpenDataFolderOptions {
  /** That of the Rescale; used for worlds whose own is lost. Default `localscale`. */
  readonly seed?: string
  /** Makes what runs the commands of jobs. Default: simulated, no process is started. */
  readonly executor?: (files: FileStore) => Executor
  /** Called with errors while data is written that nobody waits for. Default: console.error. */
  readonly onError?: (error: unknown) => void
  /** Called while content is hashed that may have changed since it was known to be whole: bytes since the last call. */
  readonly onHashed?: (bytes: number) => void
  /** Real time in milliseconds since 1970; replaced in tests. */
  readonly now?: () => number
}

/**
 * Opens a folder with worlds that outlive the process, for `createRescale({ data })`, which closes it. The engine is loaded
 * here, so that nobody else pays for it.
 * @throws {FolderInUseError} while another process has it open
 * @throws {OtherFormatError} when another version wrote it in a way that this one cannot read
 */
export async function openDataFolder(
  folder: string,
  options: OpenDataFolderOptions = {},
): Promise<DataFolder> {
  const durable = await import('./durable/data-folder.ts')
  return durable.openDataFolder({
    folder,
    seed: options.seed ?? 'localscale',
    files: () => diskFileStore(folder, { hashing: fileHashing() }),
    executor: options.executor ?? ((files) => simulatedExecutor({ files })),
    ...(options.onHashed && { onHashed: options.onHashed }),
    now: options.now ?? (() => Date.now()),
    onError: options.onError ?? ((error) => console.error('localscale:', error)),
  })
}
