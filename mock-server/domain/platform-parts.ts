import { type ActiveRun, ActiveRuns } from './active-run.ts'
import { CaseFiles } from './case-files.ts'
import type { Executor, RunEnd } from './executor.ts'
import { FileShelf } from './file-shelf.ts'
import type { FileStore } from './file-store.ts'
import { Ids } from './ids.ts'
import type { SshAddress } from './instances.ts'
import type { Instant } from './instant.ts'
import { JobIndex } from './job-index.ts'
import { JobRegistry } from './job-registry.ts'
import { OwnCatalogue } from './own-catalogue.ts'
import { observedQuirks, type Quirks } from './quirks.ts'
import { Random } from './random.ts'
import type { ChangeLog } from './saved/change-log.ts'
import { Scheduler } from './scheduler.ts'
import type { SharedBytes } from './shared-bytes.ts'
import { StatusLog } from './status-log.ts'
import { StorageRegistry } from './storage-registry.ts'
import type { StoredJob } from './stored-job.ts'
import { makeProjects, makeUser } from './tenant-user.ts'
import { tutorialJobId } from './tutorial-job.ts'
import type { User } from './user.ts'
import type { World } from './world.ts'

export interface PlatformOptions {
  /** Opaque, safe as a folder name. */
  readonly tenantId: string
  /** Ids, names and times follow from it. */
  readonly seed: string
  /** Virtual time at the beginning. */
  readonly startsAt: Instant
  readonly files: FileStore
  /** Who needs which bytes of `files`; worlds that share bytes share it, too. */
  readonly sharedBytes?: SharedBytes | undefined
  readonly executor: Executor
  readonly quirks?: Quirks | undefined
  /** Where changes are noted, for who keeps the world on a disk. */
  readonly changes?: ChangeLog | undefined
  /** Environment variables for every run, besides those of the job and its hardware (`RESCALE_API_KEY`, say). */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Where clusters can be reached by SSH; without it their addresses are made up. */
  readonly ssh?: SshAddress | undefined
  /** Called when a run is not under way any more: what somebody does on its cluster ends with it. */
  readonly onRunOver?: ((jobId: string, runId: string) => void) | undefined
  /** Called when a live run has ended, with what tells the platform so: the place to bring time up to date before, and to settle after. */
  readonly onLiveRunEnded?: ((tell: () => void) => void) | undefined
}

export interface FullPlatformOptions extends PlatformOptions {
  readonly sharedBytes: SharedBytes
}

/** What the platform does about what happens in its world. */
export interface WorldHooks {
  readonly eraseJob: (job: StoredJob) => void
  readonly liveRunEnded: (jobId: string, active: ActiveRun, end: RunEnd) => void
}

/** All that a platform is made of; another world has others. */
export interface PlatformParts {
  readonly seed: string
  readonly user: User
  readonly ownCatalogue: OwnCatalogue
  readonly world: World
  readonly registry: JobRegistry
  readonly storage: StorageRegistry
}

/** A world in which nothing has happened yet. */
export function makeParts(
  options: FullPlatformOptions,
  hooks: WorldHooks,
  { seed, startsAt }: { readonly seed: string; readonly startsAt: Instant },
): PlatformParts {
  const ids = new Ids(seed, [tutorialJobId])
  const random = new Random(seed)
  const user = makeUser(ids, random)
  const ownCatalogue = new OwnCatalogue(makeProjects(ids))
  const files = new FileShelf(options.files, options.sharedBytes, ids, random, user.id, options.changes)
  const world = makeWorld(options, hooks, { ids, random, files, startsAt })
  const registry = new JobRegistry(world, user, ownCatalogue)
  const storage = new StorageRegistry(world, (jobId) => registry.get(jobId))
  return { seed, user, ownCatalogue, world, registry, storage }
}

function makeWorld(
  options: PlatformOptions,
  hooks: WorldHooks,
  { startsAt, ...own }: Pick<World, 'ids' | 'random' | 'files'> & { readonly startsAt: Instant },
): World {
  return {
    ...own,
    ...hooks,
    tenantId: options.tenantId,
    scheduler: new Scheduler(startsAt, options.changes),
    statusLog: new StatusLog(),
    jobs: new JobIndex(),
    cases: new CaseFiles(own.files),
    executor: options.executor,
    quirks: options.quirks ?? observedQuirks,
    environment: options.environment ?? {},
    notices: (options.ssh?.fingerprints ?? []).map((fingerprint) => `SSH host key ${fingerprint}`),
    activeRuns: new ActiveRuns(options.onRunOver),
    runQueues: new Map(),
    withStoppedRun: new Set(),
    askedEndings: new Map(),
    restarts: new Map(),
    attachedStorage: new Map(),
    changes: options.changes ?? null,
  }
}
