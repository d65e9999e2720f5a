/** Takes what a scanner finds. The bytes are parts of what was fed, not copies. */
export interface PartSink {
  /** Gets the header lines, undecoded. */
  begin(head: Buffer): void
  data(bytes: Buffer): void
  end(): void
}

/** The header lines of one part together. Django's limit is 1 KiB; long names in percent form need more. Bytes. */
export const partHeadLimit = 16 << 10

/** White space that may follow a boundary on its line. Bytes. */
const paddingLimit = 64

export class MultipartError extends Error {}

const lineEnd = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')
const nothing = Buffer.alloc(0)

/**
 * Splits a multipart body (RFC 2046 §5.1) that is fed in chunks of any size. Data passes through without being
 * copied, and nothing is held back but what may be the beginning of a delimiter.
 */
export class MultipartScanner {
  readonly #sink: PartSink
  /** Line end, dashes and boundary. None of its bytes but the first is a CR. */
  readonly #delimiter: Buffer
  #state: 'data' | 'boundary' | 'head' | 'over' = 'data'
  /** False before the first boundary, where data means nothing. */
  #inPart = false
  /** The end of the last chunk, where a delimiter may have begun. At first as if a line had just ended. */
  #held = lineEnd
  /** What followed the delimiter on its line so far. */
  #line = ''
  #head = lineEnd

  constructor(boundary: string, sink: PartSink) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1')
    this.#sink = sink
  }

  /** Whether the body may end here: after its last boundary, or when it is no multipart body at all. */
  get complete(): boolean {
    return this.#state === 'over' || (this.#state === 'data' && !this.#inPart)
  }

  feed(chunk: Uint8Array): void {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    while (rest.length > 0 && this.#state !== 'over') rest = this.#read(rest)
  }

  /** Reads on in the present state; gives what was not read. */
  #read(chunk: Buffer): Buffer {
    if (this.#state === 'boundary') return this.#readBoundaryLine(chunk)
    if (this.#state === 'head') return this.#readHead(chunk)
    return this.#held.length > 0 ? this.#readAcross(chunk) : this.#readData(chunk)
  }

  #readData(chunk: Buffer): Buffer {
    const at = chunk.indexOf(this.#delimiter)
    if (at >= 0) return this.#atDelimiter(chunk, at)
    const end = this.#beginningAtEnd(chunk)
    this.#pass(chunk.subarray(0, end))
    // Copied, so that a few bytes do not keep the whole chunk.
    this.#held = Buffer.from(chunk.subarray(end))
    return nothing
  }

  /** Finds out what became of the beginning that was held back. */
  #readAcross(chunk: Buffer): Buffer {
    const held = this.#held
    const seam = Buffer.concat([held, chunk.subarray(0, this.#delimiter.length)])
    const at = seam.indexOf(this.#delimiter)
    if (at >= 0 && at < held.length) {
      this.#atDelimiter(seam, at)
      return chunk.subarray(at + this.#delimiter.length - held.length)
    }
    const end = this.#beginningAtEnd(seam)
    // A short chunk may still leave it open.
    const open = end < held.length
    this.#pass(open ? seam.subarray(0, end) : held)
    this.#held = open ? seam.subarray(end) : nothing
    return open ? nothing : chunk
  }

  #atDelimiter(bytes: Buffer, at: number): Buffer {
    this.#pass(bytes.subarray(0, at))
    this.#held = nothing
    this.#line = ''
    this.#state = 'boundary'
    return bytes.subarray(at + this.#delimiter.length)
  }

  /** A delimiter is one only when nothing but `--` or white space follows on its line. */
  #readBoundaryLine(chunk: Buffer): Buffer {
    for (let at = 0; at < chunk.length; at += 1) {
      const line = this.#line + String.fromCharCode(chunk[at] ?? 0)
      if (line === '--') return this.#endPart('over', nothing)
      if (/^[ \t]*\r\n$/.test(line)) return this.#endPart('head', chunk.subarray(at + 1))
      if (line.length > paddingLimit || !/^(-|[ \t]*\r?)$/.test(line))
        return this.#noBoundary(chunk.subarray(at))
      this.#line = line
    }
    return nothing
  }

  #endPart(state: 'head' | 'over', rest: Buffer): Buffer {
    if (this.#inPart) this.#sink.end()
    this.#inPart = false
    this.#state = state
    this.#head = lineEnd
    return rest
  }

  #noBoundary(rest: Buffer): Buffer {
    this.#state = 'data'
    this.#pass(Buffer.concat([this.#delimiter, Buffer.from(this.#line, 'latin1')]))
    return rest
  }

  #readHead(chunk: Buffer): Buffer {
    const before = this.#head.length
    const head = Buffer.concat([this.#head, chunk.subarray(0, partHeadLimit)])
    const end = head.indexOf(headEnd)
    if (end > partHeadLimit || (end < 0 && head.length > partHeadLimit))
      throw new MultipartError('Request max total header size exceeded.')
    this.#head = head
    if (end < 0) return nothing
    this.#state = 'data'
    this.#inPart = true
    this.#sink.begin(head.subarray(lineEnd.length, end))
    return chunk.subarray(end + headEnd.length - before)
  }

  #pass(bytes: Buffer): void {
    if (this.#inPart && bytes.length > 0) this.#sink.data(bytes)
  }

  /** Where a delimiter begins that the end of the bytes cuts off; their length when there is none. */
  #beginningAtEnd(bytes: Buffer): number {
    let at = bytes.indexOf('\r', Math.max(0, bytes.length - this.#delimiter.length + 1))
    while (at >= 0 && !this.#delimiter.subarray(0, bytes.length - at).equals(bytes.subarray(at)))
      at = bytes.indexOf('\r', at + 1)
    return at < 0 ? bytes.length : at
  }
}
