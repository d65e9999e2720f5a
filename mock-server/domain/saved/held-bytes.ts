import type { RunPlan } from '../executor.ts'
import type { StoredBytes } from '../file-store.ts'
import { isStored } from '../planned-growth.ts'
import type { SavedPlatform } from './saved-platform.ts'

/** Bytes that a saved world needs, as often as it needs them. */
export function heldBytes({ shelf, jobs }: SavedPlatform): StoredBytes[] {
  const held = bytesOfFiles(shelf.files.values())
  for (const { runs } of jobs)
    for (const { active } of runs) if (active?.kind === 'planned') held.push(...bytesOfRun(active))
  return held
}

export function bytesOfFiles(
  files: Iterable<{ readonly isDeleted: boolean; readonly bytes: StoredBytes }>,
): StoredBytes[] {
  const held: StoredBytes[] = []
  for (const { isDeleted, bytes } of files) if (!isDeleted) held.push(bytes)
  return held
}

/** Of its inputs, and of what its plan has stored besides; a live run has no plan. */
export function bytesOfRun({
  inputs,
  plan,
}: {
  readonly inputs: readonly StoredBytes[]
  readonly plan: RunPlan | null
}): StoredBytes[] {
  return plan === null ? [...inputs] : [...inputs, ...ownBytes(plan, new Set(inputs.map(({ id }) => id)))]
}

const ownBytes = ({ files }: RunPlan, inputs: ReadonlySet<string>): StoredBytes[] =>
  files.flatMap(({ content }) => (isStored(content) && !inputs.has(content.id) ? [content] : []))
