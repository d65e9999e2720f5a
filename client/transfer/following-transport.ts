import { isLoopback } from '../origin.ts'
import type { TransferAnswer, TransferRequest, Transport } from './transport.ts'

const MAX_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * Downloads that the platform answers with a link to its storage go on there. Whether it ever does is not known
 * (api-facts 12.7); the tutorial's own code would follow. The key stays behind: `storageAt` gives a transport that does
 * not have it. An upload follows nowhere, and a link to what anybody on the way could read and change is none.
 */
export function followingTransport(
  platform: Transport,
  storageAt: (origin: string) => Transport,
  baseUrl: string,
): Transport {
  const storages = new Map<string, Transport>()
  const transportTo = ({ origin }: URL): Transport => {
    if (origin === new URL(baseUrl).origin) return platform
    const transport = storages.get(origin) ?? storageAt(origin)
    storages.set(origin, transport)
    return transport
  }
  return {
    async send(request) {
      let url = new URL(baseUrl + request.path)
      let answer = await platform.send(request)
      for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
        const target = targetOf(request, answer, url, baseUrl)
        if (!target) return answer
        // Read to its end, so that its connection can be used again.
        await answer.text()
        url = target
        answer = await transportTo(url).send({ ...request, path: pathOf(url, baseUrl) })
      }
      return answer
    },
    async close() {
      await Promise.all([platform, ...storages.values()].map((transport) => transport.close()))
    },
  }
}

/** Where an answer leads that may be followed. */
function targetOf(
  { method }: TransferRequest,
  { status, headers: { location } }: TransferAnswer,
  from: URL,
  baseUrl: string,
): URL | undefined {
  if (method !== 'GET' || !REDIRECTS.has(status) || !location || !URL.canParse(location, from.href))
    return undefined
  const target = new URL(location, from)
  const base = new URL(baseUrl)
  // A proxy that ends TLS lets Django write `http://` links.
  if (target.host === base.host && target.protocol === 'http:') target.protocol = base.protocol
  const isHere = isLoopback(target.href) && isLoopback(baseUrl)
  return target.protocol === 'https:' || (target.protocol === 'http:' && isHere) ? target : undefined
}

/** As a transport takes it: below the base of the platform, which may have a path of its own. */
function pathOf({ origin, pathname, search }: URL, baseUrl: string): string {
  const base = new URL(baseUrl)
  const prefix = origin === base.origin ? base.pathname.replace(/\/$/, '') : ''
  return (pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname) + search
}
