import { join } from 'node:path'
import type { DescribedBodies } from '../naming/described-bodies.ts'
import { KnownSecrets } from '../redaction/known-secrets.ts'
import { type Layer, layered, type Transport } from '../transport.ts'
import type { Budget } from './budget.ts'
import { guarding } from './guard.ts'
import type { Ledger } from './ledger.ts'
import { PlatformCalls } from './platform-calls.ts'
import type { LiveProfile } from './profile.ts'

/** Of all runs on an account. */
export const ledgerPath = (folder: string, { tenant }: Pick<LiveProfile, 'tenant'>): string =>
  join(folder, tenant, 'ledger.jsonl')

export const lockPath = (folder: string, { tenant }: Pick<LiveProfile, 'tenant'>): string =>
  join(folder, tenant, 'run.lock')

export interface AccountOptions {
  readonly profile: LiveProfile
  readonly bodies: DescribedBodies
  readonly ledger: Ledger
  readonly marker: string
  /** To the platform, below its rate limits. */
  readonly transport: Transport
  readonly allowCreate: boolean
  readonly budget: Budget | undefined
  readonly projects?: readonly string[]
  /** Of others whose profiles are named too: no name may hold them either. */
  readonly otherKeys?: readonly string[]
}

/** The guard before an account, and the harness's own calls through it. */
export function guardedAccount(options: AccountOptions): { guard: Layer; calls: PlatformCalls } {
  const { profile, transport, otherKeys = [] } = options
  const below = new PlatformCalls(transport, profile.origin, profile.authorization)
  const secrets = new KnownSecrets([profile.apiKey, ...otherKeys])
  const guard = guarding({
    ...options,
    origin: profile.origin,
    platform: below,
    holdsSecret: (text) => secrets.isIn(text),
  })
  return {
    guard,
    calls: new PlatformCalls(layered(transport, [guard]), profile.origin, profile.authorization),
  }
}
