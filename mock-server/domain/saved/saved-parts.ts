import type { PlatformParts } from '../platform-parts.ts'
import { resumeJob } from './load-world.ts'
import { replaceLostRuns } from './lost-runs.ts'
import { saveJob } from './save-world.ts'
import type { SavedPlatform } from './saved-platform.ts'

/** The world as plain data. */
export function saveParts({ seed, world, storage, ownCatalogue }: PlatformParts): SavedPlatform {
  const { scheduler, ids, files, jobs, statusLog } = world
  return {
    seed,
    clock: {
      now: scheduler.now(),
      booked: scheduler.booked,
      appointments: [...scheduler.appointments()],
    },
    ids: ids.taken(),
    catalogue: ownCatalogue.entries,
    shelf: files.save(),
    statusLog: statusLog.copy(),
    jobs: Array.from(jobs.all(), (job) => saveJob(world, job)),
    devices: storage.save(),
    volumes: world.executor.saveVolumes?.(world.tenantId) ?? [],
  }
}

/** Fills a world in which nothing has happened yet. Retains the bytes that it needs. */
export function loadParts(
  { world, registry, storage, ownCatalogue }: PlatformParts,
  saved: SavedPlatform,
): void {
  const { scheduler, ids, files, statusLog } = world
  ownCatalogue.entries = saved.catalogue
  scheduler.load(saved.clock)
  ids.load(saved.ids)
  storage.load(saved.devices)
  files.load(saved.shelf)
  statusLog.load(saved.statusLog)
  for (const savedJob of saved.jobs) {
    const job = registry.load(savedJob)
    resumeJob(world, job, savedJob, (deviceId) => storage.find(deviceId))
    replaceLostRuns(world, job, savedJob)
  }
}
