import type { JobAnalysis, JobDefinition } from '../../domain/job.ts'
import { readAnalysis, readCoreType, readVersion } from './catalogue-record.ts'
import {
  fields,
  flag,
  id,
  json,
  jsonObject,
  listOf,
  MalformedRecordError,
  nullable,
  number,
  oneOf,
  text,
  texts,
  whole,
} from './fields.ts'
import type { PartsRead, PartsTold } from './parts.ts'

/** What a job asks for, with what the catalogue said about it then: another catalogue changes nothing about old jobs. */
export function tellDefinition(definition: JobDefinition, parts: PartsTold): string {
  return parts.idOf(definition, () => ({
    ...definition,
    jobanalyses: definition.jobanalyses.map((analysis) => tellAnalysis(analysis, parts)),
  }))
}

function tellAnalysis({ analysis, version, hardware, ...rest }: JobAnalysis, parts: PartsTold) {
  const { coreType, ...other } = hardware
  return {
    ...rest,
    analysis: parts.idOf(analysis, () => analysis),
    version: parts.idOf(version, () => version),
    hardware: { ...other, coreType: parts.idOf(coreType, () => coreType) },
  }
}

export function readDefinition(id: string, parts: PartsRead): JobDefinition {
  return parts.get(id, (value) => {
    const { jobanalyses, ...rest } = definition(value, 'definition')
    const read = jobanalyses.map((analysis) => withParts(analysis, parts))
    if (read.length === 0) throw new MalformedRecordError('a definition has no analysis')
    return { ...rest, jobanalyses: read }
  })
}

function withParts(told: ReturnType<typeof analysis>, parts: PartsRead): JobAnalysis {
  const { hardware } = told
  return {
    ...told,
    analysis: parts.get(told.analysis, (value) => readAnalysis(value, 'analysis')),
    version: parts.get(told.version, (value) => readVersion(value, 'version')),
    hardware: {
      ...hardware,
      coreType: parts.get(hardware.coreType, (value) => readCoreType(value, 'core type')),
    },
  }
}

const analysis = fields({
  analysis: text,
  version: text,
  command: text,
  hardware: fields({
    coreType: text,
    coresPerSlot: whole,
    slots: whole,
    walltime: nullable(number),
    type: oneOf(['compute', 'interactive']),
  }),
  inputFiles: listOf(fields({ fileId: id, decompress: flag })),
  inputFolders: listOf(json),
  envVars: texts,
  useRescaleLicense: flag,
  onDemandLicenseSeller: json,
  userDefinedLicenseSettings: json,
  flags: jsonObject,
  useMpi: flag,
  preProcessScript: nullable(text),
  preProcessScriptCommand: text,
  postProcessScript: nullable(text),
  postProcessScriptCommand: text,
  templateTasks: listOf(fields({ templateFileId: id, processedFilename: text })),
})

const variable = fields({
  name: text,
  variableType: text,
  displayOrder: whole,
  valueGeneratorType: text,
  valueGeneratorSettings: jsonObject,
})

const definition = fields({
  jobanalyses: listOf(analysis),
  description: text,
  projectId: nullable(text),
  folderId: nullable(text),
  isLowPriority: flag,
  billingPriorityValue: oneOf(['INSTANT', 'ON_DEMAND', 'RESERVED']),
  cidrRule: text,
  publicKey: nullable(text),
  sshPort: whole,
  archiveFilters: listOf(json),
  resourceFilters: listOf(json),
  jobvariables: listOf(variable),
  paramFile: nullable(text),
  caseFile: nullable(text),
  optimizer: json,
  monteCarloIterations: nullable(number),
  expectedRuns: nullable(number),
  includeNominalRun: flag,
  isTemplateDryRun: flag,
  inputFileParseTask: json,
  isTemplate: flag,
  clonedFrom: nullable(text),
  templatedFrom: nullable(text),
  jobAutomations: listOf(json),
  clusterId: nullable(text),
})
