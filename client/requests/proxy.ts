import { isLoopback } from '../origin.ts'
import type { FetchLike } from './exchange.ts'

/** A proxy of the environment, with the hosts that are not reached through it. */
export interface ProxySettings {
  readonly proxy: string
  readonly noProxy: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a platform, as `https_proxy`, `http_proxy` and `no_proxy` say; lower case goes before upper case,
 * as in curl. This machine is never reached through a proxy: a local mock would not be found from there.
 */
export function proxyFor(baseUrl: string, env: Environment): ProxySettings | undefined {
  if (isLoopback(baseUrl)) return undefined
  const read = (name: string) => env[name] || env[name.toUpperCase()] || undefined
  const proxy = read(baseUrl.startsWith('https:') ? 'https_proxy' : 'http_proxy')
  return proxy === undefined ? undefined : { proxy, noProxy: read('no_proxy') ?? '' }
}

/** What undici's agent takes for it. */
export function agentOptions({ proxy, noProxy }: ProxySettings) {
  return { httpProxy: proxy, httpsProxy: proxy, noProxy }
}

/** `fetch` by way of a proxy. undici is loaded with the first request: Node's own `fetch` knows no proxies. */
export function proxiedFetch(settings: ProxySettings): { fetch: FetchLike; close(): Promise<void> } {
  const load = async () => {
    const { EnvHttpProxyAgent, fetch } = await import('undici')
    return { fetch, dispatcher: new EnvHttpProxyAgent(agentOptions(settings)) }
  }
  let loaded: ReturnType<typeof load> | undefined
  return {
    async fetch(request) {
      loaded ??= load()
      const { fetch, dispatcher } = await loaded
      const { method, signal, redirect } = request
      const body = request.body === null ? null : await request.arrayBuffer()
      const headers = [...request.headers] as [string, string][]
      const response = await fetch(request.url, { method, headers, body, signal, redirect, dispatcher })
      // The same class in all but its types: undici's own, and Node's copy of it.
      return response as unknown as Response
    },
    async close() {
      const { dispatcher } = (await loaded) ?? {}
      await dispatcher?.close()
    },
  }
}
