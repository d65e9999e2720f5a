import { mkdirSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Executor } from '../domain/executor.ts'
import type { FileStore } from '../domain/file-store.ts'
import { SharedBytes } from '../domain/shared-bytes.ts'
import type { Loss } from '../worlds/records/read-world.ts'
import { CheckedContent } from './checked-content.ts'
import { Committer } from './committer.ts'
import { contentIn } from './content-check.ts'
import { type Database, openDatabase, repairDatabase } from './database.ts'
import { DurableFiles } from './durable-files.ts'
import { readFormat, writeFormat } from './format-file.ts'
import { LastCommit } from './last-commit.ts'
import { bytesOf, type KeptImage, loadTenants } from './load-tenants.ts'
import { commitsOf, neverRemoved, noticeLostCommits, removeAgain } from './lost-commits.ts'
import { readDatabase } from './read-database.ts'
import { SetAside } from './set-aside.ts'
import { syncPath } from './sync-path.ts'
import { type Keeping, TenantKeeper } from './tenant-keeper.ts'
import { TenantRecords } from './tenant-records.ts'

export interface DataFolderOptions {
  readonly folder: string
  /** Of worlds whose own seed is lost. */
  readonly seed: string
  /** Opens the disk file store of this folder, which nobody else has open. */
  files(): FileStore
  /** Makes what runs the commands of jobs. */
  executor(files: FileStore): Executor
  /** Real time, in milliseconds since 1970. */
  now(): number
  onError(error: unknown): void
  /** Bytes of content were read and hashed, which takes a second for some 600 MiB. */
  onHashed?(bytes: number): void
}

