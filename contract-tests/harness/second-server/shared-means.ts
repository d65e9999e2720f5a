import { type UndiciTransport, undiciTransport } from '../undici-transport.ts'
import { LIVE_ADDRESSES, LIVE_HOST, type LiveServerOptions } from './live-server.ts'
import { smallCatalogues } from './small-catalogues.ts'
import { type TestCertificates, testCertificates } from './test-certificates.ts'

/** What platforms of one process can share: making it takes longer than all else of starting one. */
export interface SharedMeans
  extends Required<Pick<LiveServerOptions, 'catalogue' | 'certificates'>>,
    AsyncDisposable {
  readonly certificates: TestCertificates
  /** Trusts their authority, and knows where their name leads. */
  readonly wire: UndiciTransport
}

export async function sharedMeans(): Promise<SharedMeans> {
  const certificates = await testCertificates(LIVE_HOST)
  const wire = await undiciTransport({ ca: certificates.ca, addresses: LIVE_ADDRESSES })
  return {
    certificates,
    wire,
    catalogue: smallCatalogues(),
    [Symbol.asyncDispose]: () => wire.close(),
  }
}
