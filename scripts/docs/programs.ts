import { Command, Option } from 'commander'
import { globalOptions } from '../../client/cli/global-options.ts'
import type { Io as ClientIo } from '../../client/cli/io.ts'
import { nouns } from '../../client/cli/nouns.ts'
import { Session } from '../../client/cli/session.ts'
import { processIo } from '../../contract-tests/cli/io.ts'
import { verbs } from '../../contract-tests/cli/verbs.ts'

/** `localscale contract` as it is defined; without a verb, the options of its first are meant. */
export function contractProgram(): Command {
  const [first, ...others] = verbs.map((verb) => verb(processIo()))
  const program = new Command('localscale contract')
  if (first) program.addCommand(first, { isDefault: true })
  for (const one of others) program.addCommand(one)
  return program
}

/** `rescale` as it is defined, with all that its nouns can do. */
export async function rescaleProgram(): Promise<Command> {
  const program = new Command('rescale')
  for (const { flags } of globalOptions) program.addOption(new Option(flags))
  program.version('')
  const session = new Session({ signal: new AbortController().signal } as ClientIo)
  for (const { name, load } of nouns) (await load())(program.command(name), session)
  return program
}
