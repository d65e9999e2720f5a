import type { JsonObject } from './json.ts'

/** A variable of a design of experiments, as the job's definition names it. */
export interface JobVariable {
  readonly name: string
  /** Param, Design, Output, Case, Constraint or Objective. */
  readonly variableType: string
  readonly displayOrder: number
  /** Empty where the values come from a file. */
  readonly valueGeneratorType: string
  readonly valueGeneratorSettings: JsonObject
}

/** What a CSV file's variables are in the definition (api-docs of 2016: the saved job with a `paramFile`). */
export const variableOfFile = (name: string, displayOrder: number): JobVariable => ({
  name,
  variableType: 'Param',
  displayOrder,
  valueGeneratorType: '',
  valueGeneratorSettings: {},
})

export interface JobVariableDraft {
  readonly name: string
  readonly variableType: string
  readonly displayOrder?: number | undefined
  readonly valueGeneratorType?: string | undefined
  readonly valueGeneratorSettings?: JsonObject | undefined
}

export const jobVariableFrom = (draft: JobVariableDraft): JobVariable => ({
  name: draft.name,
  variableType: draft.variableType,
  displayOrder: draft.displayOrder ?? 0,
  valueGeneratorType: draft.valueGeneratorType ?? '',
  valueGeneratorSettings: draft.valueGeneratorSettings ?? {},
})
