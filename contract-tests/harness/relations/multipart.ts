export interface Part {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The form field, where the part has one. */
  readonly name: string | undefined
  readonly bytes: Uint8Array
}

/** The parts of a multipart body (RFC 2046 §5.1); none where it is not one. */
export function partsOf(body: Uint8Array, contentType: string): Part[] {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return []
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const delimiter = `\r\n--${boundary}`
  const parts: Part[] = []
  let at =
    bytes.subarray(0, boundary.length + 2).toString('latin1') === `--${boundary}`
      ? boundary.length + 2
      : next(bytes, delimiter, 0)
  while (at >= 0 && bytes.subarray(at, at + 2).toString('latin1') !== '--') {
    const end = bytes.indexOf(delimiter, at, 'latin1')
    const head = bytes.indexOf('\r\n\r\n', at, 'latin1')
    if (end < 0 || head < 0 || head > end) return parts
    parts.push(partOf(bytes.subarray(at, head).toString('utf8'), bytes.subarray(head + 4, end)))
    at = end + delimiter.length
  }
  return parts
}

function next(bytes: Buffer, delimiter: string, from: number): number {
  const found = bytes.indexOf(delimiter, from, 'latin1')
  return found < 0 ? -1 : found + delimiter.length
}

function partOf(head: string, bytes: Uint8Array): Part {
  const lines = head.split('\r\n').filter((line) => line.includes(':'))
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).trim().toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  const name = /(?:^|;)\s*name="([^"]*)"/i.exec(headers['content-disposition'] ?? '')?.[1]
  return { headers, name, bytes }
}
