import type { Analysis, AnalysisVersion } from './analysis.ts'
import type { Cluster } from './cluster.ts'
import type { CoreType } from './coretype.ts'
import type { Instant } from './instant.ts'
import type { JobState, JobStatus } from './job-status.ts'
import type { JobVariable, JobVariableDraft } from './job-variable.ts'
import type { Json, JsonObject } from './json.ts'
import type { Run } from './run.ts'
import type { StatusEntry } from './status-entry.ts'

/** INSTANT is On-Demand Priority, ON_DEMAND is On-Demand Economy. */
export type BillingPriority = 'INSTANT' | 'ON_DEMAND' | 'RESERVED'

export interface Hardware {
  readonly coreType: CoreType
  readonly coresPerSlot: number
  readonly slots: number
  /** Hours; null runs until it is stopped. */
  readonly walltime: number | null
  readonly type: 'compute' | 'interactive'
}

export interface JobInput {
  readonly fileId: string
  readonly decompress: boolean
}

export interface TemplateTask {
  readonly templateFileId: string
  readonly processedFilename: string
}

/** One command with its analysis, hardware and input files, inside a job. */
export interface JobAnalysis {
  readonly analysis: Analysis
  readonly version: AnalysisVersion
  readonly command: string
  readonly hardware: Hardware
  readonly inputFiles: readonly JobInput[]
  readonly inputFolders: readonly Json[]
  readonly envVars: Readonly<Record<string, string>>
  readonly useRescaleLicense: boolean
  readonly onDemandLicenseSeller: Json
  readonly userDefinedLicenseSettings: Json
  readonly flags: JsonObject
  readonly useMpi: boolean
  /** File ids. */
  readonly preProcessScript: string | null
  readonly preProcessScriptCommand: string
  readonly postProcessScript: string | null
  readonly postProcessScriptCommand: string
  readonly templateTasks: readonly TemplateTask[]
}

/** What a user asks for, apart from the job's name. Frozen, and shared by jobs that ask for the same. */
export interface JobDefinition {
  readonly jobanalyses: readonly JobAnalysis[]
  readonly description: string
  readonly projectId: string | null
  readonly folderId: string | null
  readonly isLowPriority: boolean
  readonly billingPriorityValue: BillingPriority
  readonly cidrRule: string
  readonly publicKey: string | null
  readonly sshPort: number
  readonly archiveFilters: readonly Json[]
  readonly resourceFilters: readonly Json[]
  readonly jobvariables: readonly JobVariable[]
  /** File ids. */
  readonly paramFile: string | null
  readonly caseFile: string | null
  readonly optimizer: Json
  readonly monteCarloIterations: number | null
  readonly expectedRuns: number | null
  readonly includeNominalRun: boolean
  readonly isTemplateDryRun: boolean
  readonly inputFileParseTask: Json
  readonly isTemplate: boolean
  readonly clonedFrom: string | null
  readonly templatedFrom: string | null
  readonly jobAutomations: readonly Json[]
  readonly clusterId: string | null
}

export interface HardwareDraft {
  readonly coreType: string
  readonly coresPerSlot?: number | undefined
  readonly slots?: number | undefined
  readonly walltime?: number | null | undefined
  readonly type?: 'compute' | 'interactive' | undefined
}

export interface JobAnalysisDraft {
  /** `version` is the version's code; without it the newest is taken. `versionName` is what Tanatloc sends instead. */
  readonly analysis: {
    readonly code: string
    readonly version?: string | null | undefined
    readonly versionName?: string | null | undefined
  }
  readonly command: string
  readonly hardware: HardwareDraft
  readonly inputFiles?:
    | readonly { readonly id: string; readonly decompress?: boolean | undefined }[]
    | undefined
  readonly inputFolders?: readonly Json[] | undefined
  readonly envVars?: Readonly<Record<string, string>> | null | undefined
  readonly useRescaleLicense?: boolean | undefined
  readonly onDemandLicenseSeller?: Json | undefined
  readonly userDefinedLicenseSettings?: Json | undefined
  readonly flags?: JsonObject | undefined
  readonly useMpi?: boolean | undefined
  readonly preProcessScript?: { readonly id: string } | null | undefined
  readonly preProcessScriptCommand?: string | undefined
  readonly postProcessScript?: { readonly id: string } | null | undefined
  readonly postProcessScriptCommand?: string | undefined
  readonly templateTasks?:
    | readonly { readonly templateFile: { readonly id: string }; readonly processedFilename: string }[]
    | undefined
}

