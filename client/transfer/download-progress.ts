import type { Downloadable, DownloadOptions } from './download.ts'
import type { SegmentPlan } from './segments.ts'
import type { TrackedItem } from './tracker.ts'

/** Tells how far a file is to whoever wants to know. */
export function reportProgress(plan: SegmentPlan, item: TrackedItem, options: DownloadOptions): void {
  const transferred = plan.written()
  item.progress(transferred)
  options.onProgress?.({ transferred, total: plan.size })
}

/** The path of a file's bytes. */
export function contentsOf(file: Downloadable): string {
  return `/api/v2/files/${encodeURIComponent(file.id)}/contents/`
}
