import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where live runs keep what must outlive them: which profiles are allowed, and the ledgers. One place for all working
 * folders, so that a reaper finds what a crashed run made, wherever that was started.
 */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.LOCALSCALE_STATE) return join(env.LOCALSCALE_STATE, 'contract')
  const state = env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state')
  return join(state, 'localscale', 'contract')
}
