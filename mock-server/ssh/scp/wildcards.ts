import { byteStringOf } from '../home/home-path.ts'
import type { ShellWord, WordCharacter } from './shell-words.ts'
import { textOfWord } from './shell-words.ts'

/** The names in a folder (byte strings); empty when it is none. */
export type NamesIn = (folder: string) => readonly string[]

/** More matches than this are not looked for: a pattern is one line of a client's, its matches are our memory. */
export const MAX_MATCHES = 10_000

/** What bash makes of a word with wildcards: the sorted matches, or the word itself where nothing matches. */
export const expandWildcards = (word: ShellWord, namesIn: NamesIn): string[] => {
  const literal = byteStringOf(textOfWord(word))
  if (!word.some(isWildcard)) return [literal]
  const absolute = literal.startsWith('/')
  let found: string[] = [absolute ? '/' : '']
  for (const part of partsOf(word)) {
    found = found.flatMap((folder) => matches(folder, part, namesIn)).slice(0, MAX_MATCHES)
  }
  return found.length > 0 ? found.sort() : [literal]
}

const isWildcard = ({ character, literal }: WordCharacter): boolean => !literal && '*?['.includes(character)

const partsOf = (word: ShellWord): ShellWord[] => {
  const parts: WordCharacter[][] = [[]]
  for (const character of word) {
    if (character.character === '/') parts.push([])
    else parts.at(-1)?.push(character)
  }
  return parts.filter((part) => part.length > 0)
}

const matches = (folder: string, part: ShellWord, namesIn: NamesIn): string[] => {
  const base = folder === '' || folder.endsWith('/') ? folder : `${folder}/`
  if (!part.some(isWildcard)) return [base + byteStringOf(textOfWord(part))]
  const pattern = patternOf(part)
  const dotted = part[0]?.character === '.'
  return namesIn(folder)
    .filter((name) => (dotted || !name.startsWith('.')) && pattern.test(name))
    .map((name) => base + name)
}

const patternOf = (part: ShellWord): RegExp => {
  let source = ''
  for (let index = 0; index < part.length; ) {
    const [piece, length] = pieceAt(part, index)
    source += piece
    index += length
  }
  return new RegExp(`^${source}$`, 's')
}

/** The regular expression for what stands at `index`, and how many characters of the word it covers. */
const pieceAt = (part: ShellWord, index: number): [string, number] => {
  const current = part[index]
  if (current === undefined) return ['', 1]
  if (current.literal || !'*?['.includes(current.character)) return [escaped(current.character), 1]
  // Repeated stars are one: more of them would only make the expression slow.
  if (current.character === '*') return [part[index - 1]?.character === '*' ? '' : '[^]*', 1]
  return current.character === '?' ? ['[^]', 1] : classAt(part, index)
}

/** `[a-z]`, `[!a]`, `[^a]`; a bracket that is never closed stands for itself. */
const classAt = (part: ShellWord, index: number): [string, number] => {
  const close = part.findIndex(({ character }, at) => at > index + 1 && character === ']')
  if (close === -1) return ['\\[', 1]
  const inside = textOfWord(part.slice(index + 1, close))
  const negated = /^[!^]/.test(inside)
  const members = byteStringOf(negated ? inside.slice(1) : inside)
  if (members === '' || !isSane(members)) return ['\\[', 1]
  const list = members.replace(/[\\\]^[]/g, '\\$&')
  return [`[${negated ? '^' : ''}${list}]`, close - index + 1]
}

/** A range that runs backwards is a syntax error in a regular expression. */
const isSane = (members: string): boolean =>
  [...members.matchAll(/(.)-(.)/gs)].every(([, from = '', to = '']) => from <= to)

const escaped = (character: string): string =>
  byteStringOf(character).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
