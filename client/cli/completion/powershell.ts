import { printableLine } from '../printable.ts'
import type { Candidate } from './live-values.ts'

/**
 * Where PowerShell's script puts the command line as it is typed: as an argument of a program, each version of
 * PowerShell would quote it in another way.
 */
export const LINE_VARIABLE = 'RESCALE_COMPLETE_LINE'

// What PowerShell takes for quotes (about_Quoting_Rules, about_Special_Characters).
const SINGLE = new Set("'‘’‚‛")
const DOUBLE = new Set('"“”„')
const ESCAPE = '`'
const CALLS = new Set(['&', '.'])
const HARMLESS = /^[\w./\\:+=-]+$/

/** The words after the program's up to the cursor, as PowerShell would hand them over; the last one as far as it is typed. */
export function wordsBefore(line: string, cursor: number): string[] {
  const words: string[] = []
  let word: string | undefined
  let quotes: ReadonlySet<string> | undefined
  const typed = line.slice(0, cursor)
  for (let at = 0; at < typed.length; at++) {
    const [char = '', next = ''] = [typed[at], typed[at + 1]]
    if (quotes?.has(char) && quotes.has(next)) word += typed[++at] ?? ''
    else if (quotes?.has(char)) quotes = undefined
    else if (char === ESCAPE && quotes === undefined && /^\r?\n/.test(typed.slice(at + 1))) {
      // The line goes on in the next one (about_Line_Editing).
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === ESCAPE && quotes !== SINGLE) word = (word ?? '') + (typed[++at] ?? '')
    else if (quotes) word += char
    else if (SINGLE.has(char) || DOUBLE.has(char)) {
      quotes = SINGLE.has(char) ? SINGLE : DOUBLE
      word ??= ''
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  // PowerShell's line ends with its last word, the cursor perhaps behind blanks.
  if (word === undefined || cursor > line.length) words.push('')
  return words.slice(CALLS.has(words[0] ?? '') ? 2 : 1)
}

/** A word as it has to be typed. */
export function quoted(word: string): string {
  return HARMLESS.test(word) ? word : `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`
}

/** What is put into the line, what the list shows, and what is said of it, none of which may be empty. */
export function resultOf({ value, description }: Candidate): string {
  const shown = printableLine(value)
  return [quoted(shown), shown, printableLine(description) || shown].map(asAscii).join('\t')
}

/**
 * As .NET's `Regex.Unescape` reads it. PowerShell decodes what a program writes by the console's code page, which on
 * Windows is not UTF-8 as a rule.
 */
function asAscii(text: string): string {
  const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(4, '0')
  return text.replace(/[^\x20-\x7e]|\\/g, (char) => `\\u${hex(char)}`)
}
