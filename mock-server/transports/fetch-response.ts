import type { ByteStream, ExchangeAnswer } from '../exchange/http.ts'
import { announcedBytes, lengthOf } from './answer-body.ts'

export interface ResponseOptions {
  /** Ends the body early. */
  readonly signal: AbortSignal
  readonly onError: (error: unknown) => void
}

/** An answer as a Fetch response, with the headers that node:http would send. */
export function fetchResponse(method: string, answer: ExchangeAnswer, options: ResponseOptions): Response {
  const { status, headers, body } = answer
  const length = lengthOf(answer)
  const sent = length === null ? headers : { ...headers, 'content-length': String(length) }
  const bodiless = method === 'HEAD' || length === null || body === null
  return new Response(bodiless ? null : bodyInit(body, options), { status, headers: sent })
}

type ResponseBody = ConstructorParameters<typeof Response>[0]

// Text goes as bytes, since Response would add a content type to a string.
function bodyInit(body: string | Uint8Array | ByteStream, options: ResponseOptions): ResponseBody {
  if (typeof body === 'string') return Buffer.from(body)
  return body instanceof Uint8Array ? body : readable(body, options)
}

/** Reads a chunk when one is asked for, and lets go of the source when the consumer stops or the signal says so. */
function readable(body: ByteStream, { signal, onError }: ResponseOptions): ReadableStream<Uint8Array> {
  const chunks = announcedBytes(body)
  let abort: () => void = () => undefined
  const end = () => signal.removeEventListener('abort', abort)
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        abort = () => {
          controller.error(signal.reason)
          void chunks.return(undefined)
        }
        signal.addEventListener('abort', abort, { once: true })
      },
      async pull(controller) {
        try {
          const { done, value } = await chunks.next()
          if (signal.aborted) return
          if (!done) return controller.enqueue(value)
          end()
          controller.close()
        } catch (error) {
          end()
          onError(error)
          controller.error(error)
        }
      },
      async cancel() {
        end()
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
