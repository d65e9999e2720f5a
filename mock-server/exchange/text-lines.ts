import type { FileStore, StoredBytes } from '../domain/file-store.ts'

/**
 * Largest file whose lines are answered. They travel as one JSON text, so this bounds memory; the real limit
 * is not known. Bytes.
 */
export const linesSizeLimit = 16 << 20

/** Most lines that are answered: a file of nothing but line ends costs much more memory than its bytes. */
export const linesCountLimit = 1_000_000

/** How far a NUL is looked for, by which git and grep tell binary files from text. Bytes. */
export const nulSearchLimit = 8_000

/** The lines of a stored text, each with its `\n`; or why they are not to be had. */
export async function textLines(
  store: FileStore,
  stored: StoredBytes,
): Promise<string[] | 'too-large' | 'not-text'> {
  if (stored.size > linesSizeLimit) return 'too-large'
  const lines: string[] = []
  let unfinished = ''
  let read = 0
  for await (const text of decoded(store.read(stored.id, 0, stored.size))) {
    if (read < nulSearchLimit && text.slice(0, nulSearchLimit - read).includes('\0')) return 'not-text'
    read += text.length
    let from = 0
    for (let end = text.indexOf('\n') + 1; end > 0; end = text.indexOf('\n', from) + 1) {
      lines.push(unfinished + text.slice(from, end))
      unfinished = ''
      from = end
    }
    unfinished += text.slice(from)
    if (lines.length > linesCountLimit) return 'too-large'
  }
  if (unfinished !== '') lines.push(unfinished)
  return lines
}

/** Text of UTF-8 bytes that come in pieces; what is not UTF-8 becomes U+FFFD. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
