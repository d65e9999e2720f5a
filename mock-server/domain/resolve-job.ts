import { ErrorCollector, messages } from './field-errors.ts'
import type { JobAnalysis, JobChanges, JobDefinition } from './job.ts'
import { jobVariableFrom } from './job-variable.ts'
import { checkFile, none, resolveAnalysis, type Surroundings } from './resolve-analysis.ts'
import { checkCases, withCases } from './resolve-cases.ts'
import type { User } from './user.ts'

/** What a job has that says nothing else. */
export const blankDefinition = ({ sshSettings }: User): JobDefinition => ({
  jobanalyses: none,
  description: '',
  projectId: null,
  folderId: null,
  isLowPriority: false,
  billingPriorityValue: 'INSTANT',
  ...sshSettings,
  archiveFilters: none,
  resourceFilters: none,
  jobvariables: none,
  paramFile: null,
  caseFile: null,
  optimizer: null,
  monteCarloIterations: null,
  expectedRuns: null,
  includeNominalRun: false,
  isTemplateDryRun: false,
  inputFileParseTask: null,
  isTemplate: false,
  clonedFrom: null,
  templatedFrom: null,
  jobAutomations: none,
  clusterId: null,
})

/** The definition that `base` becomes by the changes. Refuses with all that is wrong, at its positions. */
export function resolveDefinition(
  base: JobDefinition,
  changes: JobChanges,
  around: Surroundings,
): JobDefinition {
  const errors = new ErrorCollector()
  if (changes.name !== undefined && changes.name.trim() === '') errors.add(['name'], messages.blank)
  checkProject(changes.projectId, around, errors)
  for (const field of ['paramFile', 'caseFile'] as const) checkFile(changes[field], [field], around, errors)
  checkCases(base, changes, around, errors)
  const jobanalyses = changes.jobanalyses
    ? changes.jobanalyses.map((draft, index) => resolveAnalysis(draft, index, around, errors))
    : base.jobanalyses
  if (jobanalyses.length === 0) errors.add(['jobanalyses', 'non_field_errors'], messages.emptyList)
  errors.refuseIfAny()
  const resolved = jobanalyses.filter((analysis) => analysis !== null)
  return withCases(definitionFrom(base, changes, resolved), base, around)
}

/**
 * One literal, so that jobs take as little memory as they can. Fields that the platform does not know are left out,
 * and null where a field cannot be null changes nothing: clients send back whole jobs that they were given.
 */
export function definitionFrom(
  base: JobDefinition,
  changes: JobChanges,
  jobanalyses: readonly JobAnalysis[],
): JobDefinition {
  const { isLowPriority, billingPriorityValue } = priorityOf(base, changes)
  return {
    jobanalyses,
    description: changes.description ?? base.description,
    projectId: given(changes.projectId, base.projectId) || null,
    folderId: given(changes.folderId, base.folderId),
    isLowPriority,
    billingPriorityValue,
    cidrRule: changes.cidrRule ?? base.cidrRule,
    publicKey: given(changes.publicKey, base.publicKey),
    sshPort: changes.sshPort ?? base.sshPort,
    archiveFilters: changes.archiveFilters ?? base.archiveFilters,
    resourceFilters: changes.resourceFilters ?? base.resourceFilters,
    jobvariables: changes.jobvariables?.map(jobVariableFrom) ?? base.jobvariables,
    paramFile: given(idOf(changes.paramFile), base.paramFile),
    caseFile: given(idOf(changes.caseFile), base.caseFile),
    optimizer: given(changes.optimizer, base.optimizer),
    monteCarloIterations: given(changes.monteCarloIterations, base.monteCarloIterations),
    expectedRuns: given(changes.expectedRuns, base.expectedRuns),
    includeNominalRun: changes.includeNominalRun ?? base.includeNominalRun,
    isTemplateDryRun: changes.isTemplateDryRun ?? base.isTemplateDryRun,
    inputFileParseTask: given(changes.inputFileParseTask, base.inputFileParseTask),
    isTemplate: changes.isTemplate ?? base.isTemplate,
    clonedFrom: given(changes.clonedFrom, base.clonedFrom),
    templatedFrom: given(changes.templatedFrom, base.templatedFrom),
    jobAutomations: changes.jobAutomations ?? base.jobAutomations,
    clusterId: given(changes.clusterId, base.clusterId),
  }
}

const given = <Value>(value: Value | undefined, otherwise: Value): Value =>
  value === undefined ? otherwise : value

const idOf = (file: { readonly id: string } | null | undefined): string | null | undefined =>
  file === null ? null : file?.id

/** An empty project is none: the portal and older clients send `""`. */
export function checkProject(
  projectId: string | null | undefined,
  { projects }: Pick<Surroundings, 'projects'>,
  errors: ErrorCollector,
): void {
  if (projectId && !projects.some(({ id }) => id === projectId))
    errors.add(['projectId'], messages.noSuchPk(projectId))
}

/** `isLowPriority` and ON_DEMAND say the same, the one as it was before 2023. Either makes the job an economy job. */
function priorityOf(
  base: JobDefinition,
  { isLowPriority, billingPriorityValue }: JobChanges,
): Pick<JobDefinition, 'isLowPriority' | 'billingPriorityValue'> {
  if (isLowPriority === undefined && billingPriorityValue === undefined) return base
  const value = isLowPriority ? 'ON_DEMAND' : (billingPriorityValue ?? 'INSTANT')
  return { isLowPriority: value === 'ON_DEMAND', billingPriorityValue: value }
}
