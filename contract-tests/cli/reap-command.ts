import { Command } from 'commander'
import { reap } from '../harness/live/reap.ts'
import type { Io } from './io.ts'
import { type AccountFlags, withAccountFlags } from './live-flags.ts'
import { openAccount, pause } from './open-account.ts'

export const reapCommand = (io: Io): Command =>
  withAccountFlags(
    new Command('reap')
      .description(
        'Takes away what crashed runs have left on an account: only what their ledger names, while it bears their mark.',
      )
      .requiredOption('--profile <name>', 'profile of the apiconfig file')
      .option('--json', 'as JSON'),
  ).action(async (flags: AccountFlags & { json?: boolean }) => {
    const account = await openAccount(flags.profile, flags, io)
    try {
      const { runs, removed, left } = await reap({ ...account, now: () => new Date(), pause: () => pause() })
      if (flags.json) io.out(`${JSON.stringify({ runs, removed, left })}\n`)
      else io.out(`${runs.length} unfinished runs; ${removed} things taken away, ${left.length} left.\n`)
      for (const { kind, id, name, why } of flags.json ? [] : left)
        io.out(`  ${kind} ${id} "${name}": ${why}\n`)
      io.setExitCode(left.length > 0 ? 1 : 0)
    } finally {
      await account.close()
    }
  })
