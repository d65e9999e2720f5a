import type { CaseFiles } from './case-files.ts'
import { CaseTable } from './case-table.ts'
import { ErrorCollector } from './field-errors.ts'
import { GeneratorError, generateCases } from './generate-cases.ts'
import type { JobChanges, JobDefinition } from './job.ts'
import { type JobVariable, jobVariableFrom, variableOfFile } from './job-variable.ts'
import type { Surroundings } from './resolve-analysis.ts'

/** A broken CSV file or generator is refused when the job is saved, with the field's name (inferred, as DRF would). */
export function checkCases(
  base: JobDefinition,
  changes: JobChanges,
  { casesIn }: Pick<Surroundings, 'casesIn'>,
  errors: ErrorCollector,
): void {
  const paramFile = changes.paramFile === undefined ? base.paramFile : (changes.paramFile?.id ?? null)
  const cases = paramFile === null ? undefined : casesIn(paramFile)
  if (typeof cases === 'string') errors.add(['paramFile'], cases)
  if (paramFile !== null) return
  const problem = generatorProblem(changes.jobvariables?.map(jobVariableFrom) ?? base.jobvariables)
  if (problem) errors.add(['jobvariables', problem.variable, 'valueGeneratorSettings'], problem.message)
}

function generatorProblem(variables: readonly JobVariable[]): GeneratorError | null {
  try {
    generateCases(variables)
    return null
  } catch (error) {
    if (error instanceof GeneratorError) return error
    throw error
  }
}

/**
 * A job with cases says how many runs it expects, and names a file's variables (api-docs of 2016: both in the answer for
 * a saved job with a `paramFile`; that the platform fills them in is inferred).
 */
export function withCases(
  definition: JobDefinition,
  base: JobDefinition,
  { casesIn }: Pick<Surroundings, 'casesIn'>,
): JobDefinition {
  const { paramFile, jobvariables } = definition
  const cases = paramFile === null ? generateCases(jobvariables) : casesIn(paramFile)
  if (cases instanceof CaseTable) {
    const variables =
      jobvariables.length > 0 || paramFile === null ? jobvariables : cases.names.map(variableOfFile)
    return { ...definition, expectedRuns: cases.rows.length, jobvariables: variables }
  }
  const wasCounted =
    paramFile === null && base.paramFile !== null && definition.expectedRuns === base.expectedRuns
  return wasCounted ? { ...definition, expectedRuns: null } : definition
}

/** The cases of a job that is submitted; null for a basic job. Its file has to be read before. */
export function casesOf({ paramFile, jobvariables }: JobDefinition, files: CaseFiles): CaseTable | null {
  if (paramFile === null) return generateCases(jobvariables)
  const cases = files.get(paramFile)
  if (cases === undefined) throw new Error('A job with a paramFile has to be prepared before it is submitted')
  if (cases instanceof CaseTable) return cases
  const errors = new ErrorCollector()
  errors.add(['paramFile'], cases)
  errors.refuseIfAny()
  return null
}
