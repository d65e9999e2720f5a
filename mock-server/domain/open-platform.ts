import type { Catalogue } from './catalogue.ts'
import type { Executor } from './executor.ts'
import { Platform } from './platform.ts'
import type { PlatformOptions } from './platform-parts.ts'
import { runSampleJobs, sampleExecutor, sampleJobs } from './sample-jobs.ts'

/** A platform with a past: some finished jobs of this year and the last, among them the one that the tutorial reads. */
export function openPlatform(options: PlatformOptions, catalogue: Catalogue): Platform {
  let executor: Executor = sampleExecutor
  const platform = new Platform({
    ...options,
    startsAt: options.startsAt - Math.max(...sampleJobs.map(({ age }) => age)),
    executor: {
      prepare: (inputs) => executor.prepare?.(inputs) ?? Promise.resolve(),
      execute: (order) => executor.execute(order),
      fillVolume: (volume, files) => executor.fillVolume?.(volume, files) ?? Promise.resolve(),
      releaseVolume: (volume) => executor.releaseVolume?.(volume) ?? Promise.resolve(),
      saveVolumes: (tenantId) => executor.saveVolumes?.(tenantId) ?? [],
      loadVolumes: (tenantId, volumes) => executor.loadVolumes?.(tenantId, volumes),
      ...(options.executor.planAgain && { planAgain: options.executor.planAgain }),
      ...(options.executor.ending && { ending: (order) => executor.ending?.(order) ?? null }),
      close: () => executor.close(),
    },
  })
  runSampleJobs(platform, catalogue, options.startsAt)
  platform.advanceTo(options.startsAt)
  executor = options.executor
  return platform
}
