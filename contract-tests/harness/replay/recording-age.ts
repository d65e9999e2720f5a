/** How old the recording of a scenario is. */
export interface RecordingAge {
  readonly scenario: string
  /** The day, e.g. `2026-11-28`. */
  readonly recordedAt: string
  readonly days: number
  readonly age: 'fresh' | 'stale' | 'expired'
}
