import { utcTime } from '../operations/present-time.ts'
import { WorldFileError } from '../worlds/import-world.ts'
import type { SnapshotSummary } from '../worlds/snapshot.ts'
import { DEFAULT_SNAPSHOT, forkRefusals, MAX_SNAPSHOTS } from '../worlds/tenant-worlds.ts'
import { SeedError } from '../worlds/world-seed.ts'
import { type ControlledTenant, type ControlOperation, wrong } from './control-operation.ts'

const noSnapshot = { status: 404, body: { detail: 'Not found.' } } as const

/** A tenant's world as a whole: begun anew, kept, gone back to, given to another key. */
export const readWorld: ControlOperation<'readWorld'> = ({ tenant }) => ({
  status: 200,
  body: presentWorld(tenant),
})

export const resetWorld: ControlOperation<'resetWorld'> = ({ tenant }) => {
  // What the bytes of files take to be removed is nobody's concern.
  void tenant.worlds.reset()
  return { status: 200, body: presentWorld(tenant) }
}

export const listSnapshots: ControlOperation<'listSnapshots'> = ({ tenant }) => ({
  status: 200,
  body: tenant.worlds.snapshots().map(presentSnapshot),
})

export const takeSnapshot: ControlOperation<'takeSnapshot'> = ({ tenant, body }) => {
  const taken = tenant.worlds.take(body?.name ?? DEFAULT_SNAPSHOT)
  return taken
    ? { status: 201, body: presentSnapshot(taken) }
    : wrong('name', `No more than ${MAX_SNAPSHOTS} snapshots.`)
}

export const restoreSnapshot: ControlOperation<'restoreSnapshot'> = ({ tenant, path }) => {
  const snapshot = tenant.worlds.get(path.name)
  if (!snapshot) return noSnapshot
  void tenant.worlds.enter(snapshot.image)
  return { status: 200, body: presentWorld(tenant) }
}

export const dropSnapshot: ControlOperation<'dropSnapshot'> = async ({ tenant, path }) =>
  (await tenant.worlds.drop(path.name)) ? { status: 204 } : noSnapshot

export const forkWorld: ControlOperation<'forkWorld'> = async ({ tenant, body, savedOf }) => {
  const fork = tenant.worlds.fork(body ?? {})
  if (fork === undefined) return wrong('snapshot', 'There is no such snapshot.')
  if (typeof fork === 'string') return wrong('apiKey', forkRefusals[fork])
  await savedOf(fork.apiKey)
  return { status: 201, body: fork }
}

export const exportWorld: ControlOperation<'exportWorld'> = ({ tenant }) => ({
  raw: {
    status: 200,
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="world.localscale"',
    },
    body: { size: null, read: () => tenant.worlds.export() },
  },
})

export const importWorld: ControlOperation<'importWorld'> = async ({ tenant, request }) => {
  try {
    await tenant.worlds.import(request.body ?? nothing())
  } catch (error) {
    if (error instanceof WorldFileError) return wrong('file', error.message)
    throw error
  }
  return { status: 200, body: presentWorld(tenant) }
}

export const seedWorld: ControlOperation<'seedWorld'> = async ({ tenant, body }) => {
  try {
    await tenant.worlds.seed(body)
  } catch (error) {
    if (error instanceof SeedError) return wrong('seed', error.message)
    throw error
  }
  return { status: 200, body: presentWorld(tenant) }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const presentWorld = ({ platform, time }: ControlledTenant) => ({
  now: utcTime(time.now()),
  pace: time.pace,
  jobs: platform.jobs().count,
  files: platform.files().count,
})

const presentSnapshot = ({ takenAt, ...snapshot }: SnapshotSummary) => ({
  ...snapshot,
  takenAt: utcTime(takenAt),
})
