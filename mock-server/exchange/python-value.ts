/** The real service is written in Python, and its messages name Python's types and print Python's values. */

export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'string') return 'str'
  return Array.isArray(value) ? 'list' : 'dict'
}

/** As much of a value as a message repeats. The real service repeats all of it (inferred). */
const PRINTED_LENGTH = 1_000
const PRINTED_DEPTH = 8

/** Python's `str(value)`. */
export function pythonText(value: unknown): string {
  return shortened(typeof value === 'string' ? value : pythonRepr(value, 0))
}

function pythonRepr(value: unknown, depth: number): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted(shortened(value))
  if (typeof value !== 'object') return String(value)
  if (depth === PRINTED_DEPTH) return '...'
  const items = Array.isArray(value)
    ? value.slice(0, PRINTED_LENGTH).map((item) => pythonRepr(item, depth + 1))
    : Object.entries(value)
        .slice(0, PRINTED_LENGTH)
        .map(([key, item]) => `${quoted(shortened(key))}: ${pythonRepr(item, depth + 1)}`)
  return shortened(Array.isArray(value) ? `[${items.join(', ')}]` : `{${items.join(', ')}}`)
}

function quoted(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return text.includes("'") && !text.includes('"') ? `"${escaped}"` : `'${escaped.replaceAll("'", "\\'")}'`
}

const shortened = (text: string): string =>
  text.length > PRINTED_LENGTH ? `${text.slice(0, PRINTED_LENGTH)}…` : text

/** Python's `str.strip()`: its white space differs from JavaScript's by five control characters and U+FEFF. */
export function pythonStrip(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isPythonSpace(text.charCodeAt(start))) start++
  while (end > start && isPythonSpace(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isPythonSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code >= 0x1c
  if (code < 0x1680) return code === 0x85 || code === 0xa0
  if (code >= 0x2000 && code <= 0x200a) return true
  return (
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is nested at most so deep. Looks level by level, since recursion is what deep values break. */
export function isShallow(value: unknown, depth: number): boolean {
  let level: unknown[] = [value]
  for (let at = 0; level.length > 0; at++) {
    const below: unknown[] = []
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      if (at === depth) return false
      for (const child of Object.values(item)) below.push(child)
    }
    level = below
  }
  return true
}
