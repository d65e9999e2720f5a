import { contract } from '../contract.ts'
import type { Io } from '../io.ts'

/** What a command came to. */
export interface CommandResult {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `localscale contract …` in this process, with an environment that holds nothing. */
export const contractCommand = (...args: string[]): Promise<CommandResult> => commandOf(args)

/** The same with verbs of the test's own. */
export async function commandOf(
  args: readonly string[],
  verbs?: Parameters<typeof contract>[2],
): Promise<CommandResult> {
  const said = { out: '', err: '' }
  let code = 0
  const io: Io = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    colour: false,
    env: {},
    setExitCode: (given) => {
      code = given
    },
  }
  await contract(args, io, verbs)
  return { code, ...said }
}
