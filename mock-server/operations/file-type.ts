/** How much of a file says what it is. Bytes. */
export const headBytes = 4096

/** Control characters that no text has: all but bell, backspace, tab, line ends and escape. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const noText = /[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]/

/** What `file` says of such a beginning. D16 shows "ASCII English text"; the other words are those of the program (inferred). */
export function fileTypeOf(head: Uint8Array): string {
  if (head.length === 0) return 'empty'
  const text = Buffer.from(head).toString('latin1')
  if (noText.test(text)) return 'data'
  if (!/[\x80-\xff]/.test(text)) return 'ASCII text'
  return isUtf8(head) ? 'UTF-8 Unicode text' : 'ISO-8859 text'
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // As part of a stream, for the last character may be cut.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}
