/** A header value with parameters, e.g. `form-data; name="file"; filename="a.txt"`. */
export interface ParameterisedValue {
  /** In lower case. */
  readonly value: string
  /** Names in lower case; of several the first. */
  readonly parameters: ReadonlyMap<string, string>
}

/** Reads what clients really send: quotes may be missing or never end, and values hold any character. */
export function readParameters(header: string): ParameterisedValue {
  const parameters = new Map<string, string>()
  let at = endOf(header, 0, ';')
  const value = header.slice(0, at).trim().toLowerCase()
  while (at < header.length) {
    const nameEnd = Math.min(endOf(header, at + 1, '='), endOf(header, at + 1, ';'))
    const name = header
      .slice(at + 1, nameEnd)
      .trim()
      .toLowerCase()
    const found = header[nameEnd] === '=' ? readValue(header, nameEnd + 1) : { text: '', end: nameEnd }
    if (!parameters.has(name)) parameters.set(name, found.text)
    at = endOf(header, found.end, ';')
  }
  return { value, parameters }
}

const endOf = (text: string, from: number, mark: string): number => {
  const at = text.indexOf(mark, from)
  return at < 0 ? text.length : at
}

function readValue(header: string, from: number): { text: string; end: number } {
  const start = from + (/^[ \t]*/.exec(header.slice(from, from + 16))?.[0].length ?? 0)
  if (header[start] === '"') return readQuoted(header, start + 1)
  const end = endOf(header, start, ';')
  return { text: header.slice(start, end).trim(), end }
}

/** As Django reads it: a backslash is itself unless a quote or another backslash follows. */
function readQuoted(header: string, start: number): { text: string; end: number } {
  let text = ''
  for (let at = start; at < header.length; at += 1) {
    const char = header[at]
    const next = header[at + 1]
    if (char === '"') return { text, end: at + 1 }
    const escaped = char === '\\' && (next === '"' || next === '\\')
    if (escaped) at += 1
    text += escaped ? next : char
  }
  return { text, end: header.length }
}
