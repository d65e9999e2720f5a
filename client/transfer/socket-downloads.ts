import { type RequestContext, TimeoutError } from '../errors.ts'
import { DownloadConnection } from './download-connection.ts'
import { NotPlain } from './http-head.ts'
import type { TransferRequest, Transport } from './transport.ts'
import type { UndiciTransportOptions } from './undici-transport.ts'

/**
 * Downloads over sockets of their own that read into the same memory again and again: a third of the CPU that undici
 * takes (performance.md, row 23). Reads answers of known length only; a server that sends others, all of which HTTP
 * allows, is left to `other` from then on.
 */
export function createSocketDownloads(options: UndiciTransportOptions, other: Transport): Transport {
  const idle = new Set<DownloadConnection>()
  let isPlain = true
  const exchange = async (request: TransferRequest, context: RequestContext) => {
    const kept = idle.values().next().value
    if (!kept) return new DownloadConnection(options, idle).send(request, context)
    idle.delete(kept)
    try {
      return await kept.send(request, context)
    } catch (error) {
      // The server had ended it already; it has not seen the request.
      if (!kept.wasDead || error instanceof TimeoutError || request.signal?.aborted) throw error
      return new DownloadConnection(options, idle).send(request, context)
    }
  }
  return {
    async send(request) {
      if (!isPlain) return other.send(request)
      const context = options.contextOf(request)
      try {
        return await exchange(request, context)
      } catch (error) {
        if (!(error instanceof NotPlain)) throw error
        isPlain = false
        return other.send(request)
      }
    },
    async close() {
      for (const connection of idle) connection.end()
      await other.close()
    },
  }
}
