import type { Step } from '../step.ts'
import { accessSteps } from './access.ts'
import { archiveSteps } from './archives.ts'
import { catalogueSteps } from './catalogue.ts'
import { cleaningSteps } from './cleaning-up.ts'
import { clusterSteps } from './cluster.ts'
import { economyJobSteps } from './economy-job.ts'
import { firstJobSteps } from './first-job.ts'
import { largeFileSteps } from './large-file.ts'
import { readingSteps } from './reading-jobs.ts'
import { splitUploadSteps } from './split-upload.ts'
import { twoTileSteps } from './two-tiles.ts'

/** In the order of the User API tutorial. */
export const steps: readonly Step[] = [
  ...accessSteps,
  ...catalogueSteps,
  ...readingSteps,
  ...firstJobSteps,
  ...economyJobSteps,
  ...twoTileSteps,
  ...clusterSteps,
  ...archiveSteps,
  ...largeFileSteps,
  ...splitUploadSteps,
  ...cleaningSteps,
]
