import { parse } from 'yaml'

/** A step of a GitHub workflow: a command for bash, or an action of somebody else with what it is given. */
export interface Step {
  readonly run?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

/** The steps of all jobs of a workflow file, in their order. */
export function workflowSteps(text: string): Step[] {
  const { jobs } = parse(text) as { jobs: Record<string, { steps: Step[] }> }
  return Object.values(jobs).flatMap(({ steps }) => steps)
}
