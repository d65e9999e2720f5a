import { escaped, Html } from './html.ts'

/** JSON, indented, with its parts marked for colouring. */
export function jsonCode(value: unknown): Html {
  const text = JSON.stringify(value, null, 2) ?? ''
  const token = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
  let at = 0
  let marked = ''
  for (const match of text.matchAll(token)) {
    const [whole, string, colon] = match
    marked += escaped(text.slice(at, match.index))
    marked +=
      string === undefined
        ? `<b>${whole}</b>`
        : `<${colon === undefined ? 'i' : 'u'}>${escaped(string)}</${colon === undefined ? 'i' : 'u'}>${colon ?? ''}`
    at = match.index + whole.length
  }
  return new Html(marked + escaped(text.slice(at)))
}

/** An argument that a shell takes as it is. */
export function shellQuoted(text: string): string {
  return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
