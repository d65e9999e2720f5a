/** What became of some typed bytes. */
export interface Typed {
  /** Whole lines, each with its line feed. */
  readonly lines: string
  /** What the client is to see. */
  readonly echo: string
  readonly interrupted: boolean
  /** Ctrl-D on an empty line. */
  readonly ended: boolean
}

/** More is not kept of one line: Linux's `MAX_CANON` is 4096. */
const MAX_LINE_CHARACTERS = 4096

const CONTROL_C = '\x03'
const CONTROL_D = '\x04'
const CONTROL_U = '\x15'
const ESCAPE = '\x1b'

/** A cursor or function key. */
const ESCAPE_SEQUENCE = new RegExp(`${ESCAPE}(?:\\[[0-9;?]*[ -/]*[@-~]|O.|.)`, 'g')

/**
 * The part of a terminal that edits a line and shows what is typed, for where there is no real one.
 * Text is latin1: one character is one byte.
 */
export class LineDiscipline {
  #line = ''

  type(text: string): Typed {
    const result = { lines: '', echo: '', interrupted: false, ended: false }
    for (const character of text.replace(ESCAPE_SEQUENCE, '')) {
      const { line, echo } = this.#take(character)
      result.lines += line
      result.echo += echo
      result.interrupted ||= character === CONTROL_C
      result.ended ||= character === CONTROL_D && this.#line === ''
    }
    return result
  }

  /** Line feeds become carriage return and line feed. */
  show(text: string): string {
    return text.replace(/\r?\n/g, '\r\n')
  }

  #take(character: string): { line: string; echo: string } {
    if (character === '\r' || character === '\n') return this.#finish()
    if (character === '\x7f' || character === '\b') return this.#erase()
    if (character === CONTROL_U) return this.#eraseAll()
    if (character === CONTROL_C) return this.#interrupt()
    if ((character < ' ' && character !== '\t') || this.#line.length >= MAX_LINE_CHARACTERS) {
      return { line: '', echo: '' }
    }
    this.#line += character
    return { line: '', echo: character }
  }

  #finish(): { line: string; echo: string } {
    const line = `${this.#line}\n`
    this.#line = ''
    return { line, echo: '\r\n' }
  }

  /** One character may be several bytes of UTF-8. */
  #erase(): { line: string; echo: string } {
    if (this.#line === '') return { line: '', echo: '' }
    this.#line = this.#line.replace(/[^\x80-\xbf]?[\x80-\xbf]*$/, '')
    return { line: '', echo: '\b \b' }
  }

  #eraseAll(): { line: string; echo: string } {
    const shown = this.#line.replace(/[\x80-\xbf]/g, '').length
    this.#line = ''
    return { line: '', echo: '\b \b'.repeat(shown) }
  }

  #interrupt(): { line: string; echo: string } {
    this.#line = ''
    return { line: '', echo: '^C\r\n' }
  }
}
