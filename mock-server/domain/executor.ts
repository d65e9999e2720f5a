import type { StoredBytes } from './file-store.ts'
import type { Duration, Instant } from './instant.ts'
import type { RunVariable } from './run.ts'
import type { SavedVolume } from './saved/saved-volume.ts'

/** An input file of a run, as the cluster gets it. */
export interface RunInput {
  /** As the user named it; may contain slashes, and anything else. Executors keep it inside the work folder. */
  readonly name: string
  readonly bytes: StoredBytes
  /** False when the job says `"decompress": false`. */
  readonly decompress: boolean
}

/** One job analysis of a run: its command with what it needs. Analyses of a job run one after the other. */
export interface RunAnalysis {
  readonly analysisCode: string
  readonly versionCode: string
  readonly command: string
  /** Licence servers and other variables given by the user for this analysis. */
  readonly envVars: Readonly<Record<string, string>>
  readonly inputs: readonly RunInput[]
  readonly preProcessScript: RunInput | null
  readonly preProcessScriptCommand: string
  readonly postProcessScript: RunInput | null
  readonly postProcessScriptCommand: string
  readonly templates: readonly RunTemplate[]
  /** Its command starts in `work/shared`, not in `work`. */
  readonly isShared: boolean
}

/** A file that is made for each run, with the run's values in place of the variables in its template. */
export interface RunTemplate {
  readonly bytes: StoredBytes
  /** Where it is made, from the folder that commands start in; as the user gave it, so that it may be anything. */
  readonly processedFilename: string
}

/** A machine of the run's own part of the cluster. */
export interface RunHost {
  readonly name: string
  readonly cores: number
  readonly gpus: number
}

/** Everything an executor needs to run one run of a job. */
export interface RunOrder {
  /** Opaque id of the tenant, safe as a folder name. */
  readonly tenantId: string
  readonly jobId: string
  /** "1" for the only run of a basic job. */
  readonly runId: string
  readonly clusterId: string
  /** The unix user on the cluster, `uprod_{jobId}`. */
  readonly username: string
  readonly jobName: string
  readonly analyses: readonly RunAnalysis[]
  readonly coreType: string
  readonly coresPerSlot: number
  readonly slots: number
  /** Hours; null runs until it is stopped. */
  readonly walltime: number | null
  /** What `${name}` stands for in templates. Empty for a basic job. */
  readonly variables: readonly RunVariable[]
  /** The machines of the run's slot. Commands start on the first. */
  readonly hosts: readonly RunHost[]
  /** What `work/shared` is: a folder of its own, the folder `work` by another name, or nothing. */
  readonly sharedFolder: SharedFolder | null
  /** Each is the folder `~/storage_{id}`; what the run leaves is kept there, too, as `jobs/{jobId}/run/{runId}/…` (TS19). */
  readonly volumes: readonly StorageVolume[]
  /** Variables that the platform sets (RESCALE_JOB_ID and the like). */
  readonly environment: Readonly<Record<string, string>>
  /** How the commands end, whatever they do; absent when that is up to them. Of plans the platform makes it come true. */
  readonly fate?: RunFate
  /** Lines of the log before the first command: the fingerprints of the cluster's host keys (the mock's own). */
  readonly notices?: readonly string[]
  /** Virtual time now, for the dates in the log. */
  now(): Instant
  /** A number in [0, 1) from the tenant's seeded stream for executors. */
  random(): number
}

/** A storage device: files that outlive jobs. Both ids are safe as folder names. */
export interface StorageVolume {
  readonly tenantId: string
  readonly deviceId: string
}

/** A file for a storage device. */
export interface VolumeFile {
  /** From the device's own folder; as the user gave it, so that it may be anything. */
  readonly path: string
  readonly bytes: StoredBytes
}

export type SharedFolder = 'own' | 'same'

/** An end that is decided for a run's commands. */
export interface RunFate {
  readonly exitCode: number
  /** What the log says before `Exited with code`. */
  readonly log: readonly string[]
  /** The commands are launched by what the log says only. */
  readonly startsNothing?: boolean
  /** What was being written stays unfinished. */
  readonly cutsOutputs?: boolean
}

/** A file that a run left in its work folder. */
export interface RunOutput {
  /** Relative to the run's work folder, with forward slashes. `process_output.log` is one of them. */
  readonly relativePath: string
  readonly bytes: StoredBytes
}

/** Why a run ended, when it was not its own doing. */
export type RunInterruption = 'stopped' | 'walltime'

/** What a post-processing script found. */
export interface RunResult {
  readonly name: string
  readonly value: string
}

export interface RunEnd {
  /** Exit code of the last command that ran; 128 + signal number when a signal ended it. */
  readonly exitCode: number
  readonly interruption: RunInterruption | null
  readonly outputs: readonly RunOutput[]
  readonly results?: readonly RunResult[]
}

