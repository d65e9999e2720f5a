import type { Pool as PoolClass } from 'undici'
import { ConfigError } from '../errors.ts'
import { isLoopback } from '../origin.ts'
import type { FetchLike } from './exchange.ts'

/** A proxy of the environment. */
export interface ProxySettings {
  /** With user name and password. */
  readonly url: string
  /** As it may be shown, with the variable that names it. */
  readonly shown: string
}

type Environment = Readonly<Record<string, string | undefined>>

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i
const PROTOCOLS = ['http:', 'https:']

/**
 * The proxy for a platform, as `https_proxy`, `http_proxy` and `no_proxy` say; lower case goes before upper case,
 * and http before no scheme at all, as in curl. This machine is never reached through a proxy: a local mock would not
 * be found from there.
 */
export function proxyFor(baseUrl: string, env: Environment): ProxySettings | undefined {
  if (isLoopback(baseUrl)) return undefined
  const read = (name: string) => [name, name.toUpperCase()].find((variable) => env[variable])
  const variable = read(baseUrl.startsWith('https:') ? 'https_proxy' : 'http_proxy')
  const exempt = read('no_proxy')
  if (variable === undefined || (exempt && isExempt(baseUrl, env[exempt] ?? ''))) return undefined
  const named = env[variable] ?? ''
  const url = proxyUrl(named)
  if (url) return { url: url.href, shown: `${url.protocol}//${url.host} (${variable})` }
  throw /^socks/i.test(named) ? ofSocks(variable) : unusable(variable)
}

function unusable(variable: string): ConfigError {
  return new ConfigError(`${variable} names no proxy that can be used`, {
    hint: 'Write it as http://host:port, or unset it.',
  })
}

// undici 7.30 has an agent for SOCKS 5. It is experimental, warns of that on stderr, gives a connection a time limit of
// its own and takes a password as it is encoded.
function ofSocks(variable: string): ConfigError {
  return new ConfigError(`${variable} names a SOCKS proxy, and only proxies of HTTP can be used`, {
    hint: 'Name one that speaks HTTP, as http://host:port (privoxy makes one of a SOCKS proxy), or name the platform in no_proxy.',
  })
}

function proxyUrl(text: string): URL | undefined {
  try {
    const url = new URL(SCHEME.test(text) ? text : `http://${text}`)
    // They are decoded when they are sent.
    decodeURIComponent(url.username + url.password)
    return PROTOCOLS.includes(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

function isExempt(baseUrl: string, noProxy: string): boolean {
  const { hostname, port, protocol } = new URL(baseUrl)
  const ports = ['', port || (protocol === 'https:' ? '443' : '80')]
  return noProxy
    .toLowerCase()
    .split(/[,\s]+/)
    .some((entry) => {
      const [, host = '', itsPort = ''] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? []
      if (entry === '*') return true
      return host !== '' && ports.includes(itsPort) && (hostname === host || hostname.endsWith(`.${host}`))
    })
}

/**
 * What undici's agent is made with. Without them it gives a silent proxy five minutes, which its end waits for as well.
 */
export function agentOptions({ url }: ProxySettings, Pool: typeof PoolClass, connectMs: number) {
  const timeouts = { headersTimeout: connectMs, bodyTimeout: connectMs }
  return {
    uri: url,
    proxyTls: { timeout: connectMs },
    clientFactory: (origin: URL, options: object) => new Pool(origin, { ...options, ...timeouts }),
  }
}

/** `fetch` by way of a proxy. undici is loaded with the first request: Node's own `fetch` knows no proxies. */
export function proxiedFetch(
  proxy: ProxySettings,
  connectMs: number,
): { fetch: FetchLike; close(): Promise<void> } {
  const load = async () => {
    const { Pool, ProxyAgent, fetch } = await import('undici')
    return { fetch, dispatcher: new ProxyAgent(agentOptions(proxy, Pool, connectMs)) }
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
