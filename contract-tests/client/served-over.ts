import type { AddressInfo } from 'node:net'
import { aTlsFront, type Over } from '../../client/test-support/tls-front.ts'
import { listen, type Rescale } from '../../mock-server/index.ts'

export interface Served extends AsyncDisposable {
  readonly url: string
}

/** A mock on a free port, as it is or behind TLS. */
export async function servedOver(rescale: Rescale, over: Over): Promise<Served> {
  if (over === 'HTTP') return listen(rescale)
  const front = await aTlsFront()
  const listening = await listen(rescale, { publicUrl: front.url })
  front.to((listening.server.address() as AddressInfo).port)
  return {
    url: front.url,
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      await listening.close()
    },
  }
}
