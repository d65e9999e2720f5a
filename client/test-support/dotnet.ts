/**
 * What .NET's `Regex.Unescape` makes of a text, as far as `rescale` makes use of it: `\\u` with four digits. Throws of
 * any other escape.
 */
export function unescaped(text: string): string {
  return text.replace(/\\(u([0-9a-f]{4}))?/g, (_, known: string | undefined, digits: string) => {
    if (known === undefined) throw new Error(`No escape that rescale writes is in ${text}`)
    return String.fromCharCode(Number.parseInt(digits, 16))
  })
}
