import type { KeyPair } from '../../client/clusters/key-pair.ts'
import type { Instance, Job, JobCreate, RescaleClient, RescaleFile, SplitUpload } from '../../client/index.ts'
import type { LocalMock } from './local-mock.ts'

/** What the steps share: how to reach the platform, where to put files, and what earlier steps made. */
export interface Context {
  readonly client: RescaleClient
  readonly url: string
  /** Undefined on a platform that is not our own mock. */
  readonly mock: LocalMock | undefined
  readonly apiKey: string
  /** The profiles that the steps read. */
  readonly configFile: string
  readonly profile: string
  /** Emptied afterwards. */
  readonly folder: string
  readonly inputFolder: string
  /** Bytes of the large file. */
  readonly size: number
  /** How often to look at a status. */
  readonly waiting: { readonly intervalMs?: number }
  /** The job read by its id; on a real platform the newest one. */
  readonly knownJobId: string | undefined
  readonly startedAt: Date
  /** Says what is going on, between a step's beginning and its end. */
  progress(text: string): void
  /** The status of the latest answer of the API. */
  lastStatus(): number
  readonly made: Made
}

/** What steps leave for later ones. */
export interface Made {
  coreType?: string
  generalCoreTypes?: readonly string[]
  failedJob?: Job
  economyJob?: Job
  clusterJob?: Job
  keyPair?: KeyPair
  instance?: Instance
  pythonFiles?: readonly RescaleFile[]
  largeFile?: RescaleFile
  largeFilePath?: string
  split?: SplitUpload
  archive?: RescaleFile
  /** Jobs and files to be removed at the end, whatever happens. */
  readonly jobIds: string[]
}

export interface JobWish {
  readonly name: string
  readonly command: string
  readonly inputFiles?: readonly { readonly id: string; readonly decompress?: boolean }[]
  readonly isLowPriority?: boolean
  readonly coresPerSlot?: number
  readonly publicKey?: string
}

/** A job of one tile, as most of the tutorial's are. */
export function tutorialJob({
  name,
  command,
  inputFiles = [],
  isLowPriority = false,
  coresPerSlot = 2,
  publicKey,
}: JobWish): JobCreate {
  return {
    name: `LocalScale tutorial (${name})`,
    isLowPriority,
    ...(publicKey !== undefined && { publicKey }),
    jobanalyses: [
      {
        analysis: { code: 'user_included', version: '0' },
        command,
        hardware: { coreType: 'granite', coresPerSlot, walltime: 1 },
        inputFiles: inputFiles.map(({ id, decompress = true }) => ({ id, decompress })),
      },
    ],
  } as JobCreate
}
