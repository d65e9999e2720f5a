import { Command, InvalidArgumentError, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { UsageError } from './exit-codes.ts'
import { type GlobalOption, globalOptions, takesValue, VERSION_OPTION, wordsOf } from './global-options.ts'
import { type Noun, nouns } from './nouns.ts'
import type { GlobalOptions, Session } from './session.ts'
import { DESCRIPTION, EPILOGUE, helpWidth } from './top-help.ts'

const TAKES_VALUE = new Set(globalOptions.filter(takesValue).flatMap(wordsOf))

/** What the program itself has to say to a person, to be written by whoever made it. */
interface Said {
  /** Help. */
  out: string
  /** Complaints about the words. */
  err: string
}

/** The command line, with the one noun loaded that `args` are about. */
export async function programFor(
  args: readonly string[],
  session: Session,
  said: Said = { out: '', err: '' },
): Promise<Command> {
  const program = withGlobalOptions(new Command('rescale'), session, said)
    .description(DESCRIPTION)
    .addHelpText('after', EPILOGUE)
    .hook('preAction', (_, command) => {
      session.configure(command.optsWithGlobals() as GlobalOptions)
      checkWords(command)
    })
  const wanted = nounOf(args)
  for (const noun of nouns) await addNoun(program, noun, wanted, session)
  return program
}

/** An empty word, as of a shell's variable that is not set, names nothing; only in a command of a cluster it is one. */
function checkWords({ registeredArguments, processedArgs }: Command): void {
  for (const [index, argument] of registeredArguments.entries())
    if (argument.name() !== 'command' && [processedArgs[index]].flat().includes(''))
      throw new UsageError(`<${argument.name()}> is empty`)
}

async function addNoun(program: Command, noun: Noun, wanted: string | undefined, session: Session) {
  const command = program.command(noun.name).description(noun.summary)
  if (noun.name === wanted) (await noun.load())(command, session)
}

/** The first word that is neither an option of every command nor its value. */
export function nounOf(args: readonly string[]): string | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (word === 'help') continue
    if (!word.startsWith('-')) return word
    if (TAKES_VALUE.has(word)) at++
  }
  return undefined
}

function withGlobalOptions(program: Command, { io }: Session, said: Said): Command {
  program.version(packageJson.version, VERSION_OPTION.flags, VERSION_OPTION.description)
  for (const option of globalOptions) program.addOption(optionOf(option))
  return program
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => {
        said.out += text
      },
      writeErr: (text) => {
        said.err += text
      },
      getOutHelpWidth: () => helpWidth(io.stdout),
      getErrHelpWidth: () => helpWidth(io.stderr),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
}

function optionOf({ flags, description, choices, isUrl }: GlobalOption): Option {
  const option = new Option(flags, description)
  if (choices) option.choices(choices).default(choices[0])
  return isUrl ? option.argParser(platformUrl) : option
}

function platformUrl(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError('Such as https://platform.rescale.com.')
  return text
}
