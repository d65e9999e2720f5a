/** The head of an HTTP answer with a body of known length. */
export interface HttpHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Bytes of the body; a refusal may come in chunks. */
  readonly length: number | 'chunked'
  /** Whether the connection may be used again afterwards. */
  readonly keepsAlive: boolean
}

/** What is allowed in HTTP, and not read here: a file in chunks, a body until the connection ends, another version. */
export class NotPlain extends Error {}

const STATUS_LINE = /^HTTP\/1\.1 (\d{3})(?: |$)/
// RFC 9110, 5.1 and 5.5: no blanks around the name, and nothing of old line folding.
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/

/** Reads everything before the empty line. @throws {NotPlain} for what is not plain enough */
export function parseHead(text: string): HttpHead {
  const [first = '', ...lines] = text.split('\r\n')
  const status = Number(STATUS_LINE.exec(first)?.[1])
  if (!(status >= 100)) throw new NotPlain(`the answer begins with ${JSON.stringify(first.slice(0, 40))}`)
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const [, name = '', value = ''] = FIELD.exec(line) ?? []
    if (name === '') throw new NotPlain('a header is not readable')
    const key = name.toLowerCase()
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value
  }
  return { status, headers, length: lengthOf(status, headers), keepsAlive: keepsAlive(headers) }
}

function lengthOf(status: number, headers: Readonly<Record<string, string>>): number | 'chunked' {
  if (status < 200 || status === 204 || status === 304) return 0
  const coding = headers['transfer-encoding']
  const text = headers['content-length'] ?? ''
  if (status >= 300 && coding?.toLowerCase() === 'chunked' && text === '') return 'chunked'
  if (coding !== undefined || !/^\d{1,15}$/.test(text)) {
    throw new NotPlain('the length of the body is not told')
  }
  return Number(text)
}

function keepsAlive(headers: Readonly<Record<string, string>>): boolean {
  return !/\bclose\b/i.test(headers.connection ?? '')
}

/** A GET request without a body. */
export function requestHead(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const head = [`GET ${path} HTTP/1.1`, ...lines]
  if (head.some((line) => /[\r\n\0]/.test(line))) throw new TypeError('A header has a line break in it')
  return `${head.join('\r\n')}\r\n\r\n`
}

const CRLF = '\r\n'

/** The body of an answer in chunks; undefined as long as it is not whole. @throws {NotPlain} if it is none */
export function joinChunks(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const end = bytes.indexOf(CRLF, at)
    if (end < 0) return undefined
    const size = /^([0-9a-f]{1,8})(;.*)?$/i.exec(bytes.toString('latin1', at, end))?.[1]
    if (size === undefined) throw new NotPlain('a chunk has no length')
    const start = end + CRLF.length
    const length = Number.parseInt(size, 16)
    // Trailers, if any, end with an empty line.
    if (length === 0) return bytes.includes(`${CRLF}${CRLF}`, end) ? Buffer.concat(parts) : undefined
    if (bytes.byteLength < start + length) return undefined
    parts.push(bytes.subarray(start, start + length))
    at = start + length + CRLF.length
  }
}
