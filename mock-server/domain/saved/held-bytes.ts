import type { RunPlan } from '../executor.ts'
import type { SavedShelf } from '../file-shelf.ts'
import type { StoredBytes } from '../file-store.ts'
import { isStored } from '../planned-growth.ts'
import type { SharedBytes } from '../shared-bytes.ts'
import type { SavedPlatform } from './saved-platform.ts'

/** Bytes that a saved world needs, as often as it needs them. */
export const heldBytes = (saved: SavedPlatform): StoredBytes[] => [
  ...bytesOfShelf(saved.shelf),
  ...bytesOfRuns(saved),
]

/** Holds what a saved world needs, until it is let go of. */
export function holdWorld(saved: SavedPlatform, shared: SharedBytes): void {
  shared.retainGroup(saved.shelf, () => bytesOfShelf(saved.shelf))
  for (const bytes of bytesOfRuns(saved)) shared.retain(bytes)
}

/** The promise is about bytes that nobody else needs. */
export async function letGoOfWorld(saved: SavedPlatform, shared: SharedBytes): Promise<void> {
  await Promise.all([
    shared.releaseGroup(saved.shelf, () => bytesOfShelf(saved.shelf)),
    shared.releaseAll(bytesOfRuns(saved)),
  ])
}

export const bytesOfShelf = ({ files }: SavedShelf): StoredBytes[] => bytesOfFiles(files.values())

const bytesOfRuns = ({ jobs }: SavedPlatform): StoredBytes[] =>
  jobs.flatMap(({ runs }) =>
    runs.flatMap(({ active }) => (active?.kind === 'planned' ? bytesOfRun(active) : [])),
  )

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
