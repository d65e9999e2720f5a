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
  let matched = false
  for (const part of partsOf(word)) {
    matched ||= part.some(isWildcard)
    const looked = matched
    found = found.flatMap((folder) => matches(folder, part, looked ? namesIn : null)).slice(0, MAX_MATCHES)
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

/** Before the first wildcard nothing is looked up. */
const matches = (folder: string, part: ShellWord, namesIn: NamesIn | null): string[] => {
  const base = folder === '' || folder.endsWith('/') ? folder : `${folder}/`
  if (namesIn === null) return [base + byteStringOf(textOfWord(part))]
  const pattern = patternOf(part)
  const dotted = part[0]?.character === '.'
  return namesIn(folder)
    .filter((name) => (dotted || !name.startsWith('.')) && fits(pattern, name))
    .map((name) => base + name)
}

/** One byte of a name that fits, or null for a star. */
type Token = ((byte: string) => boolean) | null

const patternOf = (part: ShellWord): Token[] => {
  const tokens: Token[] = []
  for (let index = 0; index < part.length; ) {
    const [found, length] = tokensAt(part, index)
    tokens.push(...found)
    index += length
  }
  return tokens
}

/** The tokens for what stands at `index`, and how many characters of the word they cover. */
const tokensAt = (part: ShellWord, index: number): [Token[], number] => {
  const { character = '', literal = true } = part[index] ?? {}
  if (literal || !'*?['.includes(character)) return [exactly(character), 1]
  if (character === '*') return [[null], 1]
  return character === '?' ? [[() => true], 1] : classAt(part, index)
}

const exactly = (character: string): Token[] =>
  [...byteStringOf(character)].map((wanted) => (byte: string) => byte === wanted)

/** `[a-z]`, `[!a]`, `[^a]`; a bracket that is never closed stands for itself. */
const classAt = (part: ShellWord, index: number): [Token[], number] => {
  const negated = ['!', '^'].includes(part[index + 1]?.character ?? '')
  const first = index + (negated ? 2 : 1)
  const close = part.findIndex(({ character }, at) => at > first && character === ']')
  if (close === -1) return [exactly('['), 1]
  const members = byteStringOf(textOfWord(part.slice(first, close)))
  return [[(byte) => isMember(byte, members) !== negated], close - index + 1]
}

const isMember = (byte: string, members: string): boolean => {
  for (let index = 0; index < members.length; index++) {
    const from = members.charAt(index)
    const isRange = members.charAt(index + 1) === '-' && index + 2 < members.length
    if (isRange && byte >= from && byte <= members.charAt(index + 2)) return true
    if (!isRange && byte === from) return true
    if (isRange) index += 2
  }
  return false
}

/**
 * Goes back to the last star only, which takes the product of both lengths at most. A regular expression with
 * many stars could take for ever.
 */
const fits = (tokens: readonly Token[], name: string): boolean => {
  let [token, at, star, starAt] = [0, 0, -1, 0]
  while (at < name.length) {
    const current = tokens[token]
    if (current === null) [star, starAt, token] = [token, at, token + 1]
    else if (current?.(name.charAt(at))) [token, at] = [token + 1, at + 1]
    else if (star !== -1) [token, at, starAt] = [star + 1, starAt + 1, starAt + 1]
    else return false
  }
  return tokens.slice(token).every((rest) => rest === null)
}
