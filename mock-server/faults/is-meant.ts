import type { FaultedCall } from '../exchange/faults.ts'
import type { Fault, PlannedFault } from './fault.ts'
import { partsOf } from './fault-parts.ts'

/** Rows of a list are chosen by the fault itself. */
const choosesRows: ReadonlySet<Fault['kind']> = new Set(['wrong-checksum', 'late-completed'])

/** Whether a call is one of those that a fault waits for. */
export function isMeant(fault: PlannedFault, { operationId, path }: FaultedCall): boolean {
  const { operation, job, file } = fault
  if (operation !== '*' && operation !== operationId) return false
  const rows = partsOf(fault).some(({ kind }) => choosesRows.has(kind))
  const names = (wanted: string | undefined, given: unknown) =>
    wanted === undefined || wanted === given || (rows && given === undefined)
  return names(job, path.jobId) && names(file, path.fileId)
}
