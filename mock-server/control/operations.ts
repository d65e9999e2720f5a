import type { ControlOperations } from './control-operation.ts'
import { listEndings, setJobOutcome } from './endings.ts'
import { clearFaults, listFaultPlans, planFaults, readFaultPlan, removeFaultPlan } from './faults.ts'
import { readFidelity } from './fidelity.ts'
import {
  clearJournal,
  exportCurl,
  exportHar,
  lintClient,
  listJournal,
  listUnclaimedRequests,
  readJournalEntry,
  streamJournal,
  switchJournal,
  verifyJournal,
} from './journal.ts'
import { changeSettings, createTenant, deleteTenant, listTenants, readSettings, shutDown } from './server.ts'
import { addSshKey, listSshKeys, removeSshKey } from './ssh-keys.ts'
import { readThrottling, setThrottling } from './throttling.ts'
import { advanceTime, readTime, setPace } from './time.ts'
import { waitFor } from './wait.ts'
import {
  dropSnapshot,
  exportWorld,
  forkWorld,
  importWorld,
  listSnapshots,
  readWorld,
  resetWorld,
  restoreSnapshot,
  seedWorld,
  takeSnapshot,
} from './worlds.ts'

/** From operationId to function, as openapi/mock-control.yaml describes them. */
export const controlOperations: ControlOperations = {
  addSshKey,
  advanceTime,
  changeSettings,
  clearFaults,
  clearJournal,
  createTenant,
  deleteTenant,
  dropSnapshot,
  exportWorld,
  importWorld,
  exportCurl,
  exportHar,
  forkWorld,
  lintClient,
  listEndings,
  listFaultPlans,
  listJournal,
  listSnapshots,
  listSshKeys,
  listTenants,
  listUnclaimedRequests,
  planFaults,
  readFaultPlan,
  readFidelity,
  readJournalEntry,
  readSettings,
  readThrottling,
  readTime,
  readWorld,
  removeFaultPlan,
  removeSshKey,
  resetWorld,
  restoreSnapshot,
  setJobOutcome,
  setPace,
  setThrottling,
  shutDown,
  streamJournal,
  switchJournal,
  seedWorld,
  takeSnapshot,
  waitFor,
  verifyJournal,
}
