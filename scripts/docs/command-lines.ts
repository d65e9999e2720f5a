import type { Command, Option } from 'commander'

/** A command as a document shows it: what is called, and the words after it. */
export interface ShownLine {
  readonly program: string
  readonly words: readonly string[]
}

/** How programs are called in documents, the longest first. */
const CALLED: readonly (readonly [called: string, program: string, ...words: string[]])[] = [
  ['npm run contract:selfcheck --', 'localscale contract', 'selfcheck'],
  ['npm run contract --', 'localscale contract'],
  ['localscale contract', 'localscale contract'],
  ['rescale', 'rescale'],
]

const FENCED = /^ *```.*\n([\s\S]*?)^ *```/gm

/** All lines of the programs that code of a document shows, in blocks and within sentences. */
export function shownLines(text: string): ShownLine[] {
  const blocks = [...text.matchAll(FENCED)]
  const lines = blocks.flatMap(([, block = '']) => block.replaceAll('\\\n', ' ').split('\n'))
  const within = text.replaceAll(FENCED, '')
  const spans = [...within.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)
  return [...lines, ...spans].flatMap(linesIn)
}

function linesIn(code: string): ShownLine[] {
  const commands = withoutComment(code).split(/\$\(|&&|\|\||\\?\||;| & /)
  return commands.flatMap((command) => {
    const shown = command.trim().replace(/^(?:(?:\w+=\S*|\$|-|run:|npx|time|!|(?:"?\$\w+"? )?if) )+/, '')
    const found = CALLED.find(([called]) => shown === called || shown.startsWith(`${called} `))
    if (!found) return []
    const [called, program, ...words] = found
    return [{ program, words: [...words, ...wordsIn(shown.slice(called.length))] }]
  })
}

/** Nor what is quoted: it names no option. A command in double quotes stays. */
const withoutComment = (code: string): string =>
  code.replaceAll(/'[^']*'|"(?![^"]*\$\()[^"]*"/g, "''").replace(/(^|\s)#.*$/, '')

const wordsIn = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

/** What the words name that the program does not have. */
export function unknownWords(words: readonly string[], program: Command): string[] {
  let command = program
  const problems: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    // Behind it stands a command of somebody else.
    if (word === '--' || word === '>' || word === '<') break
    if (!/^--?[A-Za-z]/.test(word)) {
      const next = subcommandOf(command, word)
      if (next === undefined && isVerbNeeded(command))
        return /^[a-z]/.test(word) ? [...problems, `${nameOf(command)} has no ${word}`] : problems
      command = next ?? command
      continue
    }
    const [flag = ''] = word.split('=')
    const option = optionOf(command, flag)
    if (option === undefined) problems.push(`${nameOf(command)} has no option ${flag}`)
    else if (option !== 'help' && option.required && !word.includes('=')) at++
  }
  return problems
}

function optionOf(command: Command, flag: string): Option | 'help' | undefined {
  if (flag === '--help' || flag === '-h') return 'help'
  for (let one: Command | null = withDefault(command); one; one = one.parent) {
    const found = one.options.find(({ short, long }) => flag === short || flag === long)
    if (found) return found
  }
  return undefined
}

/** The command that is meant when no verb is named. */
const withDefault = (command: Command): Command => subcommandOf(command, defaultOf(command) ?? '') ?? command

/** Commander keeps it to itself. */
const defaultOf = (command: Command): string | null =>
  (command as unknown as { readonly _defaultCommandName?: string | null })._defaultCommandName ?? null

const subcommandOf = (command: Command, name: string): Command | undefined =>
  command.commands.find((one) => one.name() === name || one.aliases().includes(name))

const isVerbNeeded = (command: Command): boolean =>
  command.commands.length > 0 && command.registeredArguments.length === 0 && defaultOf(command) === null

const nameOf = (command: Command): string => pathOf(withDefault(command))

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()

/** Every option of a program, of whatever verb. */
export const allOptions = (program: Command): string[] => [
  ...program.options.flatMap(({ long }) => long ?? []),
  ...program.commands.flatMap(allOptions),
]
