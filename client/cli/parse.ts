import { type Command, CommanderError } from 'commander'
import { UsageError } from './exit-codes.ts'
import { OUTPUT_FORMS, type OutputForm } from './output.ts'
import { programFor } from './program.ts'
import type { Session } from './session.ts'

/** Does what the words say, or shows the help that they ask for. */
export async function parse(args: readonly string[], session: Session): Promise<void> {
  const said = { out: '', err: '' }
  // Words that are wrong are complained about in the form they ask for.
  session.configure({ output: formIn(args) })
  const program = await programFor(args, session, said)
  try {
    await program.parseAsync(wordsFor(program, args), { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0) throw complaint(error, said.err)
    await session.out.painted(said.out)
  }
}

/** Of `help jobs list` commander would show the help of `jobs`; of `jobs help list` it does not. */
function wordsFor(program: Command, args: readonly string[]): readonly string[] {
  const [word, noun = '', ...verb] = args
  const hasVerbs = program.commands.some((command) => command.name() === noun && command.commands.length > 0)
  return word === 'help' && hasVerbs ? [noun, word, ...verb] : args
}

/** What commander suggests for a command that looks like an option: the name of another without its first letters. */
const NONSENSE = /\n\(Did you mean (?:one of )?--.*\)$/

function complaint({ code, message }: CommanderError, said: string): UsageError {
  if (code === 'commander.help') return new UsageError('A command is needed', '--help lists them.', said)
  if (code === 'commander.unknownCommand' && NONSENSE.test(message))
    return new UsageError(message.replace(/^error: /, '').replace(NONSENSE, ''))
  return new UsageError(message.replace(/^error: /, ''), undefined, said)
}

/** The last form that is named, as with every option. */
function formIn(args: readonly string[]): OutputForm {
  const end = args.indexOf('--')
  const words = end < 0 ? args : args.slice(0, end)
  const named = words.map((word, at) => {
    if (word === '-o' || word === '--output') return words[at + 1]
    return /^(?:--output=|-o)(.+)$/.exec(word)?.[1]
  })
  return OUTPUT_FORMS.findLast((form) => form === named.findLast(Boolean)) ?? 'human'
}
