import { Command, CommanderError } from 'commander'
import { LeftOnAccountError } from '../harness/live/left-on-account.ts'
import { CannotRunError } from '../harness/not-run.ts'
import { CommandError, type Io } from './io.ts'
import { verbs as allVerbs } from './verbs.ts'

/** `localscale contract …`. Exit codes: 0 clean, 1 findings, 2 could not run. */
export async function contract(args: readonly string[], io: Io, verbs = allVerbs): Promise<void> {
  const program = new Command('localscale contract')
    .description(
      'Tells the contract suite to a platform, and what the platform does differently from its description.',
    )
    .showHelpAfterError('Add --help to see what there is.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
  for (const verb of verbs)
    program.addCommand(inheriting(verb(io), program), verb === verbs[0] ? { isDefault: true } : {})
  const callOff = io.onStall?.(() => {
    io.err('localscale contract: it waits for what never comes: a promise that nothing is left to keep.\n')
    io.setExitCode(2)
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (error) {
    io.setExitCode(exitCodeFor(error, io))
  } finally {
    callOff?.()
  }
}

const inheriting = (command: Command, parent: Command): Command => command.copyInheritedSettings(parent)

function exitCodeFor(error: unknown, io: Io): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  // RangeError: what was asked for does not exist, as `selectScenarios` says it.
  if ([CommandError, CannotRunError, LeftOnAccountError, RangeError].some((kind) => error instanceof kind)) {
    io.err(`localscale contract: ${error instanceof Error ? error.message : error}\n`)
    return 2
  }
  io.err(`localscale contract: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 2
}
