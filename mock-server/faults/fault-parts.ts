import type { Fault, PlannedFault, SingleFault } from './fault.ts'

/** The faults that one request meets together; of a single one, itself. */
export const partsOf = (fault: Fault): readonly SingleFault[] =>
  fault.kind === 'together' ? fault.faults : [fault]

/** For people: `ignore-range + cut` where several act together. */
export const kindsOf = (fault: PlannedFault): string =>
  partsOf(fault)
    .map(({ kind }) => kind)
    .join(' + ')
