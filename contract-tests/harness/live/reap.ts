import type { DescribedBodies } from '../naming/described-bodies.ts'
import type { Transport } from '../transport.ts'
import { guardedAccount, ledgerPath, lockPath } from './account.ts'
import { cleanUp, type LeftOver } from './clean-up.ts'
import { Ledger } from './ledger.ts'
import type { LiveProfile } from './profile.ts'
import { lockRun } from './run-lock.ts'

export interface ReapOptions {
  readonly profile: LiveProfile
  readonly folder: string
  readonly bodies: DescribedBodies
  readonly transport: Transport
  readonly now: () => Date
  readonly pause: () => Promise<void>
}

export interface Reaped {
  /** Runs that were found unfinished. */
  readonly runs: readonly string[]
  readonly removed: number
  readonly left: readonly LeftOver[]
}

/**
 * Takes away what crashed runs have left on an account: only what is in the ledger, and only while it still bears the
 * mark of its run. A run that still lives is left alone.
 */
export async function reap(options: ReapOptions): Promise<Reaped> {
  const { profile, folder, now } = options
  const unlock = lockRun(lockPath(folder, profile))
  const ledger = new Ledger({ path: ledgerPath(folder, profile), run: `reap-${process.pid}`, now })
  try {
    // Whoever holds the lock is the only run on this account: all others are dead.
    const runs = ledger.unfinishedRuns()
    const before = goneIn(ledger)
    const left: LeftOver[] = []
    for (const { run, marker } of runs.toReversed())
      left.push(...(await reapRun(run, marker, ledger, options)))
    return { runs: runs.map(({ run }) => run), removed: goneIn(ledger) - before, left }
  } finally {
    ledger.close()
    unlock()
  }
}

const goneIn = (ledger: Ledger): number => ledger.owned().filter(({ gone }) => gone).length

async function reapRun(
  run: string,
  marker: string,
  ledger: Ledger,
  options: ReapOptions,
): Promise<LeftOver[]> {
  const { calls: platform } = guardedAccount({
    ...options,
    ledger,
    marker,
    allowCreate: true,
    budget: undefined,
  })
  const left = await cleanUp(run, {
    ledger,
    platform,
    pause: options.pause,
    by: 'reap',
    requireMarker: marker,
  })
  ledger.write({ type: 'run-over', left: left.length }, run)
  return left
}
