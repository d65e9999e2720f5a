/** A piece of a word. Quoted pieces are neither globs nor comments. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: 'variable'; readonly name: string }
  /** `$(…)` or backticks. */
  | { readonly kind: 'substitution'; readonly script: string }

export type Word = readonly WordPart[]

export type Token =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'operator'; readonly text: string }
  /** The text that a here-document hands to its command. */
  | { readonly kind: 'here'; readonly text: string }

/** What bash would look for in vain until the end of the text. */
export class UnfinishedError extends Error {
  readonly missing: string

  constructor(missing: string) {
    super(`unexpected EOF while looking for matching \`${missing}'`)
    this.missing = missing
  }
}

/** Longest first. */
const operators = [
  '&>>',
  '<<<',
  '<<-',
  '&&',
  '||',
  ';;',
  '|&',
  '&>',
  '<<',
  '<&',
  '>>',
  '>&',
  '>|',
  '<',
  '>',
  ';',
  '&',
  '|',
  '(',
  ')',
  '\n',
]

const isBlank = (character: string): boolean => character === ' ' || character === '\t' || character === '\r'
const endsWord = (character: string): boolean => isBlank(character) || /[\n;&|<>()]/.test(character)

/** Cuts a command into words and operators as a POSIX shell does. Throws UnfinishedError and nothing else. */
export function tokenize(text: string): Token[] {
  return new Tokenizer(text).tokens()
}

class Tokenizer {
  readonly #text: string
  #at = 0
  readonly #tokens: Token[] = []
  /** Here-documents of the line, whose text begins after it. */
  #awaited: { readonly delimiter: string; readonly index: number; readonly stripsTabs: boolean }[] = []

  constructor(text: string) {
    this.#text = text
  }

  tokens(): Token[] {
    while (this.#at < this.#text.length) this.#next()
    return this.#tokens
  }

  #next(): void {
    const character = this.#text.charAt(this.#at)
    if (isBlank(character)) this.#at += 1
    else if (this.#text.startsWith('\\\n', this.#at)) this.#at += 2
    else if (character === '#') this.#skipComment()
    else if (endsWord(character)) this.#operator()
    else this.#wordOrNumber()
  }

  #skipComment(): void {
    const end = this.#text.indexOf('\n', this.#at)
    this.#at = end === -1 ? this.#text.length : end
  }

