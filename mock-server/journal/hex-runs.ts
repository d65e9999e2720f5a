/** Legacy API keys, and the admin token: 40 hexadecimal characters (B21). */
export const KEY_LENGTH = 40

/** Longer runs are checksums (SHA-256 has 64) or data; shorter ones may be a key with something before it, such as `%0a`. */
export const LONGEST_RUN = 63

const isHex = new Uint8Array(128)
for (const character of '0123456789abcdefABCDEF') isHex[character.charCodeAt(0)] = 1

const hexAt = (text: string, index: number): boolean => isHex[text.charCodeAt(index)] === 1

/**
 * Where the text has a run of hexadecimal characters as long as a key, from `from` on; null where there is none.
 * Looks at every fortieth character only: no such run can hide between them. That makes it cheap enough for every answer.
 */
export function keyRun(text: string, from = 0): { start: number; end: number } | null {
  for (let index = from + KEY_LENGTH - 1; index < text.length; index += KEY_LENGTH) {
    if (!hexAt(text, index)) continue
    let start = index
    while (start > from && hexAt(text, start - 1)) start -= 1
    let end = index + 1
    while (end < text.length && hexAt(text, end)) end += 1
    const length = end - start
    if (length >= KEY_LENGTH && length <= LONGEST_RUN) return { start, end }
    // The next run can begin after this one only.
    index = end - 1
  }
  return null
}
