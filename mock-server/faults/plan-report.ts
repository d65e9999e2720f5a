import type { PlannedFault } from './fault.ts'
import { kindsOf } from './fault-parts.ts'

/** A fault of a plan, and how often it was met. */
export interface Planned {
  readonly fault: PlannedFault
  readonly plan: string
  /** Stable, for draws. */
  readonly label: string
  consumed: number
  draws: number
}

export interface Plan {
  readonly name: string
  readonly onlyByHeader: boolean
  readonly faults: readonly Planned[]
}

export interface FaultReport {
  readonly fault: PlannedFault
  /** How many requests have met it. */
  readonly consumed: number
  /** How many still will; null where only chance decides. */
  readonly left: number | null
}

export interface PlanReport {
  readonly name: string
  readonly onlyByHeader: boolean
  readonly faults: readonly FaultReport[]
}

export const reportOf = ({ name, onlyByHeader, faults }: Plan): PlanReport => ({
  name,
  onlyByHeader,
  faults: faults.map(({ fault, consumed }) => {
    const times = fault.times ?? (fault.chance === undefined ? 1 : null)
    const left = times === null || fault.chance !== undefined ? null : times - consumed
    return { fault, consumed, left }
  }),
})

/** Faults that no chance decides about and that are left, in words. */
export const leftoversOf = (plans: readonly PlanReport[]): readonly string[] =>
  plans.flatMap(({ name, faults }) =>
    faults
      .filter(({ left }) => left !== null && left > 0)
      .map(({ fault, left }) => `${kindsOf(fault)} for ${fault.operation} (${name}, ${left} left)`),
  )
