import type { Argument, Command, Option } from 'commander'
import { programFor } from '../program.ts'
import type { GlobalOptions, Session } from '../session.ts'
import { type Candidate, liveValues, type ValuePlace } from './live-values.ts'

/**
 * What may stand for the last of `words` (the words after `rescale`, the last one as far as it is typed). Empty where
 * the shell's own file names are the best guess.
 */
export async function candidatesFor(words: readonly string[], session: Session): Promise<Candidate[]> {
  const typed = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const program = await programFor(before, session)
  session.configure(globalsIn(program, before))
  const { command, args, pending } = walk(program, before)
  const all = await possible(session, program, command, args, pending, typed)
  return all.filter(({ value }) => value.startsWith(typed))
}

interface Place {
  readonly command: Command
  /** Arguments of it so far. */
  readonly args: readonly string[]
  /** An option that waits for its value. */
  readonly pending: Option | undefined
}

function walk(program: Command, words: readonly string[]): Place {
  let command = program
  let args: string[] = []
  let pending: Option | undefined
  for (const word of words) {
    if (pending) {
      pending = undefined
      continue
    }
    if (word.startsWith('-')) {
      pending = word.includes('=') ? undefined : valued(optionOf(program, command, word))
      continue
    }
    const next = command.commands.find((one) => one.name() === word)
    if (next && args.length === 0) command = next
    else args = [...args, word]
  }
  return { command, args, pending }
}

function optionOf(program: Command, command: Command, word: string): Option | undefined {
  return [...command.options, ...program.options].find(({ long, short }) => long === word || short === word)
}

const valued = (option: Option | undefined): Option | undefined =>
  option && (option.required || option.optional) ? option : undefined

async function possible(
  session: Session,
  program: Command,
  command: Command,
  args: readonly string[],
  pending: Option | undefined,
  typed: string,
): Promise<Candidate[]> {
  if (pending) return valuesOf(session, pending, optionPlace(pending, args))
  const assigned = /^(--[\w-]+)=/.exec(typed)?.[1]
  if (assigned !== undefined) {
    const option = optionOf(program, command, assigned)
    const values = option ? await valuesOf(session, option, optionPlace(option, args)) : []
    return values.map(({ value, ...rest }) => ({ value: `${assigned}=${value}`, ...rest }))
  }
  if (typed.startsWith('-')) return optionsOf(program, command)
  if (command.commands.length > 0 && args.length === 0) return verbsOf(command)
  const argument = argumentAt(command, args.length)
  return argument
    ? valuesOf(session, argument, { kind: 'argument', verb: command.name(), name: argument.name(), args })
    : []
}

const optionPlace = (option: Option, args: readonly string[]): ValuePlace => ({
  kind: 'option',
  name: option.attributeName(),
  args,
})

function verbsOf(command: Command): Candidate[] {
  return command.commands.map((one) => ({ value: one.name(), description: one.description() }))
}

function optionsOf(program: Command, command: Command): Candidate[] {
  const all = command === program ? program.options : [...command.options, ...program.options]
  return all
    .filter(({ hidden }) => !hidden)
    .map(({ long, short, description }) => ({ value: long ?? short ?? '', description }))
}

function argumentAt(command: Command, index: number): Argument | undefined {
  const last = command.registeredArguments.at(-1)
  return command.registeredArguments[index] ?? (last?.variadic ? last : undefined)
}

async function valuesOf(
  session: Session,
  { argChoices }: Argument | Option,
  place: ValuePlace,
): Promise<Candidate[]> {
  if (!argChoices) return liveValues(session, place)
  return argChoices.map((value) => ({ value, description: '' }))
}

/** Which platform to ask for live values, as far as it is typed. */
function globalsIn(program: Command, words: readonly string[]): GlobalOptions {
  const found: Record<string, string> = {}
  words.forEach((word, index) => {
    const [name = '', value = words[index + 1]] = word.split('=', 2)
    const option = program.options.find(({ long }) => long === name)
    if (option?.required && value !== undefined) found[option.attributeName()] = value
  })
  return found as GlobalOptions
}
