import { createHash, type Hash } from 'node:crypto'
import { readPart } from '../../../mock-server/exchange/upload-part.ts'
import { MultipartScanner, type PartSink } from '../../../mock-server/exchange/upload-scanner.ts'
import { INLINE_BYTES } from './limits.ts'

/** A part of a multipart body as it passed by: hashed, and kept while it is small. */
export interface SeenPart {
  readonly name: string
  readonly filename: string | undefined
  readonly contentType: string | undefined
  readonly size: number
  readonly sha256: string
  /** Hexadecimal, as the platform's checksums. */
  readonly sha512: string
  /** All of it, or its beginning only. */
  readonly head: Uint8Array
}

const BOUNDARY = /^multipart\/form-data\b.*?;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i

/** Takes a multipart body apart while it passes; undefined for other bodies. */
export function multipartReader(
  contentType: string | undefined,
): { feed(chunk: Uint8Array): void; parts(): readonly SeenPart[] } | undefined {
  const [, quoted, plain] = BOUNDARY.exec(contentType ?? '') ?? []
  const boundary = quoted ?? plain
  if (boundary === undefined) return undefined
  const sink = new PartCollector()
  const scanner = new MultipartScanner(boundary, sink)
  let broken = false
  return {
    feed(chunk) {
      try {
        if (!broken) scanner.feed(chunk)
      } catch {
        // The platform will say what is wrong with it.
        broken = true
      }
    },
    parts: () => sink.parts,
  }
}

class PartCollector implements PartSink {
  readonly parts: SeenPart[] = []
  #head: Buffer = Buffer.alloc(0)
  #kept: Buffer[] = []
  #size = 0
  #sha256: Hash = createHash('sha256')
  #sha512: Hash = createHash('sha512')

  begin(head: Buffer): void {
    this.#head = Buffer.from(head)
    this.#kept = []
    this.#size = 0
    this.#sha256 = createHash('sha256')
    this.#sha512 = createHash('sha512')
  }

  data(bytes: Buffer): void {
    this.#sha256.update(bytes)
    this.#sha512.update(bytes)
    const room = INLINE_BYTES - this.#size
    if (room > 0) this.#kept.push(Buffer.from(bytes.subarray(0, room)))
    this.#size += bytes.length
  }

  end(): void {
    const part = readPart(this.#head)
    this.parts.push({
      name: part?.field ?? '',
      filename: part?.filename,
      contentType: /^content-type:[ \t]*(.+)$/im.exec(this.#head.toString('latin1'))?.[1]?.trim(),
      size: this.#size,
      sha256: this.#sha256.digest('hex'),
      sha512: this.#sha512.digest('hex'),
      head: Buffer.concat(this.#kept),
    })
  }
}
