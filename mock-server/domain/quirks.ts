import type { SharedFolder } from './executor.ts'

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
  /** Jobs may ask for an ending by `[mock:NAME]` in their name. The mock's own, of course. */
  readonly endingsInNames: boolean
  /**
   * `work/shared` of jobs with several nodes or MPI: a folder of its own, whose files come back as `shared/…` (live files
   * of 2021, SI21), or `work` by another name, so that they come back without it (saved files of 2020, RS20).
   */
  readonly sharedFolder: SharedFolder
}

export const observedQuirks: Quirks = {
  resubmit: 'ignored',
  patchCompleted: 'ignored',
  failedCommand: 'completed',
  stopBeforeValidation: 'silent',
  endingsInNames: true,
  sharedFolder: 'own',
}

export const announcedQuirks: Quirks = { ...observedQuirks, resubmit: 'refused', patchCompleted: 'refused' }
