import { contract } from '../contract.ts'

/** What a command came to. */
export interface CommandResult {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs `localscale contract …` in this process, with an environment that holds nothing. */
export async function contractCommand(...args: string[]): Promise<CommandResult> {
  const said = { out: '', err: '' }
  let code = 0
  await contract(args, {
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
  })
  return { code, ...said }
}
