import type { RunHost } from './executor.ts'
import { layoutOf } from './hardware.ts'
import type { Hardware } from './job.ts'
import type { StoredJob } from './stored-job.ts'
import type { World } from './world.ts'

/** The unix user of a job on its cluster (US form, api-facts §1.8). */
export const usernameOf = ({ id }: { readonly id: string }): string => `uprod_${id}`

/** What a node is made of: its id, the number in its names, and chances for the rest. */
export function nodeOf(world: World, job: StoredJob, node: number) {
  const id = world.ids.at('instance', job.firstInstance + node)
  const chance = world.random.stream('instance', id)
  return { id, number: chance.integer(10 ** 8), chance }
}

export const hostnameOf = (number: number): string => `p${number}`

/** Each slot has nodes of its own, by which its runs know themselves. */
export function hostsOfSlot(world: World, job: StoredJob, hardware: Hardware, slot: number): RunHost[] {
  const { nodesPerSlot, coresPerNode, gpusPerNode } = layoutOf(hardware)
  return Array.from({ length: nodesPerSlot }, (_, index) => ({
    name: hostnameOf(nodeOf(world, job, slot * nodesPerSlot + index).number),
    cores: coresPerNode,
    gpus: gpusPerNode,
  }))
}
