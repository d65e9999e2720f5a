import { IntegrityError, type RequestContext, UnexpectedAnswerError } from '../errors.ts'

/** Bytes `start` to `end`, both included, as HTTP counts them. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

// Below this a further connection costs more than it brings, and each range is a request against the rate limit.
export const MIN_RANGE_BYTES = 4 * 1024 * 1024

/** How many connections a file of `size` bytes deserves, at most `wanted`. */
export function connectionsFor(size: number, wanted: number, minBytes: number = MIN_RANGE_BYTES): number {
  return Math.max(1, Math.min(Math.floor(wanted), Math.floor(size / minBytes)))
}

/** Cuts `size` bytes into `count` ranges of nearly equal length that cover all of it exactly once. */
export function splitRanges(size: number, count: number): ByteRange[] {
  const parts = Math.min(count, size)
  const boundary = (index: number) => Math.floor((size * index) / parts)
  return Array.from({ length: parts }, (_, index) => ({
    start: boundary(index),
    end: boundary(index + 1) - 1,
  }))
}

const CONTENT_RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i

/**
 * Checks that a 206 answers exactly the range that was asked for: another one, written in its place, would
 * make a wrong file of the right length.
 */
export function checkPartial(
  headers: Readonly<Record<string, string>>,
  asked: ByteRange,
  size: number,
  request: RequestContext,
): void {
  const said = headers['content-range'] ?? ''
  const match = CONTENT_RANGE.exec(said)
  const wrong = (what: string) =>
    new UnexpectedAnswerError(`Asked for bytes ${asked.start}-${asked.end}, answered ${what}`, { request })
  if (!match) throw wrong(said === '' ? '206 without Content-Range' : `Content-Range: ${said}`)
  if (Number(match[1]) !== asked.start || Number(match[2]) !== asked.end)
    throw wrong(`Content-Range: ${said}`)
  if (match[3] !== '*' && Number(match[3]) !== size) {
    throw new IntegrityError(`The file has ${match[3]} bytes now, not ${size}: it changed`, { request })
  }
  checkLength(headers, asked.end - asked.start + 1, request)
}

/** Checks that an answer announces as many bytes as are expected, and unencoded. */
export function checkLength(
  headers: Readonly<Record<string, string>>,
  expected: number,
  request: RequestContext,
): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    throw new UnexpectedAnswerError(`The file was sent ${encoding}-encoded, which was not asked for`, {
      request,
    })
  }
  const announced = headers['content-length']
  if (announced !== undefined && Number(announced) !== expected) {
    throw new IntegrityError(`${announced} bytes were announced where ${expected} belong`, { request })
  }
}
