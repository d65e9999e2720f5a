/** `text` as one word of a POSIX shell, whatever is in it. */
export function quote(text: string): string {
  if (/^[A-Za-z0-9_.,:=@%+/-]+$/.test(text) && !text.startsWith('-')) return text
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** A file name as an argument that no program takes for an option. */
export function quotePath(name: string): string {
  return quote(name.startsWith('-') ? `./${name}` : name)
}
