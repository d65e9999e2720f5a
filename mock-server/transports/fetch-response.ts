import {
  type ByteStream,
  ConnectionLostError,
  type ExchangeAnswer,
  type OpenStream,
  RequestAbortedError,
} from '../exchange/http.ts'
import { announcedBytes, lengthOf } from './answer-body.ts'
import { terminated } from './fetch-failures.ts'

export interface ResponseOptions {
  /** Node lets a request's signal go with the request, so this is kept as long as the body. */
  readonly request: Request
  /** Ends the body early. */
  readonly signal: AbortSignal
  readonly onError: (error: unknown) => void
  /** The consumer wants no more of the body. */
  readonly onCancel: () => void
}

/** Fetch gives a body with none of these, whatever came (https://fetch.spec.whatwg.org/#null-body-status), and refuses to make one. */
const nullBody: ReadonlySet<number> = new Set([204, 205, 304])

/** An answer as a Fetch response, with the headers that node:http would send. */
export function fetchResponse(answer: ExchangeAnswer, options: ResponseOptions): Response {
  const { status, headers, body } = answer
  const length = lengthOf(answer)
  const sent = length === null ? headers : { ...headers, 'content-length': String(length) }
  const told = answer.mishap?.contentLength
  const bodiless = options.request.method === 'HEAD' || nullBody.has(status) || body === null
  return new Response(bodiless ? null : bodyInit(told === undefined ? body : asTold(body, told), options), {
    status,
    headers: sent,
  })
}

/** Over a socket, a client reads as many bytes as `Content-Length` tells, and fails when the connection ends before. */
function asTold(body: Exclude<ExchangeAnswer['body'], null>, told: number): OpenStream {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  async function* read() {
    let left = told
    for await (const chunk of 'read' in bytes ? bytes.read() : [bytes]) {
      yield chunk.subarray(0, left)
      left -= chunk.length
      if (left <= 0) return
    }
    throw new ConnectionLostError()
  }
  return { size: null, read }
}

type ResponseBody = ConstructorParameters<typeof Response>[0]

// Text goes as bytes, since Response would add a content type to a string.
function bodyInit(
  body: string | Uint8Array | ByteStream | OpenStream,
  options: ResponseOptions,
): ResponseBody {
  if (typeof body === 'string') return Buffer.from(body)
  return body instanceof Uint8Array ? body : readable(body, options)
}

/** Reads a chunk when one is asked for, and lets go of the source when the consumer stops or the signal says so. */
function readable(body: ByteStream | OpenStream, options: ResponseOptions): ReadableStream<Uint8Array> {
  const chunks = announcedBytes(body)
  let end: () => void = () => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const abort = () => {
          controller.error(options.signal.reason)
          chunks.return(undefined).catch(options.onError)
        }
        options.signal.addEventListener('abort', abort, { once: true })
        end = () => options.signal.removeEventListener('abort', abort)
      },
      async pull(controller) {
        const next = await nextOf(chunks, options)
        if (options.signal.aborted) return
        if (next.value !== undefined) return controller.enqueue(next.value)
        end()
        if ('error' in next) controller.error(next.error)
        else controller.close()
      },
      async cancel() {
        end()
        options.onCancel()
        await chunks.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

interface Next {
  readonly value?: Uint8Array | undefined
  readonly error?: unknown
}

async function nextOf(chunks: AsyncGenerator<Uint8Array, void>, { onError }: ResponseOptions): Promise<Next> {
  try {
    const { value } = await chunks.next()
    return { value: value ?? undefined }
  } catch (error) {
    if (error instanceof ConnectionLostError) return { error: terminated() }
    if (!(error instanceof RequestAbortedError)) onError(error)
    return { error }
  }
}
