import { posix } from 'node:path'
import { isGlob, matchesGlob } from './globs.ts'
import type { Word, WordPart } from './shell-words.ts'
import type { SimulatedShell } from './simulated-shell.ts'

/** What a word may grow to by its variables: commands come from outside. Characters. */
const maxWordLength = 64 * 1024

/** The same for the arguments of one command. */
const maxArguments = 10_000

export function expandWords(shell: SimulatedShell, words: readonly Word[]): string[] {
  const found: string[] = []
  for (const word of words) {
    if (found.length >= maxArguments) break
    for (const argument of expandWord(shell, word)) found.push(argument)
  }
  return found
}

/** The arguments that a word stands for: one, none if it was only an empty variable, several for a glob. */
export function expandWord(shell: SimulatedShell, word: Word): string[] {
  let text = ''
  for (const part of word) text = (text + textOfPart(shell, part)).slice(0, maxWordLength)
  const isQuoted = word.some((part) => part.kind === 'text' && part.isQuoted)
  if (text === '' && !isQuoted) return []
  const names = !isQuoted && isGlob(text) && shell.maySearch() ? globbed(shell, text) : []
  return names.length > 0 ? names : [text]
}

function textOfPart(shell: SimulatedShell, part: WordPart): string {
  if (part.kind === 'text') return part.isQuoted ? part.text : withHome(shell, part.text)
  if (part.kind === 'substitution')
    return shell.outputOf(part.script).replace(/\n+$/, '').replaceAll('\n', ' ')
  if (part.name === '?') return String(shell.lastExitCode)
  if (part.name === 'PWD') return shell.workingFolder
  return shell.variables.get(part.name) ?? ''
}

const withHome = (shell: SimulatedShell, text: string): string =>
  text === '~' || text.startsWith('~/') ? (shell.variables.get('HOME') ?? '') + text.slice(1) : text

/** Names of one folder; a pattern in the folder's own name stays as it is. */
function globbed(shell: SimulatedShell, pattern: string): string[] {
  const folder = posix.dirname(pattern)
  const wanted = posix.basename(pattern)
  const names = shell.folder
    .names(shell.resolve(folder))
    .filter((name) => (wanted.startsWith('.') || !name.startsWith('.')) && matchesGlob(wanted, name))
  return names.map((name) => (pattern.includes('/') ? posix.join(folder, name) : name))
}

/** `NAME=value` as its parts, or null. */
export function splitAssignment([first, ...rest]: Word): {
  readonly name: string
  readonly value: Word
} | null {
  if (first?.kind !== 'text' || first.isQuoted) return null
  const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(first.text) ?? []
  if (name === undefined) return null
  return { name, value: [{ kind: 'text', text: value, isQuoted: true }, ...rest] }
}