/** Worlds that outlive the process. */
export interface DataFolder {
  readonly files: FileStore
  readonly sharedBytes: SharedBytes
  readonly executor: Executor
  /** What was damaged, and where it is set aside; null when nothing was. */
  readonly damage: { readonly folder: string; readonly losses: readonly Loss[] } | null
  /** The worlds of tenants that have not been asked for yet. */
  readonly asleep: ReadonlyMap<string, KeptImage>
  /** The world that a tenant was in, once. */
  wake(tenantId: string): KeptImage | null
  keep(tenantId: string): Keeping
  /** Resolves when nothing of the tenant is on the disk any more; if it sleeps, the bytes of its files included. */
  forget(tenantId: string): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a folder for this process alone, and reads what is in it. Damage is named and set aside; the rest is there.
 * @throws {FolderInUseError} while another process has it open
 * @throws {OtherFormatError} when another version wrote it in a way that this one cannot read
 */
export async function openDataFolder(options: DataFolderOptions): Promise<DataFolder> {
  const { folder } = options
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const formatFile = join(folder, 'localscale-data')
  const format = await readFormat(formatFile)
  const setAside = new SetAside(folder, new Date(options.now()))
  if (format === 'damaged') setAside.lose('localscale-data', 'it does not have its checksum any more')
  if (format === 'new') await noticeOldFolder(folder, setAside)
  const database = await openOrRepair(join(folder, 'state'), setAside)
  try {
    await setAside.clearUnfinished()
    await setAside.nameLosses()
    if (format !== 'known') await writeFormat(formatFile)
    const opened = await fill(options, database, setAside)
    await syncNames(folder)
    return opened
  } catch (error) {
    await database.close()
    throw error
  }
}

/** A folder without its format may be none that is new. */
async function noticeOldFolder(folder: string, setAside: SetAside): Promise<void> {
  const state = await readdir(join(folder, 'state')).catch(() => [])
  if (state.length > 0) setAside.lose('localscale-data', 'it is missing')
  // Before worlds were kept, the folder had bytes without anything that named them.
  else if (contentIn(folder).length > 0)
    setAside.lose('content', 'it is there without the records that would name it')
}

/** The folder itself, and what lies in it from the beginning. */
async function syncNames(folder: string): Promise<void> {
  await syncPath(folder)
  await syncPath(dirname(folder))
}

/** A copy is kept until it is known that nothing is damaged: an engine repairs what it opens. */
async function openOrRepair(state: string, setAside: SetAside): Promise<Database> {
  mkdirSync(state, { recursive: true, mode: 0o700 })
  const opened = await openKept(state, setAside)
  if (opened) return opened
  setAside.lose('state', 'the database could not be opened, and was repaired')
  await setAside.nameLosses()
  await repairDatabase(state).catch(() => undefined)
  const repaired = await openDatabase(state)
  if (repaired) return repaired
  setAside.lose('state', 'the database could not be repaired; a new one takes its place')
  await setAside.move(state, 'state-not-repaired')
  const made = await openDatabase(state)
  if (!made) throw new Error(`No database can be made in ${state}.`)
  return made
}

async function openKept(state: string, setAside: SetAside): Promise<Database | null> {
  await setAside.keep(state, 'state')
  try {
    return await openDatabase(state)
  } catch (error) {
    // Another process has it: then nothing is damaged, and nothing is ours.
    await setAside.close()
    throw error
  }
}

async function fill(options: DataFolderOptions, database: Database, setAside: SetAside): Promise<DataFolder> {
  const { folder, onError, now } = options
  const lastCommit = new LastCommit(join(folder, 'last-commit'))
  const stored = await readDatabase(database, setAside)
  const noted = lastCommit.read()
  noticeLostCommits(stored, noted, setAside)
  const removed = removeAgain(stored, noted, setAside)
  const store = options.files()
  const checked = await CheckedContent.read({ path: join(folder, 'content-checked'), now })
  const files = new DurableFiles(store, checked)
  const executor = options.executor(files)
  const { seed, onHashed = () => undefined } = options
  const loading = { files: store, executor, setAside, checked, onHashed, seed, now: now() }
  const { images, rewrites } = await loadTenants(stored, loading)
  const sharedBytes = new SharedBytes(files)
  const needed = claim(images, sharedBytes)
  await clearContent(folder, { store, needed, setAside })
  await checked.begin(needed)
  await setAside.close()
  const removals = stored.unreadable.map((key) => ({ key }))
  const writes = [...removals, ...removed, ...rewrites]
  if (writes.length > 0) await database.write(writes)
  if (setAside.losses.length > 0) lastCommit.beginAnew(stored.commit, commitsOf(stored))
  else for (const one of neverRemoved(stored, noted)) lastCommit.note(...one)
  const committer = new Committer({ database, files, lastCommit, commit: stored.commit, now, onError })
  const keepers = new Map<string, TenantKeeper>()
  const keeperOf = (tenantId: string): TenantKeeper => {
    const known = keepers.get(tenantId)
    if (known) return known
    const records = stored.tenants.get(tenantId)?.records ?? new TenantRecords(tenantId)
    const made: TenantKeeper = new TenantKeeper(records, () => committer.note(made))
    keepers.set(tenantId, made)
    return made
  }
  const wake = (tenantId: string): KeptImage | null => {
    const image = images.get(tenantId) ?? null
    images.delete(tenantId)
    return image
  }
  const { losses } = setAside
  return {
    files,
    sharedBytes,
    executor,
    damage: losses.length > 0 ? { folder: setAside.path, losses } : null,
    asleep: images,
    wake,
    keep(tenantId) {
      const keeper = keeperOf(tenantId)
      return {
        changes: keeper.changes,
        begin: (tenant, how) => keeper.begin(tenant, how),
        note: () => committer.note(keeper),
        finish() {
          keeper.finish()
          committer.note(keeper)
        },
        saved: () => committer.saved(keeper),
      }
    },
    async forget(tenantId) {
      const image = wake(tenantId)
      if (image) await sharedBytes.releaseAll(bytesOf(image))
      const keeper = keeperOf(tenantId)
      keepers.delete(tenantId)
      await committer.forget(keeper)
    },
    async close() {
      await committer.close()
      await database.close()
      lastCommit.close()
      checked.close()
    },
  }
}

/** The images hold what they need, until tenants have taken it over. Returns all ids that anybody needs. */
function claim(images: ReadonlyMap<string, KeptImage>, sharedBytes: SharedBytes): ReadonlySet<string> {
  const needed = new Set<string>()
  for (const image of images.values())
    for (const bytes of bytesOf(image)) {
      if (needed.has(bytes.id)) sharedBytes.retain(bytes)
      needed.add(bytes.id)
    }
  return needed
}

interface ContentClearing {
  readonly store: FileStore
  readonly needed: ReadonlySet<string>
  readonly setAside: SetAside
}

/** Content that nothing names was on its way in or out when a process ended; unless what named it is lost. */
async function clearContent(folder: string, { store, needed, setAside }: ContentClearing): Promise<void> {
  const unneeded = contentIn(folder).filter((id) => !needed.has(id))
  const mayBeMissed = setAside.losses.length > 0
  for (const id of unneeded) {
    const path = store.pathOf(id)
    if (mayBeMissed && path !== null) await setAside.move(path, join('content', id))
    else await store.remove(id)
  }
}
