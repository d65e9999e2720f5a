import { ownFolder } from './own-folder.ts'
import { leaveRoot, newMarker, recordRun, recoverRuns } from './run-ledger.ts'

/** Ends and removes what killed servers left in a root that nobody here runs anything in. */
export async function clearAbandonedRuns(path: string): Promise<void> {
  const root = ownFolder(path)
  // As somebody who is in it for as long as that takes.
  const tenancy = newMarker()
  recordRun(root, tenancy, null)
  await recoverRuns(root)
  await leaveRoot(root, tenancy)
}