  #operator(): void {
    const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#at)) ?? ''
    this.#at += operator.length
    if (operator === '<<' || operator === '<<-') this.#hereDocument(operator === '<<-')
    else this.#tokens.push({ kind: 'operator', text: operator })
    if (operator === '\n') this.#readAwaited()
  }

  /** The number of a stream stands directly before its redirection: `2>`. */
  #wordOrNumber(): void {
    const number = /^\d+(?=[<>])/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0]
    if (number === undefined) {
      this.#tokens.push({ kind: 'word', word: this.#word() })
      return
    }
    this.#at += number.length
    const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#at)) ?? ''
    this.#at += operator.length
    this.#tokens.push({ kind: 'operator', text: number + operator })
  }

  #hereDocument(stripsTabs: boolean): void {
    while (isBlank(this.#text.charAt(this.#at))) this.#at += 1
    const delimiter = this.#word()
      .map((part) => (part.kind === 'text' ? part.text : ''))
      .join('')
    this.#awaited.push({ delimiter, stripsTabs, index: this.#tokens.length })
    this.#tokens.push({ kind: 'here', text: '' })
  }

  #readAwaited(): void {
    for (const { delimiter, index, stripsTabs } of this.#awaited) {
      const lines: string[] = []
      while (this.#at < this.#text.length) {
        const line = stripsTabs ? this.#line().replace(/^\t+/, '') : this.#line()
        if (line === delimiter) break
        lines.push(`${line}\n`)
      }
      this.#tokens[index] = { kind: 'here', text: lines.join('') }
    }
    this.#awaited = []
  }

  #line(): string {
    const end = this.#text.indexOf('\n', this.#at)
    const line = this.#text.slice(this.#at, end === -1 ? undefined : end)
    this.#at += line.length + 1
    return line
  }

  #word(): Word {
    const parts: WordPart[] = []
    while (this.#at < this.#text.length && !endsWord(this.#text.charAt(this.#at))) parts.push(...this.#part())
    return parts
  }

  #part(): WordPart[] {
    const character = this.#text.charAt(this.#at)
    if (character === "'") return [quoted(this.#enclosed("'"))]
    if (character === '"') return this.#doubleQuoted()
    if (character === '\\') return this.#escaped()
    if (character === '`') return [{ kind: 'substitution', script: this.#enclosed('`') }]
    if (character === '$') return [this.#expansion(false)]
    const plain = /^[^'"\\`$\s;&|<>()]+/.exec(this.#text.slice(this.#at, this.#at + 256))?.[0] ?? character
    this.#at += plain.length
    return [{ kind: 'text', text: plain, isQuoted: false }]
  }

  #escaped(): WordPart[] {
    const next = this.#text.charAt(this.#at + 1)
    this.#at += 2
    return next === '\n' ? [] : [quoted(next)]
  }

  /** From the quote at hand to its like. */
  #enclosed(quote: string): string {
    const end = this.#text.indexOf(quote, this.#at + 1)
    if (end === -1) throw new UnfinishedError(quote)
    const inside = this.#text.slice(this.#at + 1, end)
    this.#at = end + 1
    return inside
  }

  #doubleQuoted(): WordPart[] {
    const parts: WordPart[] = [quoted('')]
    this.#at += 1
    for (;;) {
      const character = this.#text.charAt(this.#at)
      if (character === '') throw new UnfinishedError('"')
      if (character === '"') break
      if (character === '`') parts.push({ kind: 'substitution', script: this.#enclosed('`') })
      else if (character === '$') parts.push(this.#expansion(true))
      else parts.push(quoted(this.#inDoubleQuotes()))
    }
    this.#at += 1
    return parts
  }

  #inDoubleQuotes(): string {
    const [, escaped] = /^\\([\\"$`])/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? []
    if (escaped !== undefined) {
      this.#at += 2
      return escaped
    }
    const plain =
      /^[^\\"$`]+/.exec(this.#text.slice(this.#at, this.#at + 256))?.[0] ?? this.#text.charAt(this.#at)
    this.#at += plain.length
    return plain
  }

  #expansion(inQuotes: boolean): WordPart {
    const rest = this.#text.slice(this.#at + 1, this.#at + 257)
    if (rest.startsWith("'") && !inQuotes) {
      this.#at += 1
      return quoted(this.#enclosed("'"))
    }
    if (rest.startsWith('(')) return { kind: 'substitution', script: this.#nested('(', ')') }
    if (rest.startsWith('{')) {
      const [name = ''] = /^!?\w*/.exec(this.#nested('{', '}')) ?? []
      return { kind: 'variable', name }
    }
    const name = /^(?:[A-Za-z_]\w*|[0-9?$#@*!-])/.exec(rest)?.[0]
    this.#at += 1 + (name?.length ?? 0)
    return name === undefined ? quoted('$') : { kind: 'variable', name }
  }

  /** What stands between brackets that begin after the `$` at hand; brackets inside come in pairs. */
  #nested(open: string, close: string): string {
    const start = this.#at + 2
    let depth = 1
    for (let at = start; at < this.#text.length; at += 1) {
      const character = this.#text.charAt(at)
      if (character === open) depth += 1
      if (character === close) depth -= 1
      if (depth === 0) {
        this.#at = at + 1
        return this.#text.slice(start, at)
      }
    }
    throw new UnfinishedError(close)
  }
}

const quoted = (text: string): WordPart => ({ kind: 'text', text, isQuoted: true })
