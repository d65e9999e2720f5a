// C0 without tab and newline, DEL, C1, and the marks that turn the direction of writing around.
const HARMFUL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/**
 * A text of the server's, harmless on a terminal: what would move its cursor, change its colours or title, or send
 * keys is shown as an escape such as `\x1b`.
 */
export function printable(text: string): string {
  return text.replace(HARMFUL, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** The same in one line, as in a cell of a table. */
export function printableLine(text: string): string {
  return printable(text.replaceAll('\n', ' ').replaceAll('\t', ' '))
}

/** JSON that is the same data to a program, and harmless on a terminal. */
export function printableJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    // JSON.stringify has escaped C0 already; newlines here are of the layout.
    HARMFUL,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
