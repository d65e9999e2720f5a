import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import fc from 'fast-check'
import { askedRange, serveBytes } from './files.ts'
import { sendJson } from './server.ts'

/** What goes wrong with one answer that has a file's bytes. `at` is a part of what was asked for, 0 to 1. */
export type Fault =
  | { readonly kind: 'reset' | 'ignore range' | 'wrong range' | 'no content range' | 'other size' | 'html' }
  | { readonly kind: 'cut' | 'stall' | 'flip' | 'short'; readonly at: number }
  | { readonly kind: 'refuse'; readonly status: number; readonly retryAfter?: number }

const at = fc.double({ min: 0, max: 1, noNaN: true })

/** Faults of connections and of the platform, which pass, and answers that lie, which are the end of a download. */
export const passingFault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('cut' as const), at }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('short' as const), at }) },
  // Rare, since each takes the client's real time to notice.
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('stall' as const), at }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('reset' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('ignore range' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('refuse' as const),
      status: fc.constantFrom(429, 500, 502, 503, 504, 408),
      retryAfter: fc.constantFrom(1, 30),
    }),
  },
)

export const lyingFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at }),
  fc.record({
    kind: fc.constantFrom(
      'wrong range' as const,
      'no content range' as const,
      'other size' as const,
      'html' as const,
    ),
  }),
)

/** Serves `bytes`, with the next fault of `plan` in each answer until there are none left. */
export function faulty(bytes: Buffer, plan: readonly Fault[]): RequestListener {
  const left = [...plan]
  return (request, response) => {
    const fault = left.shift()
    if (fault) answerWith(fault, bytes, request, response)
    else serveBytes(bytes, request, response)
  }
}

function answerWith(fault: Fault, bytes: Buffer, request: IncomingMessage, response: ServerResponse): void {
  const { start, end } = askedRange(request) ?? { start: 0, end: bytes.byteLength - 1 }
  const part = bytes.subarray(start, end + 1)
  const head = (from = start, to = end, of = bytes.byteLength) =>
    request.headers.range === undefined
      ? response.writeHead(200, { 'Content-Length': to - from + 1 })
      : response.writeHead(206, {
          'Content-Length': to - from + 1,
          'Content-Range': `bytes ${from}-${to}/${of}`,
        })
  const place = 'at' in fault ? Math.floor(fault.at * (part.byteLength - 1)) : 0
  switch (fault.kind) {
    case 'reset':
      return void request.socket.destroy()
    case 'ignore range':
      return void response.writeHead(200, { 'Content-Length': bytes.byteLength }).end(bytes)
    case 'wrong range':
      return void head(start + 1, end + 1).end(bytes.subarray(start + 1, end + 2))
    case 'no content range':
      return void response.writeHead(206, { 'Content-Length': part.byteLength }).end(part)
    case 'other size':
      return void head(start, end, bytes.byteLength + 1).end(part)
    case 'html':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>Sign in</html>')
    case 'short':
      return void head(start, start + place).end(part.subarray(0, place + 1))
    case 'cut':
      return void head().write(part.subarray(0, place + 1), () => request.socket.destroy())
    case 'stall':
      return void head().write(part.subarray(0, place + 1))
    case 'flip': {
      const wrong = Buffer.from(part)
      wrong[place] = (wrong[place] ?? 0) ^ 1
      return void head().end(wrong)
    }
    case 'refuse':
      if (fault.retryAfter !== undefined) response.setHeader('Retry-After', fault.retryAfter)
      return void sendJson(response, fault.status, { detail: 'Not now.' })
  }
}
