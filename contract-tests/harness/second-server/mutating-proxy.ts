import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { incomingRequest } from '../incoming-request.ts'
import { wholeExchange, wireAnswer } from '../selfcheck/answer.ts'
import type { Spoiler } from '../selfcheck/deviation.ts'
import { bytesOf } from '../transport.ts'
import { LIVE_HOST, type LiveServer, type LiveServerOptions, startLiveServer } from './live-server.ts'
import { type SharedMeans, sharedMeans } from './shared-means.ts'

export interface MutatingProxy extends AsyncDisposable {
  /** The platform as clients see it: the proxy, with the keys and certificates of the server behind. */
  readonly platform: Pick<LiveServer, 'url' | 'apiKey' | 'ca' | 'addresses'>
  readonly server: LiveServer
  /** From now on every answer goes through this one; null lets all through as they are. */
  spoilWith(spoiler: Spoiler | null): void
  /** Answers that were changed since `spoilWith`. */
  readonly changed: number
  close(): Promise<void>
}

/** The second server, in plain HTTP, behind a proxy that speaks TLS and changes its answers on the wire; `shared` means outlive it. */
export async function startMutatingProxy(
  options: LiveServerOptions = {},
  shared?: SharedMeans,
): Promise<MutatingProxy> {
  const means = shared ?? (await sharedMeans())
  const { certificates, catalogue, wire } = means
  const { ca, cert, key } = certificates
  // Whoever asks ends idle connections: when this machine is busy, both ends at once may be a request that is lost.
  const front = createServer({ cert, key, keepAliveTimeout: 0 })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  const url = `https://${LIVE_HOST}:${(front.address() as AddressInfo).port}`
  const server = await startLiveServer({ certificates, catalogue, ...options, publicUrl: url })
  let spoiler: Spoiler | null = null
  let changed = 0
  front.on('request', (request, response) => {
    void pass(request, response).catch(() => response.destroy())
  })

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = await incomingRequest(request, url)
    const exchange = await wholeExchange(asked, await wire.transport({ ...asked, url: behind(asked.url) }))
    const spoiled = spoiler?.(exchange) ?? null
    if (spoiled) changed += 1
    const answer = wireAnswer(asked.method, spoiled ?? exchange.answer)
    response.sendDate = false
    response.writeHead(answer.status, answer.headers.flat())
    response.end(await bytesOf(answer.body))
  }

  const behind = (address: string) => address.replace(url, server.url)
  const close = async () => {
    front.closeAllConnections()
    await new Promise((resolve) => front.close(resolve))
    await server.close()
    if (!shared) await means[Symbol.asyncDispose]()
  }
  return {
    platform: { url, apiKey: server.apiKey, ca, addresses: server.addresses },
    server,
    spoilWith(given) {
      spoiler = given
      changed = 0
    },
    get changed() {
      return changed
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
