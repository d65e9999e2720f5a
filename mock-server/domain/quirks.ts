/** Where the real platform was seen, or is said, to behave in more than one way. */
export interface Quirks {
  /** Submitting a job a second time: no effect (tutorial, 2023), or 400 (announced there; seen on eu.rescale.com in 2026). */
  readonly resubmit: 'ignored' | 'refused'
  /** Changing the definition of a submitted job: no effect (tutorial, 2023), or 400 (announced there). */
  readonly patchCompleted: 'ignored' | 'refused'
  /** A command that exits non-zero: straight to Completed (tutorial), or first Stopping "A run failed" (nf-rescale-hpc, 2025). */
  readonly failedCommand: 'completed' | 'stopping'
  /** A stop before validation: no further row (nf-rescale-hpc, 2025), or Stopping and Completed (inferred from the status filter). */
  readonly stopBeforeValidation: 'silent' | 'stopping'
}

export const observedQuirks: Quirks = {
  resubmit: 'ignored',
  patchCompleted: 'ignored',
  failedCommand: 'completed',
  stopBeforeValidation: 'silent',
}

export const announcedQuirks: Quirks = { ...observedQuirks, resubmit: 'refused', patchCompleted: 'refused' }
