import type { RunOrder } from '../../domain/executor.ts'
import type { PlanAmendment, SavedActiveRun, SavedOrder, SavedRun } from '../../domain/saved/saved-run.ts'
import type { StoredFile } from '../../domain/stored-file.ts'
import {
  fields,
  flag,
  id,
  listOf,
  nullable,
  number,
  object,
  oneOf,
  type Reader,
  text,
  texts,
  whole,
} from './fields.ts'
import { bytes, listOfBytes } from './file-record.ts'

/** Plans are not told: they may be large, and the executor makes them again. */
export function tellRun({ outputFiles, active, ...run }: SavedRun) {
  return { ...run, outputFiles: outputFiles.map(({ id }) => id), active: active && tellActive(active) }
}

function tellActive(active: SavedActiveRun) {
  if (active.kind === 'live') return active
  const { plan: _, ...told } = active
  return told
}

/** `outputOf` finds the files that the run left; those that are lost are left out. */
export function readRun(value: unknown, outputOf: (fileId: string) => StoredFile | undefined): SavedRun {
  const read = run(value, 'run')
  const active = read.active === null ? null : readActive(read.active)
  return { ...read, active, outputFiles: read.outputFiles.flatMap((fileId) => outputOf(fileId) ?? []) }
}

const variables = listOf(fields({ name: text, value: textOrNumber, displayValue: text, isRelative: flag }))

const run = fields({
  displayOrder: whole,
  dateStarted: nullable(whole),
  dateCompleted: nullable(whole),
  exitCode: nullable(whole),
  outputFiles: listOf(text),
  results: variables,
  active: nullable(object),
})

function readActive(value: Readonly<Record<string, unknown>>): SavedActiveRun {
  if (value.kind === 'live') return { kind: 'live', isStopping: flag(value.isStopping, 'active.isStopping') }
  const { amendment, order, ...read } = planned(value, 'active')
  return { ...read, plan: null, order: readOrder(order), amendment: amendment && readAmendment(amendment) }
}

const planned = fields({
  kind: oneOf(['planned']),
  slot: whole,
  startedAt: whole,
  isStopping: flag,
  order: object,
  inputs: listOfBytes,
  amendment: nullable(object),
})

const fate = fields({ exitCode: whole, log: listOf(text) })

/** With what may be left out. */
const readFate: Reader<NonNullable<RunOrder['fate']>> = (value, where) => {
  const { startsNothing, cutsOutputs } = object(value, where)
  return {
    ...fate(value, where),
    ...(startsNothing === true && { startsNothing }),
    ...(cutsOutputs === true && { cutsOutputs }),
  }
}

function readAmendment(value: Readonly<Record<string, unknown>>): PlanAmendment {
  if (value.kind === 'endless') return { kind: 'endless' }
  return {
    kind: oneOf(['fated'])(value.kind, 'amendment.kind'),
    fate: readFate(value.fate, 'amendment.fate'),
    at: whole(value.at, 'amendment.at'),
  }
}

const input = fields({ name: text, bytes, decompress: flag })

const analysis = fields({
  analysisCode: text,
  versionCode: text,
  command: text,
  envVars: texts,
  inputs: listOf(input),
  preProcessScript: nullable(input),
  preProcessScriptCommand: text,
  postProcessScript: nullable(input),
  postProcessScriptCommand: text,
  templates: listOf(fields({ bytes, processedFilename: text })),
  isShared: flag,
})

const order = fields({
  tenantId: id,
  jobId: id,
  runId: id,
  clusterId: text,
  username: text,
  jobName: text,
  analyses: listOf(analysis),
  coreType: text,
  coresPerSlot: whole,
  slots: whole,
  walltime: nullable(number),
  variables,
  hosts: listOf(fields({ name: text, cores: whole, gpus: whole })),
  sharedFolder: nullable(oneOf(['own', 'same'])),
  volumes: listOf(fields({ tenantId: id, deviceId: id })),
  environment: texts,
})

function readOrder(value: Readonly<Record<string, unknown>>): SavedOrder {
  const { fate: wish, notices } = value
  return {
    ...order(value, 'order'),
    ...(wish !== undefined && { fate: readFate(wish, 'order.fate') }),
    ...(notices !== undefined && { notices: listOf(text)(notices, 'order.notices') }),
  }
}

function textOrNumber(value: unknown, where: string): string | number {
  return typeof value === 'number' ? number(value, where) : text(value, where)
}
