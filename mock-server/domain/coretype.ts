/** A kind of hardware, as the catalogue offers it. */
export interface CoreType {
  readonly code: string
  readonly name: string
  readonly description: string
  /** Node sizes, ascending; `coresPerSlot` is one of them or a multiple of the largest. */
  readonly cores: readonly number[]
  /** Parallel to `cores`. */
  readonly gpuCounts: readonly number[]
  /** On-demand priority, per core and hour. A JSON number on the wire (js947/rs decodes it as float). */
  readonly price: number
  /** Economy, per core and hour. A decimal string on the wire. */
  readonly lowPriorityPrice: string
  readonly compute: string | null
  readonly io: string
  readonly storageIo: string
  /** MB per core. */
  readonly memory: number
  /** GB per core. */
  readonly storage: number
  readonly processorInfo: string
  readonly baseClockSpeed: string
  readonly hasSsd: boolean
  readonly isActive: boolean
  readonly isDefault: boolean
  /** Cannot be submitted any more. */
  readonly isDeprecated: boolean
  readonly isPrimary: boolean
  readonly mustBeRequested: boolean
  readonly remoteVizAllowed: boolean
  readonly walltimeRequired: boolean
  /** Hours; null is unlimited. Not on the wire: no source shows a limit per core type. */
  readonly maxWalltime: number | null
  readonly displayOrder: number | null
  readonly categoryCodes: readonly string[]
  readonly color: string
  /** Not on the wire: for `RESCALE_PROVIDER` and `RESCALE_INTERCONNECT` on the cluster. */
  readonly provider: string
  readonly interconnect: string
}
