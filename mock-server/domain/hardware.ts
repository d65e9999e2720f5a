import type { CoreType } from './coretype.ts'
import type { Hardware } from './job.ts'

/** How what a job asks for is laid out on nodes. */
export interface HardwareLayout {
  readonly nodes: number
  readonly nodesPerSlot: number
  readonly slotsPerNode: number
  readonly coresPerNode: number
  readonly gpusPerNode: number
  /** MB. */
  readonly memoryPerNode: number
  /** GB. */
  readonly storagePerNode: number
}

/** Each slot has nodes of its own: as large as asked for, or several of the largest (`coreSummary` of 2014-16, SI21). */
export function layoutOf({ coreType, coresPerSlot, slots }: Hardware): HardwareLayout {
  const largest = largestNode(coreType)
  const nodesPerSlot = Math.max(1, Math.ceil(coresPerSlot / largest))
  const coresPerNode = Math.min(coresPerSlot, largest)
  return {
    nodes: nodesPerSlot * slots,
    nodesPerSlot,
    slotsPerNode: 1,
    coresPerNode,
    gpusPerNode: coreType.gpuCounts[coreType.cores.indexOf(coresPerNode)] ?? 0,
    memoryPerNode: coreType.memory * coresPerNode,
    storagePerNode: coreType.storage * coresPerNode,
  }
}

export const largestNode = ({ cores }: CoreType): number => cores.at(-1) ?? 1

/** One of the sizes offered, or a multiple of the largest (SI21 rounds up so, Tanatloc offers so). */
export function offersCores(coreType: CoreType, coresPerSlot: number): boolean {
  return (
    coreType.cores.includes(coresPerSlot) || (coresPerSlot > 0 && coresPerSlot % largestNode(coreType) === 0)
  )
}

/** Economy, also "low priority" and "on-demand": may have to wait for a queue, and may be reclaimed. */
export const isEconomy = (definition: {
  readonly isLowPriority: boolean
  readonly billingPriorityValue: string
}): boolean => definition.isLowPriority || definition.billingPriorityValue === 'ON_DEMAND'
