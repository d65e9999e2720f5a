import { Argument, type Command } from 'commander'
import { INSTALL, SCRIPTS, SHELLS, type Shell } from '../completion/shells.ts'
import type { Session } from '../session.ts'

export function defineCompletion(command: Command, session: Session): void {
  command
    .addArgument(new Argument('<shell>', 'which').choices(SHELLS))
    .description('a script that completes commands, options, and live values such as ids of jobs')
    .addHelpText('after', `\n${Object.values(INSTALL).join('\n')}`)
    .action((shell: Shell) => session.out.painted(SCRIPTS[shell]))
}
