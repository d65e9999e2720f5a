import type { IncomingMessage } from 'node:http'

/**
 * How much of a body that nobody wanted is read before the answer is sent. Clients like Python's requests only
 * look for an answer once all is sent, and a connection is only good for another request then; what sits in
 * front of the real service takes whole uploads (5 GB, AE26) too. Beyond it the connection is closed. Bytes.
 */
export const unwantedBodyLimit = 5_000_000_000 + (1 << 20)

/** Reads on to the end of a request; false when it is not worth waiting for. */
export function drained(request: IncomingMessage, limit = unwantedBodyLimit): Promise<boolean> {
  let bytes = 0
  return new Promise((resolve) => {
    const done = (whole: boolean) => {
      request.off('data', count).off('end', end).off('close', end)
      resolve(whole)
    }
    const end = () => done(request.complete)
    const count = (chunk: Uint8Array) => {
      bytes += chunk.length
      if (bytes > limit) done(false)
    }
    if (request.destroyed) return resolve(false)
    request.on('data', count).on('end', end).on('close', end).on('error', end)
    request.resume()
  })
}
