import type { Command } from 'commander'
import { KnownSecrets } from '../harness/redaction/known-secrets.ts'
import type { Io } from './io.ts'
import type { AccountFlags } from './live-flags.ts'

/** Profiles whose keys no recording may hold, wherever it is read. */
export type SecretFlags = Pick<AccountFlags, 'profile' | 'otherProfile' | 'configFile'>

export const withSecretFlags = (command: Command): Command =>
  command
    .option('--profile <name>', 'refuse what holds the key of this profile of the apiconfig file')
    .option('--other-profile <name>', 'and of this one')
    .option('--config-file <file>', 'apiconfig file of the profiles (default: where the client looks for it)')

/** The keys of the profiles that are named. */
export async function keysOf(flags: SecretFlags, io: Io): Promise<string[]> {
  const names = [flags.profile, flags.otherProfile].filter((name) => name !== undefined)
  if (names.length === 0) return []
  const { profileOf } = await import('./open-account.ts')
  return names.map((name) => profileOf(name, flags, io).apiKey)
}

export const secretsOf = async (flags: SecretFlags, io: Io): Promise<KnownSecrets> =>
  new KnownSecrets(await keysOf(flags, io))
