import { createHash } from 'node:crypto'
import type { BodyRing, Slice } from './body-ring.ts'
import type { RecordedBody } from './entry.ts'
import type { Redactor } from './redactor.ts'
import type { Scrutiny } from './scrutiny.ts'

/** What passed of a body: its beginning, and what is known of the whole. */
export interface PassedBody {
  readonly head: Uint8Array
  readonly size: number
  /** Null when the head is all there is: it can be computed. */
  readonly sha256: string | null
  readonly isComplete: boolean
}

/** A body whose bytes lie in the ring. */
export interface KeptBody {
  readonly slice: Slice
  readonly size: number
  /** Null when it can still be computed from what is kept. */
  readonly sha256: string | null
  readonly isComplete: boolean
  readonly isCut: boolean
  readonly isRedacted: boolean
}

export interface KeepOptions {
  readonly ring: BodyRing
  readonly redactor: Redactor
  readonly maxBodyBytes: number
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const whole = (slice: Slice, size: number): KeptBody => ({
  slice,
  size,
  sha256: null,
  isComplete: true,
  isCut: false,
  isRedacted: false,
})

/** Keeps an answer's text. */
export function keepText(text: string, scrutiny: Scrutiny, options: KeepOptions): KeptBody {
  const { ring, redactor, maxBodyBytes } = options
  const size = Buffer.byteLength(text)
  if (size <= maxBodyBytes && !redactor.isSuspicious(text, scrutiny))
    return whole(ring.addText(text, size), size)
  // A body of more bytes has no more characters than bytes.
  const head = text.length > maxBodyBytes ? text.slice(0, maxBodyBytes) : text
  return keepClean(head, { size, sha256: () => sha256(text), isComplete: true }, options)
}

/** Keeps bytes of any kind: what clients send, and files. */
export function keepBytes({ head, size, isComplete, ...passed }: PassedBody, options: KeepOptions): KeptBody {
  const isCut = size > head.length
  const text = textOf(head, isCut)
  const hash = () => (isComplete ? (passed.sha256 ?? sha256(head)) : null)
  if (text !== null) return keepClean(text, { size, sha256: hash, isComplete }, options)
  const latin1 = Buffer.from(head).toString('latin1')
  const clean = options.redactor.clean(latin1, { cut: isCut })
  const isRedacted = clean !== latin1
  const slice = options.ring.add(isRedacted ? Buffer.from(clean, 'latin1') : head)
  return { slice, size, sha256: hash(), isComplete, isCut, isRedacted }
}

interface Whole {
  readonly size: number
  sha256(): string | null
  readonly isComplete: boolean
}

function keepClean(head: string, { size, sha256, isComplete }: Whole, options: KeepOptions): KeptBody {
  const { ring, redactor, maxBodyBytes } = options
  const isCut = size > maxBodyBytes || Buffer.byteLength(head) < size
  const clean = redactor.clean(head, { cut: isCut })
  const bytes = Buffer.from(clean)
  const slice = ring.add(bytes.length > maxBodyBytes ? bytes.subarray(0, maxBodyBytes) : bytes)
  return { slice, size, sha256: sha256(), isComplete, isCut, isRedacted: clean !== head }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Null where the bytes are no text; a character that is cut at the end is left out. */
function textOf(bytes: Uint8Array, isCut: boolean): string | null {
  if (bytes.includes(0)) return null
  try {
    return decoder.decode(isCut ? bytes.subarray(0, lastWholeCharacter(bytes)) : bytes)
  } catch {
    return null
  }
}

function lastWholeCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    const isLead = byte >= 0xc0
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (isLead) return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

/** As it is shown. Once more through the redactor: secrets may have become known after it was kept. */
export function recordedBody({ slice, ...body }: KeptBody, ring: BodyRing, redactor: Redactor): RecordedBody {
  const bytes = ring.bytesOf(slice)
  const { size, isComplete, isCut } = body
  const text = textOf(bytes, isCut)
  const clean = text === null ? null : redactor.clean(text, { cut: isCut })
  const isWhole = isComplete && !isCut && !body.isRedacted
  return {
    size,
    sha256: body.sha256 ?? (isWhole ? sha256(bytes) : null),
    isComplete,
    isCut,
    isRedacted: body.isRedacted || clean !== text,
    ...(clean === null ? { base64: bytes.toString('base64') } : { text: clean }),
  }
}
