import type { PlannedFile, RunFate, RunPlan } from '../executor.ts'
import type { Duration } from '../instant.ts'
import { cutAt, isStored } from '../planned-growth.ts'
import { exitedWith } from '../process-output.ts'

/** The plan up to then, and the end that is decided for it in place of its own. */
export function fatedPlan(plan: RunPlan, fate: RunFate, at: Duration): RunPlan {
  const lines = fate.startsNothing
    ? plan.log.slice(0, 1)
    : beforeTheEnd(plan).filter(({ after }) => after <= at)
  const ending = [...fate.log, exitedWith(fate.exitCode), ''].map((text) => ({ after: at, text }))
  return {
    duration: at,
    exitCode: fate.exitCode,
    // A plan without a line stays so: it is for worlds of very many jobs.
    log: plan.log.length === 0 ? [] : [...lines, ...ending],
    files: plan.files.flatMap((file) => left(file, fate, at) ?? []),
    ...(plan.results && fate.exitCode === 0 && { results: plan.results }),
  }
}

/** A plan that goes on until somebody ends it. */
export const endlessPlan = (plan: RunPlan): RunPlan => ({ ...plan, duration: null, log: beforeTheEnd(plan) })

/** Without the two lines that close the last command, if it ends by itself. */
const beforeTheEnd = ({ duration, log }: RunPlan): RunPlan['log'] =>
  duration === null ? log : log.slice(0, -2)

function left(file: PlannedFile, { startsNothing, cutsOutputs }: RunFate, at: Duration): PlannedFile | null {
  if (startsNothing) return file.after === 0 ? file : null
  // What would appear whole was being written all along.
  const isWritten = cutsOutputs && file.from === undefined && file.after > 0 && !isStored(file.content)
  return cutAt(isWritten ? { ...file, from: 0 } : file, at)
}
