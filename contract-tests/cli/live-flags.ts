import { type Command, InvalidArgumentError } from 'commander'

/** How a real account is reached, and what may be done to it. */
export interface AccountFlags {
  readonly profile?: string
  readonly otherProfile?: string
  readonly configFile?: string
  /** Host names to addresses. */
  readonly resolve: Readonly<Record<string, string>>
}

export interface LiveFlags extends AccountFlags {
  readonly allowCreate?: boolean
  readonly maxCost?: number
  readonly maxMinutes: number
  readonly project: readonly string[]
  readonly poll: number
  readonly record?: boolean
  readonly recordings: string
}

/** Where recordings are read and written when nobody says otherwise. */
export const DEFAULT_RECORDINGS = 'contract-tests/recordings'

export function withAccountFlags(command: Command): Command {
  return command
    .option('--config-file <file>', 'apiconfig file of the profile (default: where the client looks for it)')
    .option('--resolve <host=address>', 'live: reach this host at that address (repeatable)', resolve, {})
}

export function withLiveFlags(command: Command): Command {
  return withAccountFlags(command)
    .option('--other-profile <name>', 'live: profile of somebody else, to see what they must not see')
    .option('--allow-create', 'live: make jobs and files, and delete them again (default: only read)')
    .option(
      '--max-cost <amount>',
      'live: submit jobs, for at worst so much together, in the platform’s currency',
      amount,
    )
    .option('--max-minutes <n>', 'live: stop what still runs after so long', amount, 60)
    .option('--project <id>', 'live: jobs may be booked on this project (repeatable)', collect, [])
    .option('--poll <seconds>', 'live: between two polls', amount, 10)
    .option('--recordings <folder>', 'where recordings are', DEFAULT_RECORDINGS)
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value]

function amount(text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('A number such as 5 or 2.50.')
  return Number(text)
}

function resolve(text: string, all: Readonly<Record<string, string>>): Record<string, string> {
  const [, host, address] = /^([^=]+)=([\da-f.:]+)$/i.exec(text) ?? []
  if (host === undefined || address === undefined)
    throw new InvalidArgumentError('Such as platform.test=127.0.0.1.')
  return { ...all, [host]: address }
}
