import { ending } from './ending.ts'
import type { Io } from './io.ts'
import { parse } from './parse.ts'
import { Session } from './session.ts'

/** Whether the words ask for the help of `rescale` itself, which needs none of its commands. */
export function asksForHelp(args: readonly string[]): boolean {
  return args.length === 0 || (args.length === 1 && ['--help', '-h', 'help'].includes(args[0] ?? ''))
}

/** Shows it, as `run` would. */
export function showHelp(args: readonly string[], io: Io): Promise<number> {
  const session = new Session(io)
  return ending(session, () => parse(args, session))
}
