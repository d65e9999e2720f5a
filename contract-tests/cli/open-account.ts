import { setTimeout as sleep } from 'node:timers/promises'
import { type LiveProfile, loadProfile } from '../harness/live/profile.ts'
import { stateFolder } from '../harness/live/state-folder.ts'
import { type DescribedBodies, loadDescribedBodies } from '../harness/naming/described-bodies.ts'
import type { Transport } from '../harness/transport.ts'
import { undiciTransport } from '../harness/undici-transport.ts'
import { CommandError, type Io } from './io.ts'
import type { AccountFlags } from './live-flags.ts'

/** A profile, the way to its platform, and where its ledger is. */
export interface OpenAccount {
  readonly profile: LiveProfile
  readonly folder: string
  readonly bodies: DescribedBodies
  readonly transport: Transport
  close(): Promise<void>
}

/** Between two looks at something that ends, when the harness cleans up. Milliseconds. */
const PAUSE_MS = 5_000

export const pause = async (ms = PAUSE_MS): Promise<void> => void (await sleep(ms))

export function profileOf(
  name: string | undefined,
  { configFile }: Pick<AccountFlags, 'configFile'>,
  io: Io,
): LiveProfile {
  if (name === undefined) throw new CommandError('name the profile of the apiconfig file: --profile NAME.')
  return loadProfile({ name, configFile, env: io.env })
}

export async function openAccount(
  name: string | undefined,
  flags: AccountFlags,
  io: Io,
): Promise<OpenAccount> {
  const profile = profileOf(name, flags, io)
  const [bodies, wire] = await Promise.all([
    loadDescribedBodies(),
    undiciTransport({ addresses: flags.resolve }),
  ])
  return { profile, folder: stateFolder(io.env), bodies, transport: wire.transport, close: wire.close }
}
