import { type GlobalOption, globalOptions, VERSION_OPTION } from './global-options.ts'
import type { Terminal } from './io.ts'
import { nouns } from './nouns.ts'

export const DESCRIPTION = 'Rescale on the command line: jobs, files and clusters, here or on a local mock.'

export const EPILOGUE = `
Exit codes: 0 ok, 1 error, 2 usage, 3 not found, 4 key refused, 5 rate limited, 6 network, 7 wrong bytes,
8 still pending, 9 done in part, 10 the job failed, 11 unknown, 12 refused, 13 platform failed, 130 Ctrl+C,
141 nobody reads on.`

/** Columns of whatever is no terminal. */
const USUAL_WIDTH = 100
/** In fewer columns commander does not wrap a text. */
const LEAST_WRAPPED = 40
const INDENT = '  '
const GAP = '  '

interface Entry {
  readonly term: string
  readonly description: string
}

export const helpWidth = ({ columns }: Pick<Terminal, 'columns'>): number => columns || USUAL_WIDTH

/** The help of `rescale` itself, to the byte as commander writes it, which takes longer to load than to ask. */
export function topHelp(width: number): string {
  const options = [VERSION_OPTION, ...globalOptions].map(optionEntry)
  options.push({ term: '-h, --help', description: 'display help for command' })
  const commands = nouns.map(({ name, summary }): Entry => ({ term: name, description: summary }))
  commands.push({ term: 'help [command]', description: 'display help for command' })
  const termWidth = Math.max(...[...options, ...commands].map(({ term }) => term.length))
  const laidOut = (entries: readonly Entry[]) => entries.map((entry) => entryLines(entry, termWidth, width))
  return [
    ...['Usage: rescale [options] [command]', '', ...wrapped(DESCRIPTION, width), ''],
    ...['Options:', ...laidOut(options), ''],
    ...['Commands:', ...laidOut(commands), EPILOGUE, ''],
  ].join('\n')
}

function optionEntry(option: GlobalOption): Entry {
  const { flags, description, choices } = option
  if (!choices) return { term: flags, description }
  const [first, ...others] = choices.map((choice) => JSON.stringify(choice))
  const all = [first, ...others].join(', ')
  return { term: flags, description: `${description} (choices: ${all}, default: ${first})` }
}

function entryLines({ term, description }: Entry, termWidth: number, width: number): string {
  const margin = INDENT.length + termWidth + GAP.length
  const lines = wrapped(description, width - margin)
  return INDENT + term.padEnd(termWidth) + GAP + lines.join(`\n${' '.repeat(margin)}`)
}

/** Lines of at most `width` columns, each of at least one word. */
function wrapped(text: string, width: number): string[] {
  if (width < LEAST_WRAPPED) return [text]
  const [first = '', ...words] = text.split(' ')
  const lines = [first]
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`
    if (longer.length > width) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines
}
