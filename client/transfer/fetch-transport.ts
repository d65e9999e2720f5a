import type { RequestContext } from '../errors.ts'
import { aborted, type Circumstances, failureOf } from '../failures.ts'
import type { FetchLike } from '../requests/exchange.ts'
import { pumpText, type TransferAnswer, type TransferRequest, type Transport } from './transport.ts'

export interface FetchTransportOptions {
  readonly baseUrl: string
  readonly fetch: FetchLike
  readonly headersFor: (request: TransferRequest, requestId: string) => Record<string, string>
  readonly contextOf: (request: TransferRequest) => RequestContext
}

/** Transfers through a `fetch`: slower than sockets of our own, and all there is for a mock in the process. */
export function createFetchTransport(options: FetchTransportOptions): Transport {
  return {
    async send(request) {
      const context = options.contextOf(request)
      const controller = new AbortController()
      const stop = () => controller.abort(request.signal?.reason)
      if (request.signal?.aborted) throw aborted(request.signal.reason, context)
      request.signal?.addEventListener('abort', stop, { once: true })
      const release = () => request.signal?.removeEventListener('abort', stop)
      const failed = (thrown: unknown, circumstances?: Circumstances) => {
        release()
        return controller.signal.aborted
          ? aborted(controller.signal.reason, context)
          : failureOf(thrown, context, circumstances)
      }
      try {
        const response = await options.fetch(outgoing(request, options, context, controller.signal))
        return answerOf(response, context, controller, release, failed)
      } catch (thrown) {
        throw failed(thrown)
      }
    },
    close: async () => {},
  }
}

function outgoing(
  request: TransferRequest,
  options: FetchTransportOptions,
  context: RequestContext,
  signal: AbortSignal,
): Request {
  const init = {
    method: request.method,
    headers: options.headersFor(request, context.requestId),
    body: request.body ? ReadableStream.from(request.body.chunks()) : null,
    // With any other mode fetch keeps a second copy of the body for the redirect (performance.md 4b).
    redirect: request.body ? ('error' as const) : ('manual' as const),
    duplex: 'half' as const,
    signal,
  }
  return new Request(new URL(options.baseUrl + request.path), init as RequestInit)
}

function answerOf(
  response: Response,
  request: RequestContext,
  controller: AbortController,
  release: () => void,
  failed: (thrown: unknown, circumstances: Circumstances) => Error,
): TransferAnswer {
  const answer: TransferAnswer = {
    request,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    async pump(write) {
      let writing = false
      try {
        for await (const chunk of response.body ?? []) {
          writing = true
          await write(chunk)
          writing = false
        }
      } catch (thrown) {
        // The taker's own error stays what it is.
        throw writing ? thrown : failed(thrown, { maybeSent: true })
      } finally {
        release()
        // Frees the connection when the body was not read to its end.
        controller.abort('not needed')
      }
    },
    text: () => pumpText(answer),
    discard() {
      release()
      controller.abort('not needed')
    },
  }
  return answer
}
