import { type Token, tokenize, UnfinishedError, type Word } from './shell-words.ts'

export interface Redirection {
  /** `both` is stdout and stderr. */
  readonly stream: 'in' | 'out' | 'error' | 'both'
  readonly isAppending: boolean
  /** `2>&1`: the target is the number of a stream, not a name. */
  readonly isCopy: boolean
  readonly target: Word
}

export interface SimpleCommand {
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  /** Of a here-document. */
  readonly input: string | null
}

export interface Step {
  /** Connected by pipes. */
  readonly commands: readonly SimpleCommand[]
  /** What stands before the next step: run it always, on success, on failure; `&` does not wait for this one. */
  readonly then: ';' | '&&' | '||' | '&'
}

export type Script =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  /** Loops, conditions, functions, subshells: more than is simulated. */
  | { readonly kind: 'compound' }
  /** What bash would say of it. */
  | { readonly kind: 'wrong'; readonly message: string }

const reservedWords = new Set([
  'if',
  'for',
  'while',
  'until',
  'case',
  'select',
  'function',
  '{',
  '}',
  '[[',
  '!',
  'then',
  'do',
])

/** Understands a command as far as it is a sequence of simple commands. Never throws. */
export function parseScript(text: string): Script {
  try {
    return new Parser(tokenize(text)).script()
  } catch (error) {
    if (error instanceof UnfinishedError)
      return { kind: 'wrong', message: `bash: -c: line 1: ${error.message}` }
    throw error
  }
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #steps: Step[] = []
  #commands: SimpleCommand[] = []

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  script(): Script {
    while (this.#at < this.#tokens.length) {
      const command = this.#simpleCommand()
      if (command === null || isCompound(command)) return { kind: 'compound' }
      const problem = this.#connect(command)
      if (problem !== null)
        return {
          kind: 'wrong',
          message: `bash: -c: line 1: syntax error near unexpected token \`${problem}'`,
        }
    }
    return { kind: 'steps', steps: this.#steps }
  }

  /** Reads what connects the command to the next; returns what should not stand there. */
  #connect(command: SimpleCommand): string | null {
    const token = this.#tokens[this.#at]
    const operator = token?.kind === 'operator' ? token.text : '\n'
    this.#at += 1
    const isEmpty = command.words.length === 0 && command.redirections.length === 0 && command.input === null
    if (isEmpty && operator !== '\n') return operator
    if (operator === ';;') return operator
    if (!isEmpty) this.#commands.push(command)
    if (operator === '|' || operator === '|&') return this.#isAtEnd() ? 'newline' : null
    // A line may end after `&&`, `||` and `|`.
    if (this.#commands.length > 0 && !isEmpty) this.#endStep(operator)
    return (operator === '&&' || operator === '||') && this.#isAtEnd() ? 'newline' : null
  }

  #endStep(operator: string): void {
    const then = operator === '&&' || operator === '||' || operator === '&' ? operator : ';'
    this.#steps.push({ commands: this.#commands, then })
    this.#commands = []
  }

  #isAtEnd(): boolean {
    let at = this.#at
    while (isNewline(this.#tokens[at])) at += 1
    return at >= this.#tokens.length
  }

  /** Null for brackets. */
  #simpleCommand(): SimpleCommand | null {
    const words: Word[] = []
    const redirections: Redirection[] = []
    let input: string | null = null
    for (let token = this.#tokens[this.#at]; token; token = this.#tokens[this.#at]) {
      if (token.kind === 'word') words.push(token.word)
      else if (token.kind === 'here') input = token.text
      else if (token.text === '(' || token.text === ')') return null
      else if (!this.#redirection(token.text, redirections)) break
      this.#at += 1
    }
    return { words, redirections, input }
  }

  /** False when the operator is none; otherwise the target is read as well. */
  #redirection(operator: string, redirections: Redirection[]): boolean {
    const [, number = '', arrow = ''] = /^(\d*)(&>>|&>|<<<|<&|<|>>|>&|>\||>)$/.exec(operator) ?? []
    if (arrow === '') return false
    const target = this.#tokens[this.#at + 1]
    if (target?.kind !== 'word') return true
    this.#at += 1
    if (arrow === '<<<' || arrow === '<&') return true
    const isCopy = arrow === '>&' && /^\d+$|^-$/.test(literal(target.word))
    const isAppending = arrow.endsWith('>>')
    redirections.push({ stream: streamOf(number, arrow, isCopy), isAppending, isCopy, target: target.word })
    return true
  }
}

const isNewline = (token: Token | undefined): boolean => token?.kind === 'operator' && token.text === '\n'

function streamOf(number: string, arrow: string, isCopy: boolean): Redirection['stream'] {
  if (arrow === '<') return 'in'
  if (arrow.startsWith('&') || (arrow === '>&' && !isCopy && number === '')) return 'both'
  return number === '2' ? 'error' : 'out'
}

export const literal = (word: Word): string =>
  word.map((part) => (part.kind === 'text' ? part.text : '')).join('')

function isCompound({ words: [first] }: SimpleCommand): boolean {
  const isPlain = first?.length === 1 && first[0]?.kind === 'text' && !first[0].isQuoted
  return isPlain && reservedWords.has(literal(first))
}
