import { ApiconfigError } from './apiconfig-errors.ts'
import { interpolate } from './apiconfig-interpolation.ts'

// What Python's str.strip() and \s take for blank. JavaScript's trim() differs: it takes U+FEFF, and not
// U+001C to U+001F or U+0085.
const BLANK = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const LEADING = /* @__PURE__ */ new RegExp(`^[${BLANK}]*`)
const TRAILING = /* @__PURE__ */ new RegExp(`[${BLANK}]*$`)
const SECTION = /^\[(.+)\]/s
const DEFAULT_SECTION = 'DEFAULT'

type Options = Map<string, string>

/** A parsed apiconfig: the same sections and values that Python's `ConfigParser().read()` gives. */
export interface Apiconfig {
  /** Section names in file order, without `DEFAULT`. */
  readonly sections: readonly string[]
  has(section: string): boolean
  /** Option names of a section, those inherited from `[DEFAULT]` included. */
  options(section: string): readonly string[]
  /** The interpolated value, or undefined when the section has no such option. */
  get(section: string, option: string): string | undefined
}

interface ReaderState {
  readonly sections: Map<string, Map<string, string[]>>
  readonly defaults: Map<string, string[]>
  readonly seen: Set<string>
  readonly badLines: number[]
  current: Map<string, string[]> | undefined
  sectionName: string
  option: string | undefined
  indent: number
}

/**
 * Parses an apiconfig as Python's `configparser.ConfigParser` does with its defaults, errors included: this
 * is what the tutorial's own `config.py` and most Rescale scripts read the file with.
 */
export function parseApiconfig(text: string): Apiconfig {
  const state: ReaderState = {
    sections: new Map(),
    defaults: new Map(),
    seen: new Set(),
    badLines: [],
    current: undefined,
    sectionName: '',
    option: undefined,
    indent: 0,
  }
  splitLines(text).forEach((line, index) => {
    readLine(state, line, index + 1)
  })
  if (state.badLines.length > 0) throw ApiconfigError.unreadableLines(state.badLines)
  return apiconfigOf(joined(state.defaults), mapValues(state.sections, joined))
}

// Python's universal newlines: a lone carriage return ends a line, a form feed does not.
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

/** `text` without leading and trailing blanks, in Python's sense of blank. */
export function strip(text: string): string {
  return rstrip(text.replace(LEADING, ''))
}

export function rstrip(text: string): string {
  return text.replace(TRAILING, '')
}

export function isComment(line: string): boolean {
  const value = strip(line)
  return value.startsWith('#') || value.startsWith(';')
}

export function indentOf(line: string): number {
  return LEADING.exec(line)?.[0].length ?? 0
}

/** The name in a `[name]` line; whatever follows the last bracket is ignored. */
export function sectionHeader(line: string): string | undefined {
  return SECTION.exec(strip(line))?.[1]
}

/** Splits `name = value` at its first delimiter. */
export function optionOf(line: string): { name: string; value: string } | undefined {
  const value = strip(line)
  const delimiter = value.search(/[=:]/)
  if (delimiter < 0) return undefined
  return { name: rstrip(value.slice(0, delimiter)).toLowerCase(), value: strip(value.slice(delimiter + 1)) }
}

function readLine(state: ReaderState, line: string, number: number): void {
  if (isComment(line)) return
  const value = strip(line)
  const open = state.option ? state.current?.get(state.option) : undefined
  // An empty line belongs to the value before it; join() drops it again when nothing follows.
  if (value === '') return void open?.push('')
  const indent = indentOf(line)
  if (open && indent > state.indent) return void open.push(value)
  state.indent = indent
  const header = sectionHeader(value)
  if (header !== undefined) openSection(state, header, number)
  else if (!state.current) throw ApiconfigError.missingSection(number, line)
  else readOption(state, state.current, value, number)
}

function openSection(state: ReaderState, name: string, number: number): void {
  state.option = undefined
  state.sectionName = name
  if (name === DEFAULT_SECTION) {
    // Only [DEFAULT] may be opened twice.
    state.current = state.defaults
    return
  }
  if (state.sections.has(name)) throw ApiconfigError.duplicateSection(number, name)
  state.current = new Map()
  state.sections.set(name, state.current)
}

function readOption(state: ReaderState, current: Map<string, string[]>, value: string, number: number): void {
  const option = optionOf(value)
  if (!option) {
    state.badLines.push(number)
    return
  }
  if (option.name === '') state.badLines.push(number)
  const key = JSON.stringify([state.sectionName, option.name])
  if (state.seen.has(key)) throw ApiconfigError.duplicateOption(number, state.sectionName, option.name)
  state.seen.add(key)
  state.option = option.name
  current.set(option.name, [option.value])
}

function joined(options: Map<string, string[]>): Options {
  return mapValues(options, (lines) => rstrip(lines.join('\n')))
}

function mapValues<A, B>(map: Map<string, A>, change: (value: A) => B): Map<string, B> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}

function apiconfigOf(defaults: Options, sections: Map<string, Options>): Apiconfig {
  const merged = (section: string): Options | undefined => {
    const own = section === DEFAULT_SECTION ? new Map<string, string>() : sections.get(section)
    return own && new Map([...defaults, ...own])
  }
  return {
    sections: [...sections.keys()],
    has: (section) => section === DEFAULT_SECTION || sections.has(section),
    options: (section) => [...(merged(section)?.keys() ?? [])],
    get(section, option) {
      const values = merged(section)
      const raw = values?.get(option.toLowerCase())
      return values && raw !== undefined ? interpolate(values, section, option.toLowerCase(), raw) : undefined
    },
  }
}
