import type { OpenLiveFile } from '../domain/executor.ts'
import { linesCountLimit } from '../exchange/text-lines.ts'

/** How much of a file is read for its last lines, so that no request costs more memory. The real limit is not known. Bytes. */
export const tailBytesLimit = 16 << 20

const pieceBytes = 64 << 10

const newline = 0x0a

/** The last lines of a file without their newlines, read from its end; bytes that are not UTF-8 become U+FFFD. */
export async function lastLines(file: OpenLiveFile, count: number): Promise<string[]> {
  const wanted = Math.min(count, linesCountLimit)
  const pieces: Buffer[] = []
  let start = file.size
  // One more, because the newline at the very end begins no line.
  for (let newlines = 0; start > 0 && newlines <= wanted && file.size - start < tailBytesLimit; ) {
    const from = Math.max(0, start - pieceBytes)
    const piece = await bytesOf(file, from, start)
    newlines += newlinesIn(piece)
    pieces.unshift(piece)
    start = from
  }
  const lines = Buffer.concat(pieces).toString('utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.slice(-wanted)
}

export async function bytesOf(file: OpenLiveFile, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of file.read(start, end)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1)) count += 1
  return count
}
