import { CommanderError } from 'commander'
import { EXIT } from './exit-codes.ts'
import type { Io } from './io.ts'
import { programFor } from './program.ts'
import { Session } from './session.ts'

/** Whether the words ask for the help of `rescale` itself, which needs none of its commands. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))
}

/** Shows it, as `run` would. */
export async function showHelp(args: readonly string[], io: Io): Promise<number> {
  const program = await programFor([], new Session(io))
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
  return EXIT.ok
}
