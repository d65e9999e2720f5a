const begin = '<!-- bench:begin (written by npm run bench -- --write-docs) -->'
const end = '<!-- bench:end -->'

/** The document with the text between its two markers replaced. */
export function replaceBetweenMarkers(document: string, text: string): string {
  const [from, to] = [document.indexOf(begin), document.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the document has no ${begin} … ${end}`)
  return `${document.slice(0, from + begin.length)}\n\n${text.trim()}\n\n${document.slice(to)}`
}
