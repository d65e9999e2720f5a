import { RequestAbortedError } from '../exchange/http.ts'

/** The body of a Fetch request, which the signal ends. */
export async function* fetchBody(request: Request, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (request.body === null) return
  const reader = request.body.getReader()
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop)
  try {
    for (;;) {
      const { done, value } = await readOn(reader)
      if (signal.aborted) throw new RequestAbortedError('the request was aborted')
      if (done) return
      yield value
    }
  } finally {
    signal.removeEventListener('abort', stop)
    // Tells the sender that no more is wanted.
    stop()
  }
}

/** What a client's own stream fails with is the client's affair. */
const readOn = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
  try {
    return await reader.read()
  } catch (error) {
    throw new RequestAbortedError('the body could not be read to its end', { cause: error })
  }
}
