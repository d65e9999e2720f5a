/** Where Python's `json` gives up, in UTF-16 units, and what it says then. */
interface Fault {
  readonly message: string
  readonly at: number
}

/** Values that Python reads and JSON does not have: Django REST framework refuses them by name. */
class StrangeNumber {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/**
 * What Django REST framework says of a text that is no JSON, after `JSON parse error - `: the message of Python's decoder
 * (CPython up to 3.12, `Modules/_json.c`), whatever engine the mock runs on. Null where there is nothing wrong.
 */
export function pythonJsonError(text: string): string | null {
  const fault = faultIn(text)
  if (fault === null) return null
  if (fault instanceof StrangeNumber)
    return `Out of range float values are not JSON compliant: '${fault.name}'`
  const before = text.slice(0, fault.at)
  const line = before.split('\n').length
  const column = characters(before.slice(before.lastIndexOf('\n') + 1)) + 1
  return `${fault.message}: line ${line} column ${column} (char ${characters(before)})`
}

/** As Python counts: a pair of surrogates is one. */
const characters = (text: string): number =>
  text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)

type Step = number | Fault | StrangeNumber

/** Without recursion: a body of brackets alone may be millions deep. */
function faultIn(text: string): Fault | StrangeNumber | null {
  if (text.startsWith('\ufeff')) return { message: 'Unexpected UTF-8 BOM (decode using utf-8-sig)', at: 0 }
  const open: Bracket[] = []
  let step: Step = afterSpace(text, 0)
  while (typeof step === 'number') {
    const bracket = bracketAt(text, step)
    if (bracket) {
      open.push(bracket)
      step = bracket === '{' ? afterKey(text, afterSpace(text, step + 1)) : afterSpace(text, step + 1)
      continue
    }
    step = afterValue(text, step)
    while (typeof step === 'number' && open.length > 0) {
      const next = afterSpace(text, step)
      if (text[next] !== closing[open.at(-1) ?? '[']) {
        step = afterComma(text, next, open.at(-1))
        break
      }
      open.pop()
      step = next + 1
    }
    if (typeof step === 'number' && open.length === 0) return extraData(text, afterSpace(text, step))
  }
  return step
}

type Bracket = '{' | '['

const closing = { '{': '}', '[': ']' } as const

/** The bracket that opens here, unless it closes at once. */
function bracketAt(text: string, at: number): Bracket | null {
  const bracket = text[at]
  if (bracket !== '{' && bracket !== '[') return null
  return text[afterSpace(text, at + 1)] === closing[bracket] ? null : bracket
}

const extraData = (text: string, at: number): Fault | null =>
  at === text.length ? null : { message: 'Extra data', at }

function afterComma(text: string, at: number, bracket: Bracket | undefined): Step {
  if (text[at] !== ',') return { message: "Expecting ',' delimiter", at }
  const next = afterSpace(text, at + 1)
  return bracket === '{' ? afterKey(text, next) : next
}

/** Where the value of the key that stands here begins. */
function afterKey(text: string, at: number): Step {
  if (text[at] !== '"') return { message: 'Expecting property name enclosed in double quotes', at }
  const end = afterString(text, at)
  if (typeof end !== 'number') return end
  const colon = afterSpace(text, end)
  return text[colon] === ':' ? afterSpace(text, colon + 1) : { message: "Expecting ':' delimiter", at: colon }
}

/** Behind a text, a number, a word, or brackets with nothing in them. */
function afterValue(text: string, at: number): Step {
  const first = text[at]
  if (first === '"') return afterString(text, at)
  if (first === '{' || first === '[') return afterSpace(text, at + 1) + 1
  const strange = matchAt(/NaN|-?Infinity/y, text, at)
  if (strange > at) return new StrangeNumber(text.slice(at, strange))
  const end = matchAt(/null|true|false|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y, text, at)
  return end > at ? end : { message: 'Expecting value', at }
}

function afterString(text: string, begin: number): Step {
  let next = begin + 1
  for (;;) {
    // All from the space on, but quotes and backslashes.
    next = matchAt(/[ !#-[\]-\uffff]*/y, text, next)
    if (text[next] === '"') return next + 1
    if (next >= text.length) return { message: 'Unterminated string starting at', at: begin }
    if (text[next] !== '\\') return { message: 'Invalid control character at', at: next }
    if (next + 1 >= text.length) return { message: 'Unterminated string starting at', at: begin }
    const end = afterEscape(text, next)
    if (typeof end !== 'number') return end
    next = end
  }
}

function afterEscape(text: string, backslash: number): Step {
  const kind = text[backslash + 1] ?? ''
  if (kind !== 'u')
    return '"\\/bfnrt'.includes(kind) ? backslash + 2 : { message: 'Invalid \\escape', at: backslash }
  const end = backslash + 6
  const isWhole = end < text.length && /^[0-9a-fA-F]{4}$/.test(text.slice(backslash + 2, end))
  return isWhole ? end : { message: 'Invalid \\uXXXX escape', at: backslash + 1 }
}

const afterSpace = (text: string, at: number): number => matchAt(/[ \t\n\r]*/y, text, at)

/** Where what stands here ends; `at` where it does not stand here. */
function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
