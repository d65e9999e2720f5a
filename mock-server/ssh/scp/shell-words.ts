/** One character of a shell word, and whether it was quoted (then it is no wildcard). */
export interface WordCharacter {
  readonly character: string
  readonly literal: boolean
}

export type ShellWord = readonly WordCharacter[]

/**
 * Splits a command line as bash would, as long as it is a plain list of words: quotes, backslashes,
 * variables and `~` are understood, wildcards are left for later. Null for everything that needs a real shell.
 */
export const shellWords = (
  command: string,
  environment: Readonly<Record<string, string>>,
): ShellWord[] | null => {
  const scan = new Scan(command, environment)
  return scan.run() ? scan.words : null
}

export const textOfWord = (word: ShellWord): string => word.map(({ character }) => character).join('')

/** Unquoted, these make a line more than a list of words. */
const NEEDS_A_SHELL = /[;&|<>(){}`\n#!]/

const VARIABLE = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/y

class Scan {
  readonly words: ShellWord[] = []
  readonly #text: string
  readonly #environment: Readonly<Record<string, string>>
  #position = 0
  #word: WordCharacter[] | null = null

  constructor(text: string, environment: Readonly<Record<string, string>>) {
    this.#text = text
    this.#environment = environment
  }

  /** False when the line is more than words. */
  run(): boolean {
    while (this.#position < this.#text.length) {
      if (!this.#step(this.#text.charAt(this.#position))) return false
    }
    this.#endWord()
    return true
  }

  #step(character: string): boolean {
    if (character === ' ' || character === '\t') return this.#blank()
    if (character === "'") return this.#singleQuoted()
    if (character === '"') return this.#doubleQuoted()
    if (character === '\\') return this.#escaped()
    if (character === '$') return this.#variable(false)
    if (character === '~' && this.#word === null) return this.#tilde()
    return !NEEDS_A_SHELL.test(character) && this.#plain(character, false)
  }

  #blank(): boolean {
    this.#endWord()
    this.#position += 1
    return true
  }

  #plain(character: string, literal: boolean): boolean {
    this.#append(character, literal)
    this.#position += 1
    return true
  }

  #singleQuoted(): boolean {
    const end = this.#text.indexOf("'", this.#position + 1)
    if (end === -1) return false
    this.#append(this.#text.slice(this.#position + 1, end), true)
    this.#position = end + 1
    return true
  }

  #doubleQuoted(): boolean {
    this.#append('', true)
    for (this.#position += 1; this.#position < this.#text.length; ) {
      const character = this.#text.charAt(this.#position)
      if (character === '"') return this.#skip()
      if (!this.#insideDoubleQuotes(character)) return false
    }
    return false
  }

  #insideDoubleQuotes(character: string): boolean {
    if (character === '`') return false
    if (character === '$') return this.#variable(true)
    const next = this.#text.charAt(this.#position + 1)
    if (character === '\\' && next !== '' && '$`"\\'.includes(next)) return this.#escaped()
    return this.#plain(character, true)
  }

  #escaped(): boolean {
    const next = this.#text.charAt(this.#position + 1)
    if (next === '' || next === '\n') return false
    this.#append(next, true)
    this.#position += 2
    return true
  }

  /** Bash would split the value of an unquoted variable again at blanks; such values are left to it. */
  #variable(quoted: boolean): boolean {
    VARIABLE.lastIndex = this.#position
    const match = VARIABLE.exec(this.#text)
    const value = this.#environment[match?.[1] ?? match?.[2] ?? ''] ?? ''
    if (match === null || (!quoted && /[\s*?[]/.test(value))) return false
    this.#append(value, true)
    this.#position += match[0].length
    return true
  }

  /** `~/…` and a lone `~`; `~user` is left to a shell. */
  #tilde(): boolean {
    const next = this.#text.charAt(this.#position + 1)
    if (next !== '' && !'/ \t'.includes(next)) return false
    this.#append(this.#environment.HOME ?? '', true)
    return this.#skip()
  }

  #skip(): boolean {
    this.#position += 1
    return true
  }

  #append(text: string, literal: boolean): void {
    this.#word ??= []
    for (const character of text) this.#word.push({ character, literal })
  }

  #endWord(): void {
    if (this.#word !== null) this.words.push(this.#word)
    this.#word = null
  }
}
