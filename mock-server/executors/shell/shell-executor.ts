import type { Executor } from '../../domain/executor.ts'
import type { FileStore } from '../../domain/file-store.ts'
import type { RoomsFound } from '../../rooms/find-rooms.ts'
import { JobFolders } from './job-folders.ts'
import { defaultGraceMs, defaultLimits, type ShellLimits } from './limits.ts'
import { ownFolder } from './own-folder.ts'
import { searchPathOf, standInFolder } from './run-environment.ts'
import { leaveRoot, newMarker, recordRun, recoverRuns } from './run-ledger.ts'
import { type Isolation, RunRooms } from './run-rooms.ts'
import { ShellRun, type ShellRunSetup } from './shell-run.ts'
import { createStandIns } from './stand-ins.ts'
import { Turns } from './turns.ts'
import { Volumes } from './volumes.ts'
import { type After, realAfter } from './walltime.ts'

export interface ShellExecutorOptions {
  /** Folder for the runs' own folders. Several executors may share it. */
  readonly root: string
  /** The last executor that is closed removes the root. */
  readonly isRootTemporary?: boolean
  readonly files: FileStore
  /** Real time, for walltimes and the grace time. */
  readonly wall?: { readonly after: After }
  /** Between SIGTERM and SIGKILL. */
  readonly graceMs?: number
  readonly limits?: Partial<ShellLimits>
  /** Of the commands; the server's own PATH unless told. */
  readonly searchPath?: string
  /** Whether runs see each other's processes and files; `auto` keeps them apart where the machine lets us. */
  readonly isolation?: Isolation
  /** Folders of the server's own that runs do not see when they are apart. */
  readonly hidden?: readonly string[]
}

export interface ShellExecutor extends Executor {
  execute(order: Parameters<Executor['execute']>[0]): { readonly kind: 'live'; readonly run: ShellRun }
  /** Resolves when processes and folders that a killed server left in the root are gone. Runs wait for it by themselves. */
  readonly recovered: Promise<void>
  /** Whether runs are apart from each other. */
  readonly rooms: Promise<RoomsFound>
}

/**
 * Really runs the commands of jobs, with bash, as the user of this process. Where the machine allows it, jobs see
 * nothing of each other; that is no sandbox all the same: a command can do what the user can. Only for commands that
 * one would run oneself.
 */
export function shellExecutor(options: ShellExecutorOptions): ShellExecutor {
  const root = ownFolder(options.root)
  const tenancy = options.isRootTemporary ? newMarker() : null
  if (tenancy !== null) recordRun(root, tenancy, null)
  const standIns = standInFolder(root)
  createStandIns(standIns)
  const recovered = recoverRuns(root).catch(() => {})
  const limits = { ...defaultLimits, ...options.limits }
  const searchPath = searchPathOf(options.searchPath ?? process.env.PATH, standIns)
  const { isolation = 'auto', hidden = [] } = options
  const shared = {
    root,
    searchPath,
    jobFolders: new JobFolders(root),
    rooms: new RunRooms({ root, isolation, hidden, searchPath }),
    recovered,
    limits,
    volumes: new Volumes(root, recovered),
    turns: new Turns(limits.runsAtOnce),
  }
  const { volumes, rooms } = shared
  const runs = new Set<ShellRun>()
  let isClosed = false
  return {
    recovered,
    rooms: rooms.found,
    execute(order) {
      const run = new ShellRun(setupOf(options, shared), order)
      runs.add(run)
      void run.ended.then(() => runs.delete(run))
      if (isClosed) void run.kill()
      return { kind: 'live', run }
    },
    fillVolume: (volume, given) => volumes.fill(volume, given, options.files),
    releaseVolume: (volume) => volumes.release(volume),
    async close() {
      isClosed = true
      await recovered
      await Promise.all([...runs].map((run) => run.kill()))
      await rooms.close()
      await volumes.close()
      if (tenancy !== null) await leaveRoot(root, tenancy)
    },
  }
}

type Shared = Pick<
  ShellRunSetup,
  'root' | 'searchPath' | 'recovered' | 'limits' | 'volumes' | 'rooms' | 'jobFolders' | 'turns'
>

const setupOf = (options: ShellExecutorOptions, shared: Shared): ShellRunSetup => ({
  ...shared,
  files: options.files,
  graceMs: options.graceMs ?? defaultGraceMs,
  after: options.wall?.after ?? realAfter,
  marker: newMarker(),
})