/** Content that is made when somebody asks for it: many runs may be planned at once. The same each time. */
export interface MadeContent {
  readonly size: number
  make(): Uint8Array
}

/** A file of the work folder other than the log, as a plan has it. */
export interface PlannedFile {
  readonly relativePath: string
  /** When it is complete. */
  readonly after: Duration
  /** When it appears, empty, to grow evenly until `after`; without it, and with stored bytes, it appears complete. */
  readonly from?: Duration
  /** Stored bytes may be those of an input, or of another output: whoever removes bytes asks who else has them. */
  readonly content: Uint8Array | StoredBytes | MadeContent
}

/** What a simulated run will do, known beforehand. Times count from the moment the job is `Executing`. */
export interface RunPlan {
  /** Null runs until it is stopped or reaches its walltime. */
  readonly duration: Duration | null
  readonly exitCode: number
  /** Lines of `process_output.log` without date, in order; "Launching …" and "Exited with code …" included. */
  readonly log: readonly { readonly after: Duration; readonly text: string }[]
  readonly files: readonly PlannedFile[]
  readonly results?: readonly RunResult[]
}

/** A file of the work folder while the run goes on. */
export interface LiveFile {
  /** Relative to the work folder, with forward slashes. */
  readonly relativePath: string
  readonly size: number
}

export interface OpenLiveFile extends LiveFile {
  /** The bytes from `start` up to, but not including, `end`, or fewer if the file is shorter by then. */
  read(start: number, end: number): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** A program as it is to be started. */
export interface ProgramStart {
  readonly file: string
  readonly args: readonly string[]
  readonly folder: string
}

/** A run that really happens, outside virtual time. */
export interface LiveRun {
  /** Resolves once, when all commands ended and all outputs are in the file store. Never rejects. */
  readonly ended: Promise<RunEnd>
  /** Asks the commands to end: SIGTERM to their process group, a grace time, then SIGKILL. Files are still saved. */
  stop(): void
  /** Ends the commands at once, without a grace time; files are still saved, and `ended` resolves. Without it, force stop kills. */
  forceStop?(): void
  /** The same, with an end that is decided for them in place of their own. Without it they are killed, and nothing is saved. */
  meet?(fate: RunFate): void
  /** Ends everything at once and saves nothing (the server is closing, or the job is gone). Resolves when no process is left. */
  kill(): Promise<void>
  /** Regular files as they are now, `process_output.log` first; empty before the work folder exists and after it is gone. */
  list?(): Promise<readonly LiveFile[]>
  /** The folder that stands for the user's home on the cluster, `work/` inside; null while it does not exist. */
  home?(): string | null
  /** Folders elsewhere that the home has under these names: storage devices. */
  mounts?(): Readonly<Record<string, string>>
  /** Variables for processes that others start in the home, so that none of them outlives a server that is killed. */
  trace?(): Readonly<Record<string, string>>
  /** How to start a program among the run's processes; null where these are among all others. See `rooms/doors.ts`. */
  inside?(): ((start: ProgramStart) => ProgramStart) | null
  /** Null when there is no such regular file inside the work folder. The caller closes it. */
  open?(relativePath: string): Promise<OpenLiveFile | null>
}

export type Execution =
  | { readonly kind: 'planned'; readonly plan: RunPlan }
  | { readonly kind: 'live'; readonly run: LiveRun }

/** Port: runs the commands of a job. */
export interface Executor {
  /** Looks into the inputs when the job is submitted (lists archives, say), so that `execute` need not wait. */
  prepare?(inputs: readonly RunInput[]): Promise<void>
  /** How often it has forgotten what it saw in an input, to make room; absent where it never does. */
  forgotten?(): number
  execute(order: RunOrder): Execution
  /** What `execute` planned for a run that began before, in another process; absent where runs are live. */
  planAgain?(order: RunOrder): RunPlan
  /** Its plans follow from orders and from what lies on storage devices alone: no code of a user's decides. */
  readonly plansAlike?: boolean
  /** The ending that a recipe asks for, when a job is submitted; null when there is none. */
  ending?(order: RunOrder): string | null
  /** Puts files on a storage device. */
  fillVolume?(volume: StorageVolume, files: readonly VolumeFile[]): Promise<void>
  /** What is on a tenant's devices, where that is plain data: of folders on the disk there are no copies. */
  saveVolumes?(tenantId: string): readonly SavedVolume[]
  /** From now on this is on the tenant's devices, and nothing else. */
  loadVolumes?(tenantId: string, volumes: readonly SavedVolume[]): void
  /** The device is no more, and what was on it neither. */
  releaseVolume?(volume: StorageVolume): Promise<void>
  /** Ends every live run; resolves when no process of this executor is left. */
  close(): Promise<void>
}
