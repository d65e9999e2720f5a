import { Command, InvalidArgumentError, Option } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { UsageError } from './exit-codes.ts'
import { type Noun, nouns } from './nouns.ts'
import { OUTPUT_FORMS } from './output.ts'
import type { GlobalOptions, Session } from './session.ts'

const TAKES_VALUE = new Set(['--profile', '--url', '--api-key', '--config', '-o', '--output', '--field'])

const EPILOGUE = `
Exit codes: 0 ok, 1 error, 2 usage, 3 not found, 4 key refused, 5 rate limited, 6 network, 7 wrong bytes,
8 still pending, 9 done in part, 10 the job failed, 11 unknown, 12 refused, 13 platform failed, 130 Ctrl+C,
141 nobody reads on.`

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
    .description('Rescale on the command line: jobs, files and clusters, here or on a local mock.')
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
  return program
    .version(packageJson.version, '--version', 'which version this is')
    .addOption(
      new Option('-o, --output <form>', 'human, json or ndjson').choices(OUTPUT_FORMS).default('human'),
    )
    .option('--field <path>', 'only this field of the result, such as id or jobanalyses.0.command')
    .option('--profile <name>', 'profile of the apiconfig (else RESCALE_PROFILE, else default)')
    .option('--url <url>', 'platform (else RESCALE_API_URL, else the profile)', platformUrl)
    .option('--api-key <key>', 'key; better in RESCALE_API_KEY or a profile, where others do not see it')
    .option('--config <file>', 'an apiconfig other than the usual one')
    .option('-q, --quiet', 'no progress and no notes')
    .option('--no-color', 'no colours (nor with NO_COLOR, nor when not on a terminal)')
    .option('--patient', 'keep however long a pause the platform asks for')
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => {
        said.out += text
      },
      writeErr: (text) => {
        said.err += text
      },
      getOutHelpWidth: () => io.stdout.columns || 100,
      getErrHelpWidth: () => io.stderr.columns || 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .exitOverride()
}

function platformUrl(text: string): string {
  if (!URL.canParse(text)) throw new InvalidArgumentError('Such as https://platform.rescale.com.')
  return text
}
