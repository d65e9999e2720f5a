import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { type RequestContext, type RescaleError, UnexpectedAnswerError } from '../errors.ts'
import { httpError, pathOf } from '../http-errors.ts'
import type { FetchLike } from '../requests/exchange.ts'
import type { Limiter } from '../requests/limiter.ts'
import type { ProxySettings } from '../requests/proxy.ts'
import { scopeOf } from '../requests/scopes.ts'
import type { Timeouts } from '../requests/timeouts.ts'
import type { Settings } from '../settings.ts'
import { createFetchTransport } from './fetch-transport.ts'
import { followingTransport } from './following-transport.ts'
import { createHttpUploads } from './http-uploads.ts'
import { limitedTransport } from './limited-transport.ts'
import { type LocalFs, localFs } from './local-fs.ts'
import { createSocketDownloads } from './socket-downloads.ts'
import type { TransferAnswer, TransferRequest, Transport } from './transport.ts'
import { createUndiciTransport, type UndiciTransportOptions } from './undici-transport.ts'

/** What transfers need of the client. */
export interface TransferContext {
  readonly transport: Transport
  readonly clock: Clock
  readonly fs: LocalFs
  /** Waiting longer than that for a rate limit is the caller's decision. */
  readonly maxRetryAfterMs: number
  /** Masks the key in what a server says. */
  readonly redact: (text: string) => string
}

// After an upload the platform stores and hashes the file before it answers.
const UPLOAD_ANSWER_MS = 300_000

export interface TransferSettings {
  readonly settings: Settings
  readonly timeouts: Timeouts
  readonly fetch: FetchLike | undefined
  readonly proxyOf: (url: string) => ProxySettings | undefined
  readonly limiter: Limiter
  readonly maxRetryAfterMs: number
}

export function createTransferContext(from: TransferSettings, clock: Clock): TransferContext {
  const { baseUrl, apiKey } = from.settings
  const proxy = from.proxyOf(baseUrl)
  const common = {
    baseUrl,
    contextOf: ({ method, path, history }: TransferRequest): RequestContext => ({
      method,
      url: baseUrl + path,
      requestId: history?.requestId ?? randomUUID(),
      scope: scopeOf(method, baseUrl + path),
      attempts: history?.attempts,
      proxy: proxy?.shown,
    }),
    headersFor: (request: TransferRequest, requestId: string) => ({
      Authorization: apiKey.authorization(),
      'User-Agent': 'localscale-client/0.1',
      'X-Client-Request-Id': requestId,
      // Compressed bytes could not be counted or ranged over.
      'Accept-Encoding': 'identity',
      ...request.headers,
    }),
  }
  const timeouts = {
    ...from.timeouts,
    uploadAnswerMs: Math.max(UPLOAD_ANSWER_MS, from.timeouts.headersMs),
  }
  const transport = from.fetch
    ? createFetchTransport({ ...common, fetch: from.fetch })
    : socketTransport({ ...common, timeouts, proxy })
  const storageAt = (origin: string) => {
    const storageProxy = from.proxyOf(origin)
    const stranger = { ...common, ...strangerAt(origin, common, storageProxy) }
    return from.fetch
      ? createFetchTransport({ ...stranger, fetch: from.fetch })
      : createUndiciTransport({ ...stranger, timeouts, proxy: storageProxy })
  }
  const following = followingTransport(transport, storageAt, baseUrl)
  const limited = limitedTransport(following, from.limiter, clock, baseUrl)
  const { maxRetryAfterMs } = from
  return { transport: limited, clock, fs: localFs, maxRetryAfterMs, redact: (text) => apiKey.redact(text) }
}

type Common = Pick<UndiciTransportOptions, 'contextOf' | 'headersFor'>

/** How a server is spoken to that is not the platform: without the key. The query of its URLs may be as good as one. */
function strangerAt(origin: string, { contextOf, headersFor }: Common, proxy: ProxySettings | undefined) {
  return {
    baseUrl: origin,
    headersFor(request: TransferRequest, requestId: string) {
      const { Authorization: _key, 'X-Client-Request-Id': _id, ...headers } = headersFor(request, requestId)
      return headers
    },
    contextOf: (request: TransferRequest): RequestContext => ({
      ...contextOf(request),
      url: origin + (request.path.split('?')[0] ?? ''),
      proxy: proxy?.shown,
    }),
  }
}

function socketTransport(options: UndiciTransportOptions): Transport {
  const proxied = createUndiciTransport(options)
  // The others know no proxies.
  if (options.proxy) return proxied
  const downloads = createSocketDownloads(options, proxied)
  const uploads = createHttpUploads(options)
  return {
    send: (request) => (request.body ? uploads : downloads).send(request),
    close: async () => {
      await Promise.all([downloads.close(), uploads.close()])
    },
  }
}

/** Where a link leads, without its query: those of storage have a signature in it that is as good as a key. */
function placeOf(location: string, from: string): string {
  if (!URL.canParse(location, from)) return 'what is no URL'
  const { origin, pathname } = new URL(location, from)
  return origin + pathname
}

/** The error for an answer that is not what was asked for. Reads its body. */
export async function refusal(context: TransferContext, answer: TransferAnswer): Promise<RescaleError> {
  const { request, status, headers } = answer
  const text = context.redact(await answer.text())
  if (status >= 400) return httpError({ status, headers, text }, request, context.clock.now())
  const where = headers.location === undefined ? '' : ` to ${placeOf(headers.location, request.url)}`
  return new UnexpectedAnswerError(`${request.method} ${pathOf(request.url)} answered ${status}${where}`, {
    request,
    hint:
      status >= 300 && status < 400
        ? 'Downloads follow redirects to https only, three at most, and uploads none.'
        : undefined,
  })
}