/** A job as it is asked for. Values have their proper types already; what they refer to is checked by the platform. */
export interface JobDraft {
  readonly name: string
  readonly jobanalyses: readonly JobAnalysisDraft[]
  readonly description?: string | undefined
  readonly projectId?: string | null | undefined
  readonly folderId?: string | null | undefined
  readonly isLowPriority?: boolean | undefined
  readonly billingPriorityValue?: BillingPriority | undefined
  readonly cidrRule?: string | undefined
  readonly publicKey?: string | null | undefined
  readonly sshPort?: number | undefined
  readonly archiveFilters?: readonly Json[] | undefined
  readonly resourceFilters?: readonly Json[] | undefined
  readonly jobvariables?: readonly JobVariableDraft[] | undefined
  readonly paramFile?: { readonly id: string } | null | undefined
  readonly caseFile?: { readonly id: string } | null | undefined
  readonly optimizer?: Json | undefined
  readonly monteCarloIterations?: number | null | undefined
  readonly expectedRuns?: number | null | undefined
  readonly includeNominalRun?: boolean | undefined
  readonly isTemplateDryRun?: boolean | undefined
  readonly inputFileParseTask?: Json | undefined
  readonly isTemplate?: boolean | undefined
  readonly clonedFrom?: string | null | undefined
  readonly templatedFrom?: string | null | undefined
  readonly jobAutomations?: readonly Json[] | undefined
  readonly clusterId?: string | null | undefined
}

/** Keys that are left out keep their value; `jobanalyses` is replaced as a whole. */
export type JobChanges = { readonly [Key in keyof JobDraft]?: JobDraft[Key] | undefined }

export interface Tag {
  readonly name: string
  readonly normalizedName: string
}

/** What a company notes about a job, besides what Rescale does. */
export type CustomFieldValue = string | number | boolean | readonly string[] | null

/** As they were first set. */
export type CustomFields = ReadonlyMap<string, CustomFieldValue>

export interface JobShare {
  readonly recipient: string
  readonly message: string
}

export interface Job {
  readonly id: string
  readonly name: string
  readonly dateInserted: Instant
  readonly definition: JobDefinition
  /** Null while the job is saved, but not submitted. */
  readonly status: JobStatus | null
  /** Newest first; made on reading. */
  readonly statuses: readonly StatusEntry<JobStatus>[]
  readonly state: JobState
  /** Null until the cluster is asked for, which is when the job is `Queued`. */
  readonly cluster: Cluster | null
  /** By number. Empty until the job executes. */
  readonly runs: readonly Run[]
  readonly tags: readonly Tag[]
  readonly customFields: CustomFields
  /** E-mail addresses. */
  readonly sharedWith: readonly string[]
  /** Bytes of inputs and outputs. */
  readonly storage: number
  /** From Executing to the end of the job; null before. */
  readonly elapsedWalltimeSeconds: number | null
  /** Changes whenever the job's row in a list may change. */
  readonly version: number
  /** For the presenter: the row's JSON as it was at `cachedVersion`. Nothing in the domain reads it. */
  cachedRow: string | undefined
  cachedVersion: number
}

export interface JobFilter {
  readonly state?: JobState | undefined
  readonly jobStatus?: JobStatus | undefined
  /** Submitted and not yet at its end (`t=1` of older clients). */
  readonly active?: boolean | undefined
  /** A part of the name, in any case. */
  readonly search?: string | undefined
}
