import type { PlannedFault } from '../faults/fault.ts'
import { FaultPlanError } from '../faults/fault-plans.ts'
import type { PlanReport } from '../faults/plan-report.ts'
import { type ControlOperation, wrong } from './control-operation.ts'

/** What is to go wrong with a tenant's requests. */
export const listFaultPlans: ControlOperation<'listFaultPlans'> = ({ tenant }) => ({
  status: 200,
  body: tenant.faults.plans().map(presentPlan),
})

export const planFaults: ControlOperation<'planFaults'> = ({ tenant, body }) => {
  const { faults, name, onlyByHeader } = body
  try {
    const plan = tenant.faults.plan(faults as readonly PlannedFault[], { name, onlyByHeader })
    return { status: 201, body: presentPlan(plan) }
  } catch (error) {
    if (!(error instanceof FaultPlanError)) throw error
    return error.faults.length > 0
      ? { status: 400, body: { faults: [...error.faults] } }
      : wrong(error.field, error.message)
  }
}

export const clearFaults: ControlOperation<'clearFaults'> = ({ tenant }) => {
  tenant.faults.clear()
  return { status: 204 }
}

const NOT_FOUND = { status: 404, body: { detail: 'Not found.' } } as const

export const readFaultPlan: ControlOperation<'readFaultPlan'> = ({ tenant, path }) => {
  const plan = tenant.faults.report(path.planName)
  return plan ? { status: 200, body: presentPlan(plan) } : NOT_FOUND
}

export const removeFaultPlan: ControlOperation<'removeFaultPlan'> = ({ tenant, path }) =>
  tenant.faults.remove(path.planName) ? { status: 204 } : NOT_FOUND

const presentPlan = ({ name, onlyByHeader, faults }: PlanReport) => ({
  name,
  onlyByHeader,
  faults: faults.map(({ fault, consumed, left }) => ({ fault: presentFault(fault), consumed, left })),
})

const presentFault = (fault: PlannedFault) =>
  fault.kind === 'together' ? { ...fault, faults: [...fault.faults] } : { ...fault }
