import { Command, InvalidArgumentError } from 'commander'
import { allow, CI_VARIABLE, DEFAULT_DAY_LIMIT, forbid } from '../harness/live/allowance.ts'
import { stateFolder } from '../harness/live/state-folder.ts'
import type { Io } from './io.ts'
import { profileOf } from './open-account.ts'

interface AllowFlags {
  readonly configFile?: string
  readonly dayLimit: number
  readonly revoke?: boolean
}

export const allowCommand = (io: Io): Command =>
  new Command('allow')
    .description('Allows live runs with a profile, once and for all; nothing is sent.')
    .argument('<profile>', 'name of the profile in the apiconfig file')
    .option('--config-file <file>', 'apiconfig file of the profile (default: where the client looks for it)')
    .option(
      '--day-limit <amount>',
      'what all runs of a day may cost together at worst, in the platform’s currency',
      amount,
      DEFAULT_DAY_LIMIT,
    )
    .option('--revoke', 'take it back')
    .action(async (name: string, flags: AllowFlags) => {
      const folder = stateFolder(io.env)
      if (flags.revoke) {
        const was = await forbid(folder, name)
        return io.out(
          was ? `Profile ${name} is not allowed any more.\n` : `Profile ${name} was not allowed.\n`,
        )
      }
      const { host, dayLimit } = await allow(folder, profileOf(name, flags, io), {
        now: new Date(),
        dayLimit: flags.dayLimit,
      })
      io.out(
        `Live runs may use profile ${name} at ${host}, for at worst ${dayLimit.toFixed(2)} a day.\n` +
          `Reading is allowed; making things needs --allow-create, submitting jobs --max-cost AMOUNT. In CI, set ${CI_VARIABLE}=${name} too.\n` +
          `Begin with: localscale contract run --target live --profile ${name} --only cost:free\n`,
      )
    })

function amount(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('A number such as 5 or 2.50.')
  return Number(text)
}
